"""Importar matrices: primero se ensaya, con un veredicto por fila; después se aplica.

Una fila importada entra como todo lo demás: la matriz queda guardada como documento, cada fila es
una propuesta y quien importa toma la decisión de registrarla.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from io import BytesIO
from typing import Any

from sqlalchemy import Connection, insert, select

from nlp.propuesta import Clase
from registro import borrador, repositorio, tablas
from registro.acta import FORMATO_MATRIZ, Acta, EstadoActa, nombre_limpio
from registro.actores import Accion, Actor, exigir
from registro.base import Base
from registro.compromiso import Compromiso, Contenido, a_json
from registro.ensayo import (
    Ensayo,
    FilaEnsayada,
    Veredicto,
    contenido_de,
    distintos_de,
    juzgar,
    valores_de,
)
from registro.errores import DatoInvalido
from registro.escritura import cambiar, fila_de
from registro.estados import Estado
from registro.filas import a_registro
from registro.historia import Nuevo, anotar
from registro.item_importado import items_de_matriz, resultado_de_matriz
from registro.matrices import FilaLeida, leer_matriz
from registro.originales import Originales


def importar(
    base: Base,
    originales: Originales,
    actor: Actor,
    contenido: bytes,
    nombre: str,
    ahora: datetime,
) -> Ensayo:
    """Registra las filas nuevas y cambia las conocidas; dudosas y rechazadas no se tocan.

    Raises:
        NoAutorizado: no le toca a esa oficina.
        DatoInvalido: como en `ensayar`, o ese mismo archivo ya se importó y trae filas nuevas.
    """
    exigir(actor, Accion.REGISTRAR, priorizado=False)
    quien = borrador.texto_obligatorio("quien", actor.quien)
    matriz = leer_matriz(contenido, nombre)
    original = originales.guardar(BytesIO(contenido))
    with base.escribir() as conexion:
        ensayo = Ensayo(tuple(juzgar(conexion, matriz.filas)), matriz.avisos)
        nuevas = [f.fila for f in ensayo.filas if f.veredicto is Veredicto.NUEVA]
        if repositorio.hay_acta(conexion, original.sha256):
            if nuevas:
                raise DatoInvalido(
                    "archivo",
                    "Ese mismo archivo ya se había importado o enviado como acta.",
                    "Guarde la matriz con sus cambios como un archivo nuevo.",
                )
            acta = repositorio.acta_por_sha256(conexion, original.sha256)
        else:
            acta = repositorio.insertar_acta(
                conexion,
                sha256=original.sha256,
                nombre=nombre_limpio(nombre),
                tamanio=original.bytes,
                quien=quien,
                cuando=ahora,
            )
            _agregar(conexion, actor, acta, nuevas, ahora)
        for ensayada in ensayo.filas:
            if ensayada.veredicto is Veredicto.CAMBIADA:
                _cambiar(conexion, actor, ensayada, nombre, ahora)
        cuentas = {str(v): n for v, n in ensayo.cuentas.items()}
        anotar(conexion, actor, ahora, Nuevo("matriz_importada", "acta", acta.id, {}, cuentas))
    return ensayo


def _agregar(
    conexion: Connection, actor: Actor, acta: Acta, nuevas: Sequence[FilaLeida], ahora: datetime
) -> None:
    """Deja el acta cerrada, con una propuesta, una decisión y un compromiso por fila."""
    contenidos = [contenido_de(leida) for leida in nuevas]
    items, texto = items_de_matriz([leida.lugar for leida in nuevas], contenidos)
    repositorio.cambiar_acta(
        conexion,
        acta.id,
        estado=EstadoActa.CERRADA,
        titulo=f"Matriz importada: {acta.nombre}",
        formato=FORMATO_MATRIZ,
        analizada_en=ahora,
        resultado=resultado_de_matriz(acta.nombre, acta.sha256, acta.bytes, texto),
    )
    if not nuevas:
        return
    repositorio.insertar_propuestas(conexion, acta.id, items)
    tabla = tablas.propuesta
    consulta = select(tabla.c.id).where(tabla.c.acta_id == acta.id).order_by(tabla.c.orden)
    propuestas = conexion.execute(consulta).scalars().all()
    registrados = [{"clase": Clase.COMPROMISO.value, **a_json(c)} for c in contenidos]
    decisiones = conexion.execute(
        insert(tablas.decision).returning(tablas.decision.c.id, sort_by_parameter_order=True),
        [
            {
                "propuesta_id": propuesta,
                "version": 1,
                "quien": actor.quien,
                "cuando": ahora,
                "que": "aceptar",
                "motivo": "Importado de una matriz",
                "antes": registrado,
                "despues": registrado,
            }
            for propuesta, registrado in zip(propuestas, registrados, strict=True)
        ],
    ).scalars()
    filas = [
        {
            **repositorio.columnas_de(contenido),
            "acta_id": acta.id,
            "propuesta_id": propuesta,
            "decision_id": decision,
            "estado": leida.valores["estado"] or Estado.NO_INICIADO,
            "avance": leida.valores["avance"],
            "version": 1,
            "vigente": True,
        }
        for contenido, propuesta, decision, leida in zip(
            contenidos, propuestas, decisiones, nuevas, strict=True
        )
    ]
    numeros = conexion.execute(
        insert(tablas.compromiso).returning(tablas.compromiso.c.id, sort_by_parameter_order=True),
        filas,
    ).scalars()
    anotar(
        conexion,
        actor,
        ahora,
        *(
            Nuevo("importado", "compromiso", numero, {}, {**registrado, "estado": fila["estado"]})
            for numero, registrado, fila in zip(numeros, registrados, filas, strict=True)
        ),
    )


def _cambiar(
    conexion: Connection, actor: Actor, ensayada: FilaEnsayada, nombre: str, ahora: datetime
) -> None:
    assert ensayada.compromiso_id is not None  # noqa: S101
    fila = fila_de(conexion, tablas.compromiso, ensayada.compromiso_id)
    conocido = a_registro(Compromiso, fila)
    nuevos = valores_de(ensayada.fila)
    valores = {campo: nuevos[campo] for campo in distintos_de(ensayada.fila, conocido)}
    contenido = Contenido(**{
        campo.name: valores.get(campo.name, getattr(conocido, campo.name))
        for campo in fields(Contenido)
    })
    columnas: dict[str, Any] = {
        **repositorio.columnas_de(contenido),
        **{campo: valores[campo] for campo in ("estado", "avance") if campo in valores},
    }
    lugar = ensayada.fila.lugar
    razon = f"{lugar[0].upper()}{lugar[1:]} de {nombre_limpio(nombre)}"
    cambiar(
        conexion,
        actor,
        ahora,
        tablas.compromiso,
        fila,
        "actualizado_de_matriz",
        columnas,
        razon=razon,
    )
