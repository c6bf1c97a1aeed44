"""Lee lo que manda un cliente de LanguageTool, tal como lo manda.

Los clientes no se ponen de acuerdo (`docs/languagetool.md`): hay quien rotula un formulario como
JSON y quien no codifica el cuerpo. Por eso se leen los bytes y no se mira el `Content-Type`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote_plus

from api.languagetool.anotado import Anotado
from api.languagetool.errores import ErrorDeProtocolo

MAYOR_TEXTO: Final = 50_000
"""Caracteres por pedido; se publica en `/v2/maxtextlength`."""

IDIOMAS: Final[Mapping[str, str]] = {
    "es": "Spanish",
    "es-PE": "Spanish (Peru)",
    "es-ES": "Spanish (Spain)",
    "es-AR": "Spanish (Argentina)",
    "es-BO": "Spanish (Bolivia)",
    "es-CL": "Spanish (Chile)",
    "es-CO": "Spanish (Colombia)",
    "es-EC": "Spanish (Ecuador)",
    "es-MX": "Spanish (Mexico)",
    "es-US": "Spanish (USA)",
    "es-VE": "Spanish (Venezuela)",
}
"""Código largo → nombre. LibreOffice 7.4 exige el código exacto de su documento."""

_SEPARADOR_SIN_CODIFICAR: Final = re.compile(
    rb"&(?=(?:text|data|language|username|apiKey|enabledRules|disabledRules|level|mode)=)"
)
"""En un cuerpo sin codificar solo parte un «&» que va antes de uno de estos nombres."""

_SIN_CODIFICAR: Final = re.compile(rb"[^!-~]")
_NIVELES: Final = frozenset({"default", "picky"})
_MODOS: Final = frozenset({
    "all",
    "textLevelOnly",
    "allButTextLevelOnly",
    "ALL",
    "TEXTLEVEL_ONLY",
    "ALL_BUT_TEXTLEVEL_ONLY",
})


@dataclass(frozen=True, slots=True)
class Filtro:
    """Qué reglas quiere el cliente, por su id y por su categoría."""

    apagadas: frozenset[str] = frozenset()
    encendidas: frozenset[str] = frozenset()
    categorias_apagadas: frozenset[str] = frozenset()
    categorias_encendidas: frozenset[str] = frozenset()
    solo_encendidas: bool = False
    con_consejos: bool = False

    def admite(self, regla: str, categoria: str, es_consejo: bool) -> bool:
        """Dice si se muestra un hallazgo de esa regla, esa categoría y esa gravedad."""
        pedida = regla in self.encendidas or categoria in self.categorias_encendidas
        if self.solo_encendidas:
            return pedida
        if regla in self.apagadas:
            return False
        if categoria in self.categorias_apagadas and not pedida:
            return False
        return pedida or self.con_consejos or not es_consejo


@dataclass(frozen=True, slots=True)
class Pedido:
    """Un pedido de revisión ya comprobado; `crudos` son sus parámetros como llegaron."""

    anotado: Anotado
    idioma: str
    filtro: Filtro
    solo_del_texto: bool
    crudos: Mapping[str, str]

    @property
    def es_espanol(self) -> bool:
        """Dice si el texto es español; `auto` lo es: aquí solo se revisan actas."""
        return self.idioma == "auto" or self.idioma.split("-")[0] == "es"


def leer_parametros(cuerpo: bytes, consulta: bytes = b"") -> dict[str, str]:
    """Junta los parámetros del cuerpo y de la dirección; gana la dirección."""
    return {**_leer(cuerpo), **_leer(consulta)}


def leer_pedido(crudos: Mapping[str, str]) -> Pedido:
    """Comprueba los parámetros como lo hace LanguageTool.

    Raises:
        ErrorDeProtocolo: 400 si falta o sobra algo; 413 si el texto es muy largo.
    """
    idioma = crudos.get("language", "").strip()
    if not idioma:
        raise ErrorDeProtocolo(
            "Missing 'language' parameter, e.g. 'language=es' or 'language=auto'"
        )
    if crudos.get("preferredVariants") and idioma != "auto":
        raise ErrorDeProtocolo(
            "You specified 'preferredVariants' but you didn't specify 'language=auto'"
        )
    if "text" in crudos and "data" in crudos:
        raise ErrorDeProtocolo("Set only 'text' or 'data' parameter, not both")
    if "text" in crudos:
        anotado = Anotado.de_texto(crudos["text"])
    elif "data" in crudos:
        anotado = Anotado.de_json(crudos["data"])
    else:
        raise ErrorDeProtocolo("Missing 'text' or 'data' parameter")
    if len(anotado.original) > MAYOR_TEXTO:
        raise ErrorDeProtocolo(
            f"Your text exceeds the limit of {MAYOR_TEXTO} characters "
            f"(it's {len(anotado.original)} characters). Please submit a shorter text.",
            413,
        )
    nivel, modo = crudos.get("level", "default"), crudos.get("mode", "all")
    if nivel.lower() not in _NIVELES:
        raise ErrorDeProtocolo("If 'level' is set, it must be set to 'default' or 'picky'")
    if modo not in _MODOS:
        raise ErrorDeProtocolo(
            "Mode must be one of 'textLevelOnly', 'allButTextLevelOnly', or 'all'"
        )
    es_solo_texto = modo in {"textLevelOnly", "TEXTLEVEL_ONLY"}
    return Pedido(anotado, idioma, _filtro(crudos, nivel), es_solo_texto, crudos)


def _filtro(crudos: Mapping[str, str], nivel: str) -> Filtro:
    def lista(nombre: str) -> frozenset[str]:
        return frozenset(p.strip() for p in crudos.get(nombre, "").split(",") if p.strip())

    filtro = Filtro(
        apagadas=lista("disabledRules"),
        encendidas=lista("enabledRules"),
        categorias_apagadas=lista("disabledCategories"),
        categorias_encendidas=lista("enabledCategories"),
        solo_encendidas=crudos.get("enabledOnly", "").lower() in {"true", "yes", "1"},
        con_consejos=nivel.lower() == "picky",
    )
    if filtro.solo_encendidas and (filtro.apagadas or filtro.categorias_apagadas):
        raise ErrorDeProtocolo(
            "You cannot specify disabled rules or categories using enabledOnly=true"
        )
    if filtro.solo_encendidas and not (filtro.encendidas or filtro.categorias_encendidas):
        raise ErrorDeProtocolo(
            "You must specify enabled rules or categories when using enabledOnly=true"
        )
    return filtro


def _leer(crudo: bytes) -> dict[str, str]:
    parametros: dict[str, str] = {}
    es_crudo = _SIN_CODIFICAR.search(crudo)
    trozos = _SEPARADOR_SIN_CODIFICAR.split(crudo) if es_crudo else crudo.split(b"&")
    for trozo in trozos:
        nombre, igual, valor = trozo.partition(b"=")
        if igual:
            parametros.setdefault(nombre.decode("ascii", "replace").strip(), _decodificar(valor))
    return parametros


def _decodificar(valor: bytes) -> str:
    """Un valor con espacios, saltos o letras fuera de ASCII llegó sin codificar y se deja igual.

    LibreOffice 7.4 los manda así; en un valor codificado esos bytes no pueden estar.
    """
    if _SIN_CODIFICAR.search(valor):
        return valor.decode("utf-8", "replace")
    return unquote_plus(valor.decode("ascii"), errors="replace")
