"""Los casos de uso del acta: recibirla, analizarla y volver a intentarlo.

Son funciones; la base, la carpeta de originales, el analizador, la hora y la persona llegan como
argumentos. Cada una confirma todo o nada.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from sqlalchemy.exc import IntegrityError

from lineamientos.contrato import ResultadoJson
from registro import borrador, repositorio
from registro.acta import Acta, EstadoActa, Recepcion, nombre_limpio
from registro.actores import SISTEMA, Actor
from registro.base import Base
from registro.errores import TransicionInvalida
from registro.historia import Nuevo, anotar
from registro.originales import Originales
from registro.versiones import anotar_parecidas, parecidas_al_texto

POR_ANALIZAR = (EstadoActa.RECIBIDA, EstadoActa.ANALIZANDO)
"""Estados desde los que se analiza; «analizando» también, por si el anterior intento se cortó."""


class Analizador(Protocol):
    """Lo que se pide de `lineamientos.analisis.Analizador`."""

    def analizar_archivo(self, ruta: Path, nombre: str | None = None) -> ResultadoJson:
        """Analiza un archivo; si no se puede leer lo dice en el resultado, sin excepción."""


def recibir_acta(
    base: Base,
    originales: Originales,
    flujo_de_bytes: BinaryIO,
    nombre: str,
    actor: str,
    ahora: datetime,
) -> Recepcion:
    """Guarda el archivo y luego su fila; los mismos bytes dos veces son una sola acta.

    Si algo se corta entre ambos pasos queda solo el archivo, que no se lista y sirve cuando se
    vuelva a enviar. Lo que se leyó del nombre se limita a su última parte, sin signos invisibles.

    Raises:
        DatoInvalido: falta el actor (la oficina o persona que envía).
        ingesta.errores.ArchivoVacio, ingesta.errores.ArchivoDemasiadoGrande: no se guarda nada.
        BaseNoDisponible: no se pudo escribir la fila.
    """
    quien = borrador.texto_obligatorio("actor", actor)
    original = originales.guardar(flujo_de_bytes)
    with base.escribir() as conexion:
        try:
            with conexion.begin_nested():
                nueva = repositorio.insertar_acta(
                    conexion,
                    sha256=original.sha256,
                    nombre=nombre_limpio(nombre),
                    tamanio=original.bytes,
                    quien=quien,
                    cuando=ahora,
                )
        except IntegrityError:
            existente = repositorio.acta_por_sha256(conexion, original.sha256)
            return Recepcion(existente, ya_estaba=True)
        recibida = {"sha256": nueva.sha256, "nombre": nueva.nombre, "bytes": nueva.bytes}
        anotar(
            conexion, Actor(quien), ahora, Nuevo("acta_recibida", "acta", nueva.id, {}, recibida)
        )
    return Recepcion(nueva, ya_estaba=False)


def analizar_acta(
    base: Base, originales: Originales, analizador: Analizador, acta_id: int, ahora: datetime
) -> Acta:
    """Analiza un acta recibida y guarda sus propuestas; la lectura va fuera de toda transacción.

    Un acta ya analizada se devuelve como está. Si dos la analizan a la vez, vale la primera que
    termina. Si se corta, queda «analizando» y se puede repetir. Rechazada o fallida queda
    «ilegible», con el motivo. De la legible se buscan las que podrían ser otra versión suya.

    Raises:
        ActaDesconocida: no existe.
        OriginalDanado: el archivo guardado falta o cambió; el acta sigue por analizar.
    """
    with base.escribir() as conexion:
        previa = repositorio.acta_por_id(conexion, acta_id, bloquear=True)
        if previa.estado not in POR_ANALIZAR:
            return previa
        repositorio.cambiar_acta(conexion, acta_id, estado=EstadoActa.ANALIZANDO)
    resultado = analizador.analizar_archivo(originales.ruta(previa.sha256), previa.nombre)
    halladas = parecidas_al_texto(base, acta_id, resultado["texto"])
    with base.escribir() as conexion:
        actual = repositorio.acta_por_id(conexion, acta_id, bloquear=True)
        if actual.estado not in POR_ANALIZAR:
            return actual
        repositorio.insertar_propuestas(conexion, acta_id, resultado["items"])
        hallado = _hallado(resultado)
        analizada = repositorio.cambiar_acta(conexion, acta_id, analizada_en=ahora, **hallado)
        quedo = {"estado": analizada.estado, "items": len(resultado["items"])}
        leida = Nuevo("acta_analizada", "acta", acta_id, {}, quedo, analizada.motivo or "")
        anotar(conexion, SISTEMA, ahora, leida)
        anotar_parecidas(conexion, acta_id, halladas, ahora)
        return analizada


def reintentar_acta(
    base: Base, acta_id: int, actor: Actor, ahora: datetime, motivo: str = ""
) -> Acta:
    """Devuelve a la cola un acta que quedó ilegible, por ejemplo tras mejorar el programa.

    Raises:
        ActaDesconocida: no existe.
        TransicionInvalida: no está ilegible.
        DatoInvalido: falta quién lo pide.
    """
    borrador.texto_obligatorio("quien", actor.quien)
    with base.escribir() as conexion:
        acta = repositorio.acta_por_id(conexion, acta_id, bloquear=True)
        if acta.estado is not EstadoActa.ILEGIBLE:
            raise TransicionInvalida("Solo se vuelve a leer un acta que no se pudo leer.")
        repositorio.cambiar_acta(conexion, acta_id, resultado=None)
        nueva = repositorio.cambiar_acta(
            conexion, acta_id, estado=EstadoActa.RECIBIDA, motivo=None, analizada_en=None
        )
        hecho = Nuevo(
            "acta_reintentada", "acta", acta_id, {"motivo": acta.motivo}, razon=motivo.strip()
        )
        anotar(conexion, actor, ahora, hecho)
        return nueva


def _hallado(resultado: ResultadoJson) -> dict[str, object]:
    """Devuelve las columnas del acta que salen del análisis."""
    datos, archivo = resultado["acta"], resultado["archivo"]
    titulo, fecha = (datos["titulo"], datos["fecha"]) if datos else (None, None)
    legible = resultado["estado"] in {"leida", "parcial"}
    avisos = resultado["avisos"]
    motivo = f"{avisos[0]['mensaje']} {avisos[0]['consejo']}" if avisos else "No se pudo leer."
    return {
        "estado": EstadoActa.ANALIZADA if legible else EstadoActa.ILEGIBLE,
        "motivo": None if legible else motivo.strip(),
        "formato": archivo["formato"],
        "titulo": titulo["valor"] if titulo else None,
        "fecha": date.fromisoformat(fecha["valor"]) if fecha else None,
        "resultado": {k: v for k, v in resultado.items() if k != "items"},
    }
