"""El cuadre: las cifras que alguien declaró, frente a las que el registro cuenta.

Las declaradas van en un CSV con columnas `unidad` (vacía: todas), `cuenta`, `valor` y `fuente`.
Sirve para saber que una importación no perdió ni cambió nada.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from nlp.propuesta import Tipo
from registro.acta import LIMA
from registro.anexos import poner_cabeza
from registro.base import Base
from registro.errores import DatoInvalido
from registro.estados import ESTADOS, Estado
from registro.historia import Cabeza, ver_cabeza
from registro.listas import listar_compromisos
from registro.resumen import Cuentas, agrupar, contar, unidad_de_cuenta
from registro.tablas import para_buscar

CUENTAS: Final[Mapping[str, Callable[[Cuentas], float]]] = {
    "total": lambda c: c.total,
    "abiertos": lambda c: c.abiertos,
    "cerrados": lambda c: c.total - c.abiertos,
    "porcentaje_abiertos": lambda c: c.porcentaje_de_abiertos,
    "pip": lambda c: c.de_tipo(Tipo.PIP),
    "actividad": lambda c: c.de_tipo(Tipo.ACTIVIDAD),
    "con_tipo": lambda c: c.total - c.de_tipo(None),
    "sin_tipo": lambda c: c.de_tipo(None),
    "por_iniciar": lambda c: c.en_reducido("Por iniciar"),
    "en_proceso": lambda c: c.en_reducido("En proceso"),
    "cumplido": lambda c: c.en_reducido("Cumplido"),
    "incumplido": lambda c: c.en_reducido("Incumplido"),
    "no_se_reporta": lambda c: c.en_reducido(None),
}
"""Lo que se puede declarar; los estados son los cuatro de los espacios no priorizados."""

_MAL: Final = PatternFill("solid", fgColor="FFF8CBAD")


@dataclass(frozen=True, slots=True)
class Cifra:
    """Una cifra declarada; `unidad` vacía es la suma de todas."""

    unidad: str
    cuenta: str
    valor: Decimal
    fuente: str = ""


@dataclass(frozen=True, slots=True)
class Renglon:
    """Una cifra declarada y lo que el registro cuenta, con los mismos decimales."""

    cifra: Cifra
    contado: Decimal

    @property
    def coincide(self) -> bool:
        """Dice si son iguales."""
        return self.cifra.valor == self.contado


@dataclass(frozen=True, slots=True)
class Cuadre:
    """Los renglones, las cuentas de cada unidad y la cabeza de la historia que las respalda."""

    renglones: tuple[Renglon, ...]
    unidades: Mapping[str, Cuentas]
    cabeza: Cabeza

    @property
    def diferencias(self) -> int:
        """Devuelve cuántas cifras no coinciden."""
        return sum(not renglon.coincide for renglon in self.renglones)


def leer_cifras(renglones: Iterable[str]) -> tuple[Cifra, ...]:
    """Lee las cifras declaradas de un CSV.

    Raises:
        DatoInvalido: falta una columna, la cuenta no existe o el valor no es un número.
    """
    cifras = tuple(_cifra(n, fila) for n, fila in enumerate(csv.DictReader(renglones), 2))
    if not cifras:
        raise DatoInvalido("cifras", "El archivo no tiene cifras.", "Revise que sea el CSV.")
    return cifras


def cuadrar(base: Base, cifras: Iterable[Cifra]) -> Cuadre:
    """Compara cada cifra con lo que el registro cuenta; la unidad se busca sin mirar tildes."""
    compromisos = listar_compromisos(base)
    grupos = agrupar(compromisos, unidad_de_cuenta)
    unidades = {unidad: contar(suyos) for unidad, suyos in sorted(grupos.items())}
    por_nombre = {para_buscar(unidad): cuentas for unidad, cuentas in unidades.items()}
    por_nombre[""] = contar(compromisos)
    renglones = tuple(
        Renglon(cifra, _contado(cifra, por_nombre.get(para_buscar(cifra.unidad), contar(()))))
        for cifra in cifras
    )
    return Cuadre(renglones, unidades, ver_cabeza(base))


def a_xlsx(cuadre: Cuadre, ahora: datetime) -> bytes:
    """Devuelve el libro: «Cuadre», con lo que no coincide marcado, y «Cuentas» por unidad."""
    libro = Workbook()
    hoja = libro.worksheets[0]
    hoja.title = "Cuadre"
    _titulos(
        hoja, "UNIDAD TERRITORIAL", "CIFRA", "DECLARADA", "EN EL REGISTRO", "COINCIDE", "FUENTE"
    )
    for renglon in cuadre.renglones:
        cifra = renglon.cifra
        hoja.append([
            cifra.unidad or "Todas",
            cifra.cuenta.replace("_", " "),
            float(cifra.valor),
            float(renglon.contado),
            "sí" if renglon.coincide else "NO",
            cifra.fuente,
        ])
        if not renglon.coincide:
            for celda in hoja[hoja.max_row]:
                celda.fill = _MAL
    cuentas = libro.create_sheet("Cuentas")
    nombres = [ESTADOS[estado].nombre for estado in Estado]
    titulos = ["TOTAL", "ABIERTOS", "CERRADOS", "PIP", "ACTIVIDAD", "SIN TIPO", *nombres]
    _titulos(cuentas, "UNIDAD TERRITORIAL", *titulos)
    for unidad, suyas in cuadre.unidades.items():
        abiertos, sueltas = suyas.abiertos, (Tipo.PIP, Tipo.ACTIVIDAD, None)
        cuentas.append([
            unidad,
            suyas.total,
            abiertos,
            suyas.total - abiertos,
            *map(suyas.de_tipo, sueltas),
            *map(suyas.en_estado, Estado),
        ])
    for pie in (hoja, cuentas):
        pie.append([])
        pie.append([f"Cabeza de la historia: {cuadre.cabeza}"])
        pie.append([f"Hecho el {ahora.astimezone(LIMA):%d/%m/%Y a las %H:%M} (hora de Lima)."])
    poner_cabeza(libro, cuadre.cabeza)
    salida = io.BytesIO()
    libro.save(salida)
    return salida.getvalue()


def _cifra(numero: int, fila: Mapping[str, str | None]) -> Cifra:
    try:
        cuenta = (fila["cuenta"] or "").strip()
        if cuenta not in CUENTAS:
            raise KeyError(cuenta)
        valor = Decimal((fila["valor"] or "").strip())
        return Cifra(
            (fila["unidad"] or "").strip(), cuenta, valor, (fila.get("fuente") or "").strip()
        )
    except (KeyError, InvalidOperation) as error:
        raise DatoInvalido(
            "cifras",
            f"La fila {numero} de las cifras declaradas no se entiende.",
            f"Columnas: unidad, cuenta, valor y fuente. Cuentas: {', '.join(CUENTAS)}.",
        ) from error


def _contado(cifra: Cifra, cuentas: Cuentas) -> Decimal:
    """Devuelve la cuenta redondeada, mitad arriba, a los decimales de la cifra declarada."""
    exacta = Decimal(str(CUENTAS[cifra.cuenta](cuentas)))
    return exacta.quantize(Decimal(1).scaleb(int(cifra.valor.as_tuple().exponent)), ROUND_HALF_UP)


def _titulos(hoja: Worksheet, *titulos: str) -> None:
    hoja.append(list(titulos))
    for celda in hoja[1]:
        celda.font = Font(bold=True)
        hoja.column_dimensions[celda.column_letter].width = 18
    hoja.column_dimensions["A"].width = 36
    hoja.freeze_panes = "B2"
