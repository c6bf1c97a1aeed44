"""La consola: `actas ORDEN …`.

Códigos de salida: 0 todo se leyó; 1 algunos documentos fallaron o quedaron parciales; 2 uso
incorrecto o nada que leer; 3 falta un componente (el mensaje dice cómo instalarlo).
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version

from api.ajustes import AjusteInvalido
from api.consola import castellano
from api.consola.salida import ErrorDeOrden, avisar
from ingesta.contencion.arranque import ContencionNoDisponible
from ingesta.errores import ErrorDeIngesta
from lineamientos.errores import ErrorDeLineamientos
from modelos.cargador import ErrorDeModelo
from registro.errores import ErrorDeRegistro

ORDENES: dict[str, str] = {
    "procesar": "lee actas y deja un resultado por documento; no escribe en el registro",
    "revisar": "revisa la redacción de un texto, DOCX o PDF con los lineamientos SMART",
    "clasificar": "clasifica ítems sueltos: JSONL de entrada, JSONL de salida",
    "servir": "abre la aplicación web y la API",
    "demo": "procesa las actas de ejemplo y abre la aplicación web con ellas",
    "regla": "explica una regla de los lineamientos, o las lista",
    "reporte": "escribe el reporte mensual o el bimestral, en Word y en Excel",
    "exportar": "escribe el Anexo 2, el Anexo 5 o el registro entero en JSON",
    "importar": "ensaya o registra una matriz de compromisos que ya existe (XLSX o CSV)",
    "cuadrar": "compara cifras declaradas con las que cuenta el registro",
    "catalogo": "importa o exporta entidades, feriados, distritos y unidades, y dice sus cambios",
    "verificar": "comprueba la historia encadenada, el registro y los archivos originales",
    "respaldar": "copia la base y los originales a una carpeta nueva, comprobada",
    "restaurar": "repone un respaldo donde no haya nada, y lo coteja",
    "doctor": "dice qué está instalado, qué falta y cómo instalarlo",
}
"""Orden y ayuda de una línea. Su módulo es `api.consola.<orden>`."""

NADA_PRODUCIDO = 2
FALTA_COMPONENTE = 3
INTERRUMPIDO = 130


def main(argumentos: Sequence[str] | None = None) -> None:
    """Entrada del programa `actas`; termina con el código de salida del contrato."""
    sys.exit(ejecutar(sys.argv[1:] if argumentos is None else argumentos))


def ejecutar(argumentos: Sequence[str]) -> int:
    """Ejecuta una orden y devuelve su código de salida."""
    logging.basicConfig(
        level=os.environ.get("ACTAS_BITACORA", "WARNING").upper(),
        format="%(levelname)s %(name)s: %(message)s",
        stream=sys.stderr,
    )
    castellano.instalar()
    opciones = _leer_opciones(argumentos)
    try:
        codigo: int = opciones.ejecutar(opciones)
    except ErrorDeModelo as error:
        avisar(f"{error} {error.consejo}")
        codigo = FALTA_COMPONENTE
    except (
        AjusteInvalido,
        ContencionNoDisponible,
        ErrorDeOrden,
        ErrorDeIngesta,
        ErrorDeLineamientos,
        ErrorDeRegistro,
    ) as error:
        avisar(f"{error} {error.consejo}")
        codigo = getattr(error, "salida", NADA_PRODUCIDO)
    except BrokenPipeError:
        sys.stderr.close()
        codigo = 0
    except OSError as error:
        avisar(f"No se pudo: {error}. Revise la ruta, los permisos y el espacio libre.")
        codigo = NADA_PRODUCIDO
    except KeyboardInterrupt:
        avisar("Interrumpido.")
        codigo = INTERRUMPIDO
    return codigo


def _leer_opciones(argumentos: Sequence[str]) -> argparse.Namespace:
    programa = argparse.ArgumentParser(
        prog="actas",
        description="De las actas de las mesas de diálogo al registro de compromisos.",
        epilog="`actas ORDEN --help` explica cada una.",
    )
    programa.add_argument(
        "--version",
        action="version",
        version=f"actas {version('actas')}",
        help="muestra la versión y termina",
    )
    ordenes = programa.add_subparsers(title="órdenes", metavar="ORDEN", required=True)
    pedida = next((a for a in argumentos if not a.startswith("-")), None)
    for nombre, ayuda in ORDENES.items():
        propia = ordenes.add_parser(nombre, help=ayuda, description=ayuda[0].upper() + ayuda[1:])
        if nombre == pedida:
            modulo = import_module(f"api.consola.{nombre}")
            modulo.configurar(propia)
            propia.set_defaults(ejecutar=modulo.ejecutar)
    return programa.parse_args(argumentos)
