"""Decidir sobre lo propuesto, y rectificar una decisión ya tomada.

Nada se borra: rectificar agrega otra decisión, y lo que deja de estar en el registro queda marcado
como no vigente.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from nlp.propuesta import Clase
from registro import borrador, idempotencia, repositorio
from registro.acta import (
    LIMA,
    Acta,
    Decision,
    EstadoActa,
    NuevaDecision,
    PropuestaGuardada,
    TipoDecision,
)
from registro.actores import Accion, Actor, Oficina, exigir
from registro.base import Base
from registro.compromiso import Contenido, Registro, a_json
from registro.errores import (
    DatoInvalido,
    FaltaElegirClase,
    PropuestaYaDecidida,
    TransicionInvalida,
    VersionDesfasada,
)
from registro.escritura import cambiar, fila_de
from registro.estados import Estado
from registro.filas import a_registro
from registro.historia import Nuevo, anotar
from registro.partida import partida_de


@dataclass(frozen=True, slots=True)
class Decidido:
    """Una decisión tomada, lo que registró (None si se rechazó) y cómo quedó el acta.

    `repetida` dice que ese mismo pedido, con su clave, ya se había atendido.
    """

    decision: Decision
    registro: Registro | None
    acta: Acta
    repetida: bool = False


def decidir(base: Base, propuesta_id: int, nueva: NuevaDecision, ahora: datetime) -> Decidido:
    """Acepta, edita o rechaza una propuesta en nombre de una persona.

    «aceptar» registra lo propuesto; «editar» cambia antes los campos dados; «rechazar» no registra
    nada. Lo registrado empieza «Abierto – No iniciado». El acta pasa a «en revisión» con la primera
    decisión y a «cerrada» cuando no queda pedido, compromiso ni tarea por decidir.

    Raises:
        PropuestaDesconocida: no existe.
        PropuestaYaDecidida: alguien decidió antes; también si fue en el mismo instante.
        VersionDesfasada: `nueva.version` no es la actual.
        ClaveRepetida: `nueva.clave` se usó para pedir otra cosa.
        FaltaElegirClase: el análisis dudó o dijo «otro» y la persona no eligió clase.
        NoAutorizado: se dijo una oficina que no hace el registro inicial.
        DatoInvalido: falta la persona o un dato no cumple lo que se pide.
    """
    actor, que, motivo = _leer(nueva)
    pedido = {"decidir": propuesta_id, **asdict(nueva)}
    with base.escribir() as conexion:
        propuesta = repositorio.propuesta_por_id(conexion, propuesta_id)
        acta = repositorio.acta_por_id(conexion, propuesta.acta_id, bloquear=True)
        previas = repositorio.decisiones_de(conexion, propuesta_id)
        if previo := idempotencia.resultado_previo(conexion, nueva.clave, pedido):
            return _ya_decidido(conexion, previas, previo, acta)
        _comprobar_turno(previas, nueva.version)
        propuesto = borrador.proponer(propuesta.item, acta.fecha, ahora.astimezone(LIMA).date())
        a_registrar = _preparar(propuesta, propuesto, que, nueva, propuesta.clase)
        decision = repositorio.insertar_decision(
            conexion,
            propuesta_id=propuesta_id,
            version=1,
            quien=actor.quien,
            cuando=ahora,
            que=que,
            motivo=motivo,
            antes=_en_json(propuesta.clase, propuesto),
            despues=_en_json(*a_registrar) if a_registrar else None,
        )
        _anotar_decision(conexion, actor, ahora, decision)
        registro = (
            _registrar(conexion, actor, ahora, *a_registrar, propuesta, decision.id)
            if a_registrar
            else None
        )
        idempotencia.recordar(conexion, nueva.clave, pedido, decision.id, ahora)
        return Decidido(decision, registro, _actualizar(conexion, acta))


def rectificar(base: Base, propuesta_id: int, nueva: NuevaDecision, ahora: datetime) -> Decidido:
    """Cambia una decisión ya tomada, con su motivo; la anterior se conserva.

    Con «editar», los campos que no se dan quedan como estaban registrados. Sacar algo del registro
    (rechazarlo o cambiarle la clase) solo se admite mientras nadie haya cambiado su estado; después
    se cierra como desestimado.

    Raises:
        PropuestaDesconocida: no existe.
        VersionDesfasada: `nueva.version` no es la última decisión, o no se dio.
        TransicionInvalida: no hay decisión que rectificar, o lo registrado ya cambió de estado.
        ClaveRepetida, FaltaElegirClase, DatoInvalido: como en `decidir`; el motivo es obligatorio.
    """
    actor, que, _ = _leer(nueva)
    motivo = borrador.texto_obligatorio("motivo", nueva.motivo, borrador.LARGO_DE_DESCRIPCION)
    pedido = {"rectificar": propuesta_id, **asdict(nueva)}
    with base.escribir() as conexion:
        propuesta = repositorio.propuesta_por_id(conexion, propuesta_id)
        acta = repositorio.acta_por_id(conexion, propuesta.acta_id, bloquear=True)
        previas = repositorio.decisiones_de(conexion, propuesta_id)
        if previo := idempotencia.resultado_previo(conexion, nueva.clave, pedido):
            return _ya_decidido(conexion, previas, previo, acta)
        if not previas:
            raise TransicionInvalida("Todavía no hay una decisión que rectificar.")
        if nueva.version != len(previas):
            raise VersionDesfasada("La decisión cambió desde que usted la vio.")
        actual = repositorio.registro_vigente(conexion, propuesta_id)
        partida = partida_de(conexion, propuesta, acta, actual, que, ahora)
        clase = actual.clase if actual else propuesta.clase
        a_registrar = _preparar(propuesta, partida, que, nueva, clase, actual)
        decision = repositorio.insertar_decision(
            conexion,
            propuesta_id=propuesta_id,
            version=len(previas) + 1,
            quien=actor.quien,
            cuando=ahora,
            que=que,
            motivo=motivo,
            antes=previas[-1].despues or dict(previas[-1].antes),
            despues=_en_json(*a_registrar) if a_registrar else None,
        )
        _anotar_decision(conexion, actor, ahora, decision)
        if actual and (a_registrar is None or a_registrar[0] is not actual.clase):
            _retirar(conexion, actor, ahora, actual, motivo)
        registro = (
            _reponer(conexion, actor, ahora, *a_registrar, propuesta, decision)
            if a_registrar
            else None
        )
        idempotencia.recordar(conexion, nueva.clave, pedido, decision.id, ahora)
        return Decidido(decision, registro, _actualizar(conexion, acta))


def _leer(nueva: NuevaDecision) -> tuple[Actor, TipoDecision, str]:
    quien = borrador.texto_obligatorio("quien", nueva.quien)
    oficina = borrador.opcion(Oficina, "oficina", nueva.oficina) if nueva.oficina else None
    que = borrador.opcion(TipoDecision, "que", nueva.que)
    motivo = borrador.texto("motivo", nueva.motivo, borrador.LARGO_DE_DESCRIPCION) or ""
    actor = Actor(quien, oficina)
    if oficina:
        exigir(actor, Accion.REGISTRAR, priorizado=False)
    return actor, que, motivo


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
    propuesta: PropuestaGuardada,
    partida: Contenido,
    que: TipoDecision,
    nueva: NuevaDecision,
    clase: Clase,
    actual: Registro | None = None,
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
    editado = borrador.editar(partida, nueva.campos)
    elegida = borrador.opcion(Clase, "clase", nueva.clase) if nueva.clase else None
    if elegida is None and (actual or not propuesta.duda):
        elegida = clase
    if elegida in {None, Clase.OTRO}:
        raise FaltaElegirClase
    caso = borrador.texto("caso", nueva.caso) or (actual.caso if actual else None)
    return elegida, replace(editado, caso=caso)


def _registrar(
    conexion: Connection,
    actor: Actor,
    ahora: datetime,
    clase: Clase,
    contenido: Contenido,
    propuesta: PropuestaGuardada,
    decision_id: int,
) -> Registro:
    registro, atados = repositorio.insertar_registro(
        conexion, clase, contenido, propuesta, decision_id
    )
    alta = Nuevo("registrado", clase, registro.id, {}, _en_json(clase, contenido))
    lazos = [Nuevo("atado", "compromiso", n, {}, {"pedido_id": registro.id}) for n in atados]
    anotar(conexion, actor, ahora, alta, *lazos)
    return registro


def _retirar(
    conexion: Connection, actor: Actor, ahora: datetime, registro: Registro, motivo: str
) -> None:
    if registro.estado is not Estado.NO_INICIADO:
        falla = TransicionInvalida(
            f"El {registro.clase} {registro.id} ya cambió de estado y no se saca del registro."
        )
        falla.consejo = "Ciérrelo como desestimado, con el acta en que se retira."
        raise falla
    _, tabla = repositorio.MODELOS[registro.clase]
    fila = fila_de(conexion, tabla, registro.id)
    cambiar(conexion, actor, ahora, tabla, fila, "retirado", {"vigente": False}, razon=motivo)
    if registro.clase is Clase.PEDIDO:
        _, compromisos = repositorio.MODELOS[Clase.COMPROMISO]
        for numero in repositorio.compromisos_del_pedido(conexion, registro.id):
            atado = fila_de(conexion, compromisos, numero)
            cambiar(conexion, actor, ahora, compromisos, atado, "desatado", {"pedido_id": None})


def _reponer(
    conexion: Connection,
    actor: Actor,
    ahora: datetime,
    clase: Clase,
    contenido: Contenido,
    propuesta: PropuestaGuardada,
    decision: Decision,
) -> Registro:
    """Deja vigente la fila de esa propuesta y clase con el contenido, o la agrega si no hay."""
    modelo, tabla = repositorio.MODELOS[clase]
    numero = repositorio.numero_de(conexion, clase, propuesta.id)
    if numero is None:
        return _registrar(conexion, actor, ahora, clase, contenido, propuesta, decision.id)
    valores = {
        **repositorio.columnas_de(contenido),
        "decision_id": decision.id,
        "vigente": True,
    }
    fila = fila_de(conexion, tabla, numero)
    nueva = cambiar(
        conexion, actor, ahora, tabla, fila, "rectificado", valores, razon=decision.motivo
    )
    return a_registro(modelo, nueva)


def _ya_decidido(
    conexion: Connection, previas: tuple[Decision, ...], decision_id: int, acta: Acta
) -> Decidido:
    decision = next(previa for previa in previas if previa.id == decision_id)
    registro = repositorio.registro_vigente(conexion, decision.propuesta_id)
    return Decidido(decision, registro, acta, repetida=True)


def _anotar_decision(
    conexion: Connection, actor: Actor, ahora: datetime, decision: Decision
) -> None:
    puesto = {"que": decision.que, "version": decision.version, "decision_id": decision.id}
    hecho = Nuevo("decidido", "propuesta", decision.propuesta_id, {}, puesto, decision.motivo)
    anotar(conexion, actor, ahora, hecho)


def _actualizar(conexion: Connection, acta: Acta) -> Acta:
    """Pasa el acta a «en revisión» o «cerrada», según lo que falte decidir."""
    falta = repositorio.por_decidir(conexion, acta.id)
    estado = EstadoActa.EN_REVISION if falta else EstadoActa.CERRADA
    return repositorio.cambiar_acta(conexion, acta.id, estado=estado)


def _en_json(clase: Clase, contenido: Contenido) -> dict[str, object]:
    return {"clase": clase, **a_json(contenido)}
