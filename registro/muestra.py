"""Un registro inventado del tamaño que se pida, cargado directo en las tablas, para medir.

No pasa por los casos de uso ni deja historia: sirve para medir listas, no para comprobar nada. Con
la misma semilla da siempre lo mismo.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, create_engine, insert, make_url, text

from nlp.propuesta import Clase, NivelDeGobierno, Tipo
from registro import repositorio, tablas, tablas_vida
from registro.acta import EstadoActa
from registro.base import Base
from registro.compromiso import Contenido, Responsable
from registro.estados import Estado

POR_ACTA: Final = 6
_POR_TANDA: Final = 3000
_AHORA: Final = datetime(2026, 5, 20, 15, 30, tzinfo=UTC)
_VERBOS: Final = (
    *("construirá", "reparará", "entregará", "culminará", "financiará", "instalará", "evaluará"),
    *("transferirá", "elaborará", "capacitará", "limpiará", "ampliará", "supervisará", "pagará"),
)
_OBJETOS: Final = (
    *("la carretera", "el puente", "la posta médica", "el sistema de agua potable", "las aulas"),
    *("el canal de riego", "la planta de tratamiento", "el expediente técnico", "los estudios"),
    *("la electrificación rural", "el mercado", "las semillas", "los alevinos", "el monitoreo"),
)
_LUGARES: Final = (
    ("Amazonía", "Loreto", "Loreto", "Nauta"),
    ("Amazonía", "Loreto", "Datem del Marañón", "Andoas"),
    ("Amazonía", "Ucayali", "Atalaya", "Sepahua"),
    ("Corredor", "Apurímac", "Cotabambas", "Challhuahuacho"),
    ("Corredor", "Cusco", "Chumbivilcas", "Velille"),
    ("Sureste", "Madre de Dios", "Tambopata", "Inambari"),
    ("Centro", "Pasco", "Pasco", "Simón Bolívar"),
    ("Norte", "Cajamarca", "Hualgayoc", "Bambamarca"),
)
_RESPONSABLES: Final = (
    ("Ministerio de Salud", NivelDeGobierno.NACIONAL),
    ("Ministerio de Transportes y Comunicaciones", NivelDeGobierno.NACIONAL),
    ("Programa Nacional de Saneamiento Rural", NivelDeGobierno.NACIONAL),
    ("Gobierno Regional de Loreto", NivelDeGobierno.REGIONAL),
    ("Gobierno Regional de Apurímac", NivelDeGobierno.REGIONAL),
    ("Municipalidad Provincial de Cotabambas", NivelDeGobierno.LOCAL),
    ("Municipalidad Distrital de Nauta", NivelDeGobierno.LOCAL),
)
_CLASES: Final = (*(8 * [Clase.COMPROMISO]), Clase.PEDIDO, Clase.TAREA)


@contextmanager
def lugar_de_medida(url: str) -> Iterator[str]:
    """Da la dirección de un esquema nuevo de ese PostgreSQL, que se borra al final."""
    nombre = f"actas_medida_{uuid4().hex}"
    motor = create_engine(url)
    with motor.begin() as conexion:
        conexion.execute(text(f"CREATE SCHEMA {nombre}"))
    direccion = make_url(url).update_query_dict({"options": f"-csearch_path={nombre}"})
    try:
        yield direccion.render_as_string(hide_password=False)
    finally:
        with motor.begin() as conexion:
            conexion.execute(text(f"DROP SCHEMA {nombre} CASCADE"))
        motor.dispose()


def cargar_muestra(base: Base, cuantas: int, semilla: int = 7) -> None:
    """Carga `cuantas` filas (ocho de cada diez, compromisos) en una base vacía."""
    azar = random.Random(semilla)  # noqa: S311
    filas = ((azar.choice(_CLASES), _contenido(azar, n)) for n in range(1, cuantas + 1))
    numero = 0
    with base.escribir() as conexion:
        _cargar_espacios(conexion)
    while tanda := list(islice(filas, _POR_TANDA)):
        with base.escribir() as conexion:
            _cargar(conexion, azar, tanda, numero)
        numero += len(tanda)
    if base.motor.dialect.name == "postgresql":
        with base.motor.connect() as suelta:
            suelta.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM ANALYZE"))


def _cargar_espacios(conexion: Connection) -> None:
    espacios = [
        {
            "id": n,
            "nombre": f"Mesa técnica {n}",
            "tipo": "mesa_tecnica",
            "priorizado": n % 3 == 0,
            "priorizado_razon": "",
            "version": 1,
        }
        for n in range(1, 41)
    ]
    conexion.execute(insert(tablas_vida.espacio), espacios)


def _cargar(
    conexion: Connection, azar: random.Random, tanda: list[tuple[Clase, Contenido]], antes: int
) -> None:
    numeros = range(antes + 1, antes + 1 + len(tanda))
    actas = sorted({_acta_de(n) for n in numeros})
    conexion.execute(
        insert(tablas.acta),
        [
            {
                "id": n,
                "sha256": f"{n:064x}",
                "nombre": f"acta_{n}.pdf",
                "bytes": 1,
                "estado": EstadoActa.CERRADA,
                "recibida_en": _AHORA,
                "recibida_por": "SSGC",
                "resultado": {"texto": ""},
            }
            for n in actas
        ],
    )
    pares = list(zip(numeros, tanda, strict=True))
    conexion.execute(insert(tablas.propuesta), [_propuesta(n, c, d) for n, (c, d) in pares])
    conexion.execute(insert(tablas.decision), [_decision(n, c, d) for n, (c, d) in pares])
    for clase, (_, tabla) in repositorio.MODELOS.items():
        filas = [_fila(azar, n, contenido) for n, (c, contenido) in pares if c is clase]
        if filas:
            conexion.execute(insert(tabla), filas)


def _acta_de(numero: int) -> int:
    return 1 + (numero - 1) // POR_ACTA


def _contenido(azar: random.Random, numero: int) -> Contenido:
    unidad, region, provincia, distrito = azar.choice(_LUGARES)
    quien, nivel = azar.choice(_RESPONSABLES)
    que = f"{quien} {azar.choice(_VERBOS)} {azar.choice(_OBJETOS)} de {distrito}"
    detalle = f"{azar.choice(_VERBOS)} {azar.choice(_OBJETOS)} y {azar.choice(_OBJETOS)}"
    con_fecha = azar.random() < 0.45
    return Contenido(
        transcripcion=f"{que}, sector {numero % 997}. Además {detalle}, según el acuerdo {numero}. "
        + "La comunidad y la entidad suscriben el presente punto en señal de conformidad. " * 4,
        denominacion=f"{que}, sector {numero % 997}",
        descripcion=f"Comprende: {detalle}.",
        fecha_acta=date(2026, 5, 1) - timedelta(days=azar.randrange(3000)),
        tipo=azar.choice((Tipo.PIP, Tipo.ACTIVIDAD, Tipo.ACTIVIDAD, None)),
        fecha_limite=date(2025, 1, 1) + timedelta(days=azar.randrange(900)) if con_fecha else None,
        responsables=(Responsable(quien, nivel),),
        regiones=(region,),
        provincias=(provincia,),
        distritos=(distrito,),
        unidad_territorial=unidad,
        codigo_unificado=f"{2_000_000 + numero}",
    )


def _propuesta(numero: int, clase: Clase, contenido: Contenido) -> dict[str, Any]:
    orden = (numero - 1) % POR_ACTA
    return {
        "id": numero,
        "acta_id": _acta_de(numero),
        "item_id": f"i{orden + 1}",
        "orden": orden,
        "clase": clase,
        "duda": False,
        "item": {
            "id": f"i{orden + 1}",
            "texto": contenido.transcripcion,
            "clase": clase.value,
            "hallazgos": [],
            "cajas": [{"pagina": 1, "x0": 72.0, "arriba": 310.2, "x1": 520.4, "abajo": 352.0}],
        },
    }


def _decision(numero: int, clase: Clase, contenido: Contenido) -> dict[str, Any]:
    puesto = {"clase": clase.value, "transcripcion": contenido.transcripcion}
    return {
        "id": numero,
        "propuesta_id": numero,
        "version": 1,
        "quien": "Ana",
        "cuando": _AHORA,
        "que": "aceptar",
        "motivo": "",
        "antes": puesto,
        "despues": puesto,
    }


def _fila(azar: random.Random, numero: int, contenido: Contenido) -> dict[str, Any]:
    return {
        **repositorio.columnas_de(contenido),
        "acta_id": _acta_de(numero),
        "propuesta_id": numero,
        "decision_id": numero,
        "estado": azar.choice(tuple(Estado)),
        "avance": "",
        "version": 1,
        "espacio_id": azar.choice((None, azar.randrange(1, 41))),
        "vigente": azar.random() > 0.01,
    }
