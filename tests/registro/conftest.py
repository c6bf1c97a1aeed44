"""Bases de verdad (SQLite y PostgreSQL), originales y un acta de muestra para las pruebas."""

import io
import os
import uuid
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError

from registro.acta import Acta, NuevaDecision
from registro.actores import Actor, Oficina
from registro.base import Base, abrir
from registro.compromiso import Compromiso
from registro.consultas import listar_items
from registro.decisiones import decidir
from registro.espacios import Espacio, Priorizacion, QuienPrioriza, abrir_espacio, asignar_acta
from registro.espacios import priorizar as priorizar_espacio
from registro.flujo import analizar_acta, recibir_acta
from registro.originales import Originales

AHORA = datetime(2026, 5, 20, 15, 30, tzinfo=UTC)
DIRECCIONES = (
    "postgresql+psycopg://postgres@/postgres?host=/var/run/postgresql",
    "postgresql+psycopg://postgres@127.0.0.1:5432/postgres",
)


def _servidor_postgres() -> URL:
    """Devuelve la dirección del primer PostgreSQL que responde."""
    dicha = os.environ.get("ACTAS_PRUEBAS_POSTGRES")
    motivo = ""
    for direccion in (dicha,) if dicha else DIRECCIONES:
        motor = create_engine(direccion, connect_args={"connect_timeout": 3})
        try:
            with motor.connect():
                return motor.url
        except OperationalError as error:
            motivo = str(error.orig).splitlines()[0]
        finally:
            motor.dispose()
    aviso = f"no hay un PostgreSQL (ACTAS_PRUEBAS_POSTGRES o el socket local): {motivo}"
    if os.environ.get("ACTAS_EXIGE_TODO") == "1":
        pytest.fail(aviso)
    pytest.skip(aviso)


@pytest.fixture(scope="session")
def servidor_postgres() -> URL:
    return _servidor_postgres()


@pytest.fixture
def esquema_postgres(servidor_postgres: URL) -> Iterator[str]:
    """Da la dirección de un esquema nuevo, que se borra al final."""
    nombre = f"actas_prueba_{uuid.uuid4().hex}"
    motor = create_engine(servidor_postgres)
    with motor.begin() as conexion:
        conexion.execute(text(f"CREATE SCHEMA {nombre}"))
    direccion = servidor_postgres.update_query_dict({"options": f"-csearch_path={nombre}"})
    try:
        yield direccion.render_as_string(hide_password=False)
    finally:
        with motor.begin() as conexion:
            conexion.execute(text(f"DROP SCHEMA {nombre} CASCADE"))
        motor.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Da la dirección de una base vacía, una vez por motor."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'base' / 'actas.db'}"
    return str(request.getfixturevalue("esquema_postgres"))


@pytest.fixture
def base(url: str) -> Iterator[Base]:
    abierta = abrir(url)
    yield abierta
    abierta.cerrar()


@pytest.fixture
def originales(tmp_path: Path) -> Originales:
    return Originales(tmp_path / "originales")


@pytest.fixture
def ahora() -> datetime:
    return AHORA


def _dato(valor: str) -> dict[str, Any]:
    return {"valor": valor, "texto": valor, "inicio": 0, "fin": 0, "confianza": 0.9}


ITEM: dict[str, Any] = {
    "id": "i1",
    "texto": "El PNSR culminará el mantenimiento de 5 plantas en Nauta en 30 días hábiles.",
    "inicio": 0,
    "fin": 78,
    "clase": "compromiso",
    "confianza": 0.97,
    "probabilidades": {"compromiso": 0.97, "tarea": 0.02, "pedido": 0.0, "otro": 0.01},
    "duda": False,
    "tipo": "actividad",
    "confianza_tipo": 0.91,
    "atributos": {
        "condicional": False,
        "negativo": False,
        "reiterado": False,
        "referido": False,
        "aceptacion": None,
    },
    "campos": {
        "responsable": [
            {
                "valor": "Programa Nacional de Saneamiento Rural",
                "texto": "PNSR",
                "inicio": 3,
                "fin": 7,
                "nivel_de_gobierno": "nacional",
                "generica": False,
                "confianza": 0.95,
            }
        ],
        "colaboradores": [
            {
                "valor": "Municipalidad Distrital de Nauta",
                "texto": "la municipalidad",
                "inicio": 0,
                "fin": 0,
                "nivel_de_gobierno": "local",
                "generica": False,
                "confianza": None,
            }
        ],
        "accion": {"texto": "culminará", "lema": "culminar", "inicio": 8, "fin": 17},
        "cantidad": [
            {"valor": 5.0, "unidad": "plantas", "texto": "5 plantas", "inicio": 38, "fin": 47}
        ],
        "plazo": {
            "texto": "en 30 días\nhábiles",
            "inicio": 59,
            "fin": 77,
            "metodo": "habiles",
            "precision": "exacta",
            "fecha_limite": "2026-06-25",
            "alternativas": [],
            "explicacion": "30 días hábiles desde el 14/05/2026.",
        },
        "lugares": [
            {
                "texto": "Nauta",
                "region": "Loreto",
                "provincia": "Loreto",
                "distrito": "Nauta",
                "codigo": "160301",
                "candidatos": [],
                "inicio": 51,
                "fin": 56,
            }
        ],
        "codigo_snip": None,
        "codigo_unificado": _dato("2999101"),
        "monto": _dato("12400000.00"),
        "financiamiento": _dato("presupuesto institucional 2026"),
        "condicion": None,
        "verificacion": _dato("informe de cierre"),
    },
    "smart": {
        "especifico": True,
        "medible": True,
        "asignable": True,
        "realista": None,
        "temporal": True,
    },
    "hallazgos": [],
    "propuesta_de_redaccion": None,
    "seccion": "acuerdos",
    "numero_en_acta": "3",
    "tema": "Agua",
    "tabla": None,
    "cajas": [{"pagina": 1, "x0": 72.0, "arriba": 310.2, "x1": 520.4, "abajo": 352.0}],
    "padre": None,
    "pedido_de_origen": None,
}

RESULTADO: dict[str, Any] = {
    "esquema": "acta/1",
    "archivo": {
        "nombre": "acta.pdf",
        "sha256": "",
        "bytes": 9,
        "formato": "pdf",
        "paginas": 1,
        "paginas_con_ocr": [],
        "lector": "pdf/1",
    },
    "estado": "leida",
    "avisos": [],
    "texto": "ACTA DE LA TERCERA SESIÓN DE LA MESA TÉCNICA…",
    "acta": {
        "titulo": _dato("Acta de la tercera sesión de la mesa técnica"),
        "fecha": _dato("2026-05-14"),
        "hora_inicio": None,
        "hora_fin": None,
        "lugar": None,
        "espacio": None,
        "participantes": [],
        "agenda": [],
    },
    "items": [],
    "cobertura": [],
    "modelos": {"clase": "clase 2026.1"},
    "tiempo_ms": {"lectura": 1, "nlp": 1, "reglas": 1},
}


@pytest.fixture
def hacer_item() -> Callable[..., dict[str, Any]]:
    """Da una función que hace un ítem de contrato; `campos` cambia los suyos."""

    def hacer(campos: dict[str, Any] | None = None, **cambios: Any) -> dict[str, Any]:
        item = deepcopy(ITEM) | cambios
        item["campos"] |= campos or {}
        return item

    return hacer


@pytest.fixture
def hacer_resultado() -> Callable[..., dict[str, Any]]:
    """Da una función que hace un resultado de contrato con esos ítems."""

    def hacer(*items: dict[str, Any], **cambios: Any) -> dict[str, Any]:
        return deepcopy(RESULTADO) | {"items": list(items)} | cambios

    return hacer


class AnalizadorFijo:
    """Analizador que devuelve un resultado dado y anota qué bytes le dieron a leer."""

    def __init__(self, resultado: Any, al_leer: Callable[[], None] | None = None) -> None:
        self.resultado = resultado
        self.al_leer = al_leer
        self.leidos: list[tuple[bytes, str | None]] = []

    def analizar_archivo(self, ruta: Path, nombre: str | None = None) -> Any:
        self.leidos.append((ruta.read_bytes(), nombre))
        if self.al_leer:
            self.al_leer()
        return self.resultado


@pytest.fixture
def analizador_fijo() -> type[AnalizadorFijo]:
    return AnalizadorFijo


@pytest.fixture
def acta_con(
    base: Base, originales: Originales, hacer_resultado: Callable[..., dict[str, Any]]
) -> Callable[..., Acta]:
    """Da una función que recibe y analiza un acta con esos ítems."""
    cuenta = iter(range(1, 100))

    def hacer(*items: dict[str, Any], **cambios: Any) -> Acta:
        numero = next(cuenta)
        contenido = io.BytesIO(f"acta número {numero}".encode())
        nombre = f"acta_{numero}.pdf"
        recibida = recibir_acta(base, originales, contenido, nombre, "SSGC", AHORA).acta
        analizador = AnalizadorFijo(hacer_resultado(*items, **cambios))
        return analizar_acta(base, originales, analizador, recibida.id, AHORA)

    return hacer


SSGC = Actor("Carmen Quispe", Oficina.SSGC)
SSGD = Actor("Diego Rojas", Oficina.SSGD)


@pytest.fixture
def ssgc() -> Actor:
    return SSGC


@pytest.fixture
def ssgd() -> Actor:
    return SSGD


@pytest.fixture
def registrar(
    base: Base, acta_con: Callable[..., Acta], hacer_item: Callable[..., dict[str, Any]]
) -> Callable[..., Compromiso]:
    """Da una función que acepta un compromiso de un acta nueva, en un espacio si se dice."""

    def hacer(espacio: Espacio | None = None, **cambios: Any) -> Compromiso:
        acta = acta_con(hacer_item(**cambios))
        if espacio:
            asignar_acta(base, SSGC, acta.id, espacio.id, AHORA)
        [item] = listar_items(base, acta.id)
        decidido = decidir(base, item.propuesta.id, NuevaDecision("aceptar", "Ana"), AHORA)
        assert isinstance(decidido.registro, Compromiso)
        return decidido.registro

    return hacer


@pytest.fixture
def hacer_espacio(base: Base) -> Callable[..., Espacio]:
    """Da una función que abre un espacio, priorizado a cargo de la SSGC si se pide."""

    def hacer(nombre: str = "Mesa técnica de Nauta", *, priorizado: bool = False) -> Espacio:
        espacio = abrir_espacio(base, SSGC, nombre, "mesa_tecnica", AHORA)
        if not priorizado:
            return espacio
        nueva = Priorizacion(
            priorizado=True,
            fecha=AHORA.date(),
            razon="Riesgo crítico evaluado por las tres subsecretarías.",
            decidio=QuienPrioriza.SUBSECRETARIAS,
            responsable=Oficina.SSGC,
        )
        return priorizar_espacio(base, SSGC, espacio.id, nueva, AHORA, version=1)

    return hacer
