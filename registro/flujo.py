"""Los casos de uso: recibir un acta, analizarla y decidir sobre lo propuesto.

Son funciones; la base, la carpeta de originales, el analizador, la hora y la persona llegan como
argumentos. Cada una confirma todo o nada.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path, PureWindowsPath
from typing import BinaryIO, Protocol

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from lineamientos.contrato import ResultadoJson
from nlp.propuesta import Clase
from registro import borrador, repositorio
from registro.acta import (
    LIMA,
    Acta,
    Decision,
    EstadoActa,
    NuevaDecision,
    PropuestaGuardada,
    Recepcion,
    TipoDecision,
)
from registro.base import Base
from registro.compromiso import Contenido, Registro, a_json
from registro.errores import (
    DatoInvalido,
    FaltaElegirClase,
    PropuestaYaDecidida,
    VersionDesfasada,
)
from registro.originales import Originales

POR_ANALIZAR = (EstadoActa.RECIBIDA, EstadoActa.ANALIZANDO)
"""Estados desde los que se analiza; «analizando» también, por si el anterior intento se cortó."""

_LARGO_DE_NOMBRE = 255


class Analizador(Protocol):
    """Lo que se pide de `lineamientos.analisis.Analizador`."""

    def analizar_archivo(self, ruta: Path, nombre: str | None = None) -> ResultadoJson:
        """Analiza un archivo; si no se puede leer lo dice en el resultado, sin excepción."""


@dataclass(frozen=True, slots=True)
class Decidido:
    """Una decisión tomada, lo que registró (None si se rechazó) y cómo quedó el acta."""

    decision: Decision
    registro: Registro | None
    acta: Acta


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
                    nombre=_nombre_limpio(nombre),
                    tamanio=original.bytes,
                    quien=quien,
                    cuando=ahora,
                )
        except IntegrityError:
            existente = repositorio.acta_por_sha256(conexion, original.sha256)
            return Recepcion(existente, ya_estaba=True)
    return Recepcion(nueva, ya_estaba=False)


def analizar_acta(
    base: Base, originales: Originales, analizador: Analizador, acta_id: int, ahora: datetime
) -> Acta:
    """Analiza un acta recibida y guarda sus propuestas; la lectura va fuera de toda transacción.

    Un acta ya analizada se devuelve como está. Si dos la analizan a la vez, vale la primera que
    termina. Si se corta, queda «analizando» y se puede repetir. Rechazada o fallida queda
    «ilegible», con el motivo.

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
    with base.escribir() as conexion:
        actual = repositorio.acta_por_id(conexion, acta_id, bloquear=True)
        if actual.estado not in POR_ANALIZAR:
            return actual
        repositorio.insertar_propuestas(conexion, acta_id, resultado["items"])
        return repositorio.cambiar_acta(
            conexion, acta_id, analizada_en=ahora, **_hallado(resultado)
        )


def decidir(base: Base, propuesta_id: int, nueva: NuevaDecision, ahora: datetime) -> Decidido:
    """Acepta, edita o rechaza una propuesta en nombre de una persona.

    «aceptar» registra lo propuesto; «editar» cambia antes los campos dados; «rechazar» no registra
    nada. Lo registrado empieza «Abierto – No iniciado». El acta pasa a «en revisión» con la primera
    decisión y a «cerrada» cuando no queda pedido, compromiso ni tarea por decidir.

    Raises:
        PropuestaDesconocida: no existe.
        PropuestaYaDecidida: alguien decidió antes; también si fue en el mismo instante.
        VersionDesfasada: `nueva.version` no es la actual.
        FaltaElegirClase: el análisis dudó o dijo «otro» y la persona no eligió clase.
        DatoInvalido: falta la persona o un dato no cumple lo que se pide.
    """
    quien = borrador.texto_obligatorio("quien", nueva.quien)
    que = borrador.opcion(TipoDecision, "que", nueva.que)
    motivo = borrador.texto("motivo", nueva.motivo, borrador.LARGO_DE_DESCRIPCION) or ""
    with base.escribir() as conexion:
        propuesta = repositorio.propuesta_por_id(conexion, propuesta_id)
        acta = repositorio.acta_por_id(conexion, propuesta.acta_id, bloquear=True)
        _comprobar_turno(repositorio.decisiones_de(conexion, propuesta_id), nueva.version)
        propuesto = borrador.proponer(propuesta.item, acta.fecha, ahora.astimezone(LIMA).date())
        a_registrar = _preparar(propuesta, propuesto, que, nueva)
        decision = repositorio.insertar_decision(
            conexion,
            propuesta_id=propuesta_id,
            version=1,
            quien=quien,
            cuando=ahora,
            que=que,
            motivo=motivo,
            antes=_en_json(propuesta.clase, propuesto),
            despues=_en_json(*a_registrar) if a_registrar else None,
        )
        registro = (
            repositorio.insertar_registro(conexion, *a_registrar, propuesta, decision.id)
            if a_registrar
            else None
        )
        return Decidido(decision, registro, _actualizar(conexion, acta))


def _comprobar_turno(previas: tuple[Decision, ...], version: int | None) -> None:
    if previas:
        ultima = previas[-1]
        cuando = ultima.cuando.astimezone(LIMA)
        raise PropuestaYaDecidida(
            f"{ultima.quien} ya decidió sobre esta propuesta el {cuando:%d/%m/%Y a las %H:%M}."
        )
    if version not in {None, len(previas)}:
        raise VersionDesfasada("La propuesta cambió desde que usted la vio.")


def _preparar(
    propuesta: PropuestaGuardada, propuesto: Contenido, que: TipoDecision, nueva: NuevaDecision
) -> tuple[Clase, Contenido] | None:
    """Devuelve la clase y el contenido por registrar, o None si se rechaza."""
    if que is not TipoDecision.EDITAR and nueva.campos:
        raise DatoInvalido(
            "campos",
            f"Con «{que}» no se cambian campos.",
            "Use «editar» para cambiarlos o quite los cambios.",
        )
    if que is TipoDecision.RECHAZAR:
        return None
    editado = borrador.editar(propuesto, nueva.campos)
    return _elegir_clase(propuesta, nueva), replace(
        editado, caso=borrador.texto("caso", nueva.caso)
    )


def _elegir_clase(propuesta: PropuestaGuardada, nueva: NuevaDecision) -> Clase:
    elegida = borrador.opcion(Clase, "clase", nueva.clase) if nueva.clase else None
    if elegida is None and not propuesta.duda:
        elegida = propuesta.clase
    if elegida in {None, Clase.OTRO}:
        raise FaltaElegirClase
    return elegida


def _actualizar(conexion: Connection, acta: Acta) -> Acta:
    """Pasa el acta a «en revisión» o «cerrada», según lo que falte decidir."""
    falta = repositorio.por_decidir(conexion, acta.id)
    estado = EstadoActa.EN_REVISION if falta else EstadoActa.CERRADA
    return repositorio.cambiar_acta(conexion, acta.id, estado=estado)


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


def _en_json(clase: Clase, contenido: Contenido) -> dict[str, object]:
    return {"clase": clase, **a_json(contenido)}


def _nombre_limpio(nombre: str) -> str:
    """Quita carpetas y caracteres invisibles («acta\\u202efdp.exe») del nombre enviado."""
    visible = "".join(c for c in PureWindowsPath(nombre).name if c.isprintable()).strip()
    return visible[-_LARGO_DE_NOMBRE:] or "acta"
