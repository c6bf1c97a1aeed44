"""Lo que se responde a un cliente de LanguageTool, campo por campo (`docs/languagetool.md`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import Any, Final

from api.etiquetas import CRITERIOS, GRAVEDADES
from api.languagetool.anotado import Anotado
from api.languagetool.pedido import IDIOMAS, MAYOR_TEXTO, Pedido
from api.vigentes import reglas_vigentes
from lineamientos.regla import AVISO_LEGAL

NUESTRAS: Final = "SMART_"
"""Con esto empieza el id de cada regla nuestra («SMART_T01»)."""

CATEGORIAS: Final[Mapping[str, tuple[str, str]]] = {
    "falta": ("SMART", "Lineamientos: faltas"),
    "aviso": ("STYLE", "Lineamientos: avisos"),
    "consejo": ("STYLE", "Lineamientos: consejos"),
}
"""Categoría por gravedad. LibreOffice pinta STYLE de azul y lo que no conoce de naranja."""

LETRAS_DE_CONTEXTO: Final = 40
REEMPLAZOS: Final = 10
"""LibreOffice no muestra más de diez."""

PROGRAMA: Final[Mapping[str, Any]] = {
    "name": "LanguageTool",
    "version": "6.5",
    "buildDate": "2026-01-01 00:00:00 +0000",
    "apiVersion": 1,
    "premium": False,
    "status": f"Actas {version('actas')}. {AVISO_LEGAL}",
}
"""El nombre y la versión son los del protocolo; `status` dice quién responde."""


def revision(
    pedido: Pedido, revisado: Mapping[str, Any], sitio: str, ajenas: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Arma la respuesta de `/v2/check`.

    `revisado` es lo que da `Redactor.texto`; `sitio`, la dirección de esta aplicación, con barra
    final; `ajenas`, los hallazgos de otro servidor, que ya vienen en la forma del protocolo.
    """
    anotado = pedido.anotado
    nuestras = [] if pedido.solo_del_texto else list(_coincidencias(pedido, revisado, sitio))
    todas = sorted([*nuestras, *ajenas], key=lambda m: (int(m["offset"]), -int(m["length"])))
    oraciones = [anotado.lugar(*o) for o in revisado["oraciones"]]
    codigo = "es" if pedido.idioma == "auto" else pedido.idioma
    nombre = IDIOMAS.get(codigo, "Spanish")
    return {
        "software": PROGRAMA,
        "warnings": {"incompleteResults": False},
        "language": {
            "name": nombre,
            "code": codigo,
            "detectedLanguage": {
                "name": nombre,
                "code": codigo,
                "confidence": 0.99,
                "source": "fixed",
            },
        },
        "matches": todas,
        "sentenceRanges": [[desde, desde + largo] for desde, largo in oraciones],
        "extendedSentenceRanges": [
            {
                "from": desde,
                "to": desde + largo,
                "detectedLanguages": [{"language": "es", "rate": 1.0}],
            }
            for desde, largo in oraciones
        ],
    }


def incompleta(respuesta: dict[str, Any], motivo: str) -> dict[str, Any]:
    """Marca que faltan los hallazgos del servidor de ortografía."""
    avisos = {"incompleteResults": True, "incompleteResultsReason": motivo}
    return {**respuesta, "warnings": avisos}


def idiomas() -> list[dict[str, str]]:
    """Arma la respuesta de `/v2/languages`."""
    return [
        {"name": nombre, "code": "es", "longCode": codigo} for codigo, nombre in IDIOMAS.items()
    ]


def informacion() -> dict[str, Any]:
    """Arma la respuesta de `/v2/info`."""
    return {"software": {**PROGRAMA, "commit": None}}


def configuracion() -> dict[str, Any]:
    """Arma la respuesta de `/v2/configinfo`: el tope del texto y las reglas."""
    return {
        "software": PROGRAMA,
        "parameter": {"maxTextLength": MAYOR_TEXTO},
        "rules": [
            {
                "ruleId": f"{NUESTRAS}{regla.codigo}",
                "description": regla.titulo,
                "categoryId": CATEGORIAS[regla.gravedad][0],
                "categoryName": CATEGORIAS[regla.gravedad][1],
                "locQualityIssueType": _tipo(regla.gravedad),
                **({"isDefaultOff": "yes"} if regla.gravedad == "consejo" else {}),
            }
            for regla in reglas_vigentes()
        ],
    }


def _coincidencias(
    pedido: Pedido, revisado: Mapping[str, Any], sitio: str
) -> Iterator[dict[str, Any]]:
    titulos = {regla.codigo: regla.titulo for regla in reglas_vigentes()}
    for item in revisado["items"]:
        for marca in item["marcas"]:
            id_ = f"{NUESTRAS}{marca['regla']}"
            categoria, nombre = CATEGORIAS[marca["gravedad"]]
            if not pedido.filtro.admite(id_, categoria, marca["gravedad"] == "consejo"):
                continue
            desde, largo = pedido.anotado.lugar(marca["inicio"], marca["fin"])
            yield {
                "message": f"{marca['mensaje']} {marca['explicacion']}",
                "shortMessage": marca["mensaje"],
                "replacements": [{"value": r} for r in marca["reemplazos"][:REEMPLAZOS]],
                "offset": desde,
                "length": largo,
                "context": _contexto(pedido.anotado, marca["inicio"], marca["fin"]),
                "sentence": _oracion(pedido.anotado, revisado["oraciones"], marca["inicio"]),
                "type": {"typeName": "Hint" if marca["gravedad"] == "consejo" else "Other"},
                "rule": {
                    "id": id_,
                    "subId": "1",
                    "sourceFile": f"{marca['regla']}.toml",
                    "description": titulos.get(marca["regla"], marca["mensaje"]),
                    "issueType": _tipo(marca["gravedad"]),
                    "urls": [{"value": f"{sitio}reglas/{marca['regla']}"}],
                    "category": {"id": categoria, "name": nombre},
                    "isPremium": False,
                    "tags": [GRAVEDADES[marca["gravedad"]], CRITERIOS[marca["criterio"]]],
                },
                "ignoreForIncompleteSentence": True,
                "contextForSureMatch": -1,
            }


def _tipo(gravedad: str) -> str:
    """Devuelve el tipo ITS 2.0: los navegadores eligen el color por él."""
    return "grammar" if gravedad == "falta" else "style"


def _contexto(anotado: Anotado, inicio: int, fin: int) -> dict[str, Any]:
    """Da el trozo con cuarenta letras a cada lado, en una línea, y dónde está en él."""
    leido = anotado.leido
    desde, hasta = max(0, inicio - LETRAS_DE_CONTEXTO), min(len(leido), fin + LETRAS_DE_CONTEXTO)
    previo, puntos = leido[desde:inicio], "..." if desde else ""
    texto = f"{puntos}{leido[desde:hasta]}{'...' if hasta < len(leido) else ''}"
    return {
        "text": texto.replace("\n", " "),
        "offset": _utf16(puntos + previo),
        "length": _utf16(leido[inicio:fin]),
    }


def _oracion(anotado: Anotado, oraciones: Sequence[Sequence[int]], inicio: int) -> str:
    for desde, hasta in oraciones:
        if desde <= inicio < hasta:
            return anotado.leido[desde:hasta]
    return anotado.leido


def _utf16(texto: str) -> int:
    return len(texto.encode("utf-16-le")) // 2
