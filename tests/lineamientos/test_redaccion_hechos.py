"""La propuesta de redacción no pierde ni inventa hechos, y proponer sobre ella no la cambia.

Se prueba con las oraciones defectuosas escritas antes que el programa y con los ejemplos de todas
las reglas.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from lineamientos.analisis import crear_analizador
from lineamientos.caso import Caso
from lineamientos.contrato import PlazoJson
from lineamientos.en_vivo import EnVivo
from lineamientos.juego import cargar_reglas
from lineamientos.regla import Ejemplo
from lineamientos.revisor import crear_revisor
from nlp.conjugacion import verbo_de
from nlp.lectura import leer
from nlp.plegado import plegar
from nlp.propuesta import Tipo
from nlp.verbos import analizar, infinitivo_probable

CABECERA = "Acta de la mesa\nFecha: 14/05/2026"
DEFECTUOSAS = [
    json.loads(linea)
    for linea in Path(__file__).with_name("defectuosas.jsonl").read_text("utf-8").splitlines()
]
EJEMPLOS = [e for regla in cargar_reglas() for e in (*regla.incumplen, *regla.cumplen)]

_PALABRA = re.compile(r"\d+(?:[.,/]\d+)*|[^\W\d_]+")
HUECO = re.compile(r"\[([^\]]*)\]")
PUESTAS = frozenset(
    _PALABRA.findall(
        "a acredite al brindara cargo con de del distrito ejecutara ejecutaran el en hasta la las "
        "lo los mas mediante no por que realizara realizaran se tardar un una y"
    )
)
"""Palabras de relleno que la propuesta puede poner o quitar: artículos, nexos y apoyos."""

PROMESAS = frozenset(
    _PALABRA.findall(
        "acordo acuerda ambas ambos asume asumimos bajo cargo compromete comprometemos comprometen "
        "compromiso debe deben debera deberan encargara encargaran es estara estaran nos obliga "
        "obligan parte plazo procedera procederan queda responsabilidad responsable ser "
        "sera seran todos"
    )
)
"""Palabras con que se promete o se nombra al agente: sobran cuando el verbo va en futuro."""

RELLENO = {
    "responsable": "la empresa Minera Antarumi S.A.C.",
    "DD/MM/AAAA": "30/11/2026",
    "fuente": "recursos propios",
    "localidad": "Pampamarca",
    "localidad, distrito": "Pampamarca, distrito de Nauta",
    "acto concreto": "la entrega de un informe",
    "documento": "el acta de conformidad",
    "cantidad": "40",
}

Armar = Callable[..., Caso]


@pytest.fixture(scope="module")
def en_vivo() -> EnVivo:
    return EnVivo(crear_analizador())


def _proponer(en_vivo: EnVivo, texto: str) -> str:
    propuesta = en_vivo.item(texto, "compromiso", CABECERA)["propuesta_de_redaccion"]
    assert propuesta
    return propuesta


def _palabras(texto: str) -> list[str]:
    return _PALABRA.findall(plegar(texto))


def _raices(palabras: set[str]) -> set[str]:
    """Devuelve los infinitivos que las palabras conjugan o nombran («construcción» → construir)."""
    halladas = set()
    for palabra in palabras:
        leida = leer(palabra).palabras[0]
        forma = analizar(leida)
        lemas = (forma.lema if forma else None, verbo_de(palabra), infinitivo_probable(leida))
        halladas |= {plegar(lema) for lema in lemas if lema}
        if pegado := re.fullmatch(r"(\w+[aei]r)(?:l[aoe]s?|se)", palabra):
            halladas.add(pegado[1])
    return halladas


def comprobar_hechos(original: str, propuesta: str, plazo: str = "", fecha: str = "") -> None:
    """Falla si la propuesta pierde o inventa una palabra con contenido, un número o una negación.

    `plazo` es el trozo que la fecha calculada `fecha` (ISO) reemplaza.
    """
    sin_huecos = HUECO.sub(" ", propuesta)
    dichas, puestas = set(_palabras(original)), set(_palabras(sin_huecos))
    calculada = {"/".join(reversed(fecha.split("-")))} if fecha else set()
    nuevas = puestas - dichas - PUESTAS - calculada
    de_verbos = _raices(dichas)
    inventadas = {p for p in nuevas if not _raices({p}) & de_verbos and p.rstrip("n") not in dichas}
    assert not inventadas, (original, propuesta)
    perdidas = dichas - puestas - PUESTAS - PROMESAS - set(_palabras(plazo))
    sin_verbo = {p for p in perdidas if not _raices({p}) & _raices(puestas)}
    olvidadas = {p for p in sin_verbo if f"{p}n" not in puestas and p.rstrip("n") not in puestas}
    assert not olvidadas, (original, propuesta)
    niega = re.compile(r"\b(?:no|sin|ni|nunca)\b")
    negaba, quitada, niega_aun = (
        len(niega.findall(plegar(t))) for t in (original, plazo, sin_huecos)
    )
    assert negaba - quitada <= niega_aun <= negaba, (original, propuesta)


def _reemplazado(plazo: PlazoJson | None) -> tuple[str, str]:
    if plazo is None:
        return "", ""
    return plazo["texto"] if _se_reemplaza(plazo) else "", plazo["fecha_limite"] or ""


def _se_reemplaza(plazo: PlazoJson) -> bool:
    return bool(plazo["fecha_limite"]) or plazo["metodo"] in {"vago", "por_definir"}


def comprobar_forma(propuesta: str) -> None:
    """Falla si está mal puntuada o sin la contracción «al», «del»."""
    assert not re.search(
        r"  |,,| ,|,\.|(?<![A-Z])\.\.|\b(?:a|de) el \[|\b(?:a|de) el [a-z]", propuesta
    )
    assert propuesta.endswith(".")
    assert propuesta[0] == "[" or propuesta[0].isupper() or propuesta[0].isdigit()


@pytest.mark.parametrize("caso", DEFECTUOSAS, ids=lambda c: c["id"])
def test_una_defectuosa_conserva_sus_hechos(en_vivo: EnVivo, caso: dict[str, str]) -> None:
    item = en_vivo.item(caso["texto"], "compromiso", CABECERA)
    propuesta = item["propuesta_de_redaccion"]
    assert propuesta
    partes = [en_vivo.item(caso["texto"], "compromiso", CABECERA)["campos"]["plazo"]]
    plazo, fecha = _reemplazado(partes[0])
    comprobar_hechos(caso["texto"], propuesta, plazo, fecha)
    comprobar_forma(propuesta)


@pytest.mark.parametrize("caso", DEFECTUOSAS, ids=lambda c: c["id"])
def test_proponer_sobre_lo_propuesto_no_cambia_nada(en_vivo: EnVivo, caso: dict[str, str]) -> None:
    propuesta = _proponer(en_vivo, caso["texto"])
    assert _proponer(en_vivo, propuesta) == propuesta


NO_SE_LLENAN = frozenset({
    *("d03", "d05", "d08", "d10", "d13", "d19", "d30", "d42", "d45", "d62", "d71", "d79")
})
"""Llenar estos permite calcular la fecha o echar en falta la fuente: la propuesta sí cambia."""


def test_solo_no_se_llenan_los_que_preguntan_los_dias_o_la_cantidad(en_vivo: EnVivo) -> None:
    propuestas = {c["id"]: _proponer(en_vivo, c["texto"]) for c in DEFECTUOSAS}
    preguntan = {i for i, p in propuestas.items() if "¿" in p or "[cantidad de]" in p}
    assert preguntan == NO_SE_LLENAN


@pytest.mark.parametrize(
    "caso", [c for c in DEFECTUOSAS if c["id"] not in NO_SE_LLENAN], ids=lambda c: c["id"]
)
def test_llenar_los_huecos_no_mueve_lo_demas(en_vivo: EnVivo, caso: dict[str, str]) -> None:
    lleno = _llenar(_proponer(en_vivo, caso["texto"]))
    assert _proponer(en_vivo, lleno) == lleno


def _llenar(propuesta: str) -> str:
    lleno = propuesta
    for hueco in HUECO.finditer(propuesta):
        valor = RELLENO[hueco[1]]
        valor = valor.upper() if propuesta[:12].isupper() else valor
        abre = hueco.start() == 0 or propuesta[: hueco.start()].endswith(". ")
        valor = valor[:1].upper() + valor[1:] if abre else valor
        lleno = lleno.replace(hueco[0], valor, 1)
    return lleno


@pytest.mark.parametrize("ejemplo", EJEMPLOS, ids=lambda e: e.texto[:30])
def test_un_ejemplo_de_regla_conserva_sus_hechos(ejemplo: Ejemplo, armar: Armar) -> None:
    caso = armar(ejemplo, tipo=ejemplo.tipo or Tipo.PIP)
    propuesta = (
        crear_revisor().revisar(caso.documento, caso.propuesta, caso.datos).propuesta_de_redaccion
    )
    assert propuesta
    plazo = caso.propuesta.campos.plazo
    dicho, fecha = "", ""
    if plazo:
        fecha = plazo.fecha_limite.isoformat() if plazo.fecha_limite else ""
        dicho = (
            caso.documento.fragmento(plazo.tramo)
            if fecha or plazo.metodo in {"vago", "por_definir"}
            else ""
        )
    celdas = " ".join(ejemplo.texto.split(" | ")[1:]) if ejemplo.columnas else ""
    comprobar_hechos(caso.documento.texto, propuesta, f"{dicho} {celdas}", fecha)
    comprobar_forma(propuesta)


@pytest.mark.parametrize(
    "inventada",
    [
        "La empresa entregará 50 kits a la escuela, hasta el [DD/MM/AAAA].",
        "La empresa entregará 40 kits, hasta el [DD/MM/AAAA].",
        "La empresa no entregará 40 kits a la escuela, hasta el [DD/MM/AAAA].",
        "La empresa entregará 40 kits a la escuela, hasta el 30/11/2026.",
    ],
)
def test_la_comprobacion_de_hechos_sabe_fallar(inventada: str) -> None:
    with pytest.raises(AssertionError):
        comprobar_hechos("La empresa entregará 40 kits a la escuela.", inventada)
