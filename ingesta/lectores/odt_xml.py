"""Nombres del XML de OpenDocument (ISO/IEC 26300): un elemento se llama «text:p», «draw:frame»…"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ingesta.lectores.docx_estilos import Rasgos
from ingesta.lectores.xml_nombres import nombrador

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"

PREFIJOS = {
    **{f"{_ODF}{largo}:1.0": prefijo for largo, prefijo in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"),
        ("drawing", "draw"), ("manifest", "manifest"), ("xsl-fo-compatible", "fo"),
        ("svg-compatible", "svg"),
    )},
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/XML/1998/namespace": "xml",
    "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0": "loext",
}  # fmt: skip
"""Espacio de nombres y el prefijo con que se le llama aquí."""

_ESPACIOS = {prefijo: espacio for espacio, prefijo in PREFIJOS.items()}

nombre = nombrador(PREFIJOS)
"""Da el nombre con prefijo («text:p»); los de un vocabulario ajeno empiezan con «?:»."""


def completo(clave: str) -> str:
    """Devuelve el nombre con su espacio («{urn:…}p») de un nombre con prefijo («text:p»)."""
    prefijo, local = clave.split(":")
    return f"{{{_ESPACIOS[prefijo]}}}{local}"


def atributo(elemento: etree._Element | None, clave: str) -> str | None:
    """Devuelve el valor del atributo, o None si falta (o falta el elemento)."""
    return None if elemento is None else elemento.get(completo(clave))


def entero(elemento: etree._Element, clave: str, falta: int, tope: int) -> int:
    """Devuelve el atributo como entero entre 0 y `tope`; `falta` si no está o no es un número."""
    try:
        return min(max(int(atributo(elemento, clave) or falta), 0), tope)
    except ValueError:
        return falta


def hijo(elemento: etree._Element | None, *camino: str) -> etree._Element | None:
    """Devuelve el primer hijo con ese nombre; con varios nombres, baja de uno en otro."""
    for paso in camino:
        if elemento is None:
            return None
        elemento = elemento.find(completo(paso))
    return elemento


def descendientes(elemento: etree._Element | None, *buscados: str) -> Iterator[etree._Element]:
    """Recorre en orden los descendientes con alguno de esos nombres."""
    if elemento is not None:
        yield from elemento.iter(*map(completo, buscados))


def elementos(elemento: etree._Element) -> Iterator[etree._Element]:
    """Recorre los hijos que son elementos; salta comentarios e instrucciones de proceso."""
    return (h for h in elemento if isinstance(h.tag, str))


class Estilos:
    """Los estilos de `content.xml` y `styles.xml`, con lo que cada uno hereda."""

    def __init__(self, *raices: etree._Element | None) -> None:
        self._por_nombre: dict[tuple[str, str], etree._Element] = {}
        for raiz in raices:
            for e in descendientes(raiz, "style:style"):
                clave = (atributo(e, "style:family") or "", atributo(e, "style:name") or "")
                self._por_nombre.setdefault(clave, e)
        self._rasgos: dict[tuple[str, str], Rasgos] = {}

    def cadena(self, familia: str, estilo: str | None) -> list[etree._Element]:
        """Devuelve el estilo y aquellos en que se basa, del más propio al más general."""
        vistos: dict[str, etree._Element] = {}
        while estilo and estilo not in vistos and (familia, estilo) in self._por_nombre:
            vistos[estilo] = self._por_nombre[familia, estilo]
            estilo = atributo(vistos[estilo], "style:parent-style-name")
        return list(vistos.values())

    def rasgos(self, familia: str, estilo: str | None) -> Rasgos:
        """Devuelve los rasgos del texto que trae el estilo («paragraph» o «text»)."""
        clave = (familia, estilo or "")
        if clave not in self._rasgos:
            total = Rasgos()
            for e in self.cadena(familia, estilo):
                total = total.sobre(_leer_rasgos(hijo(e, "style:text-properties")))
            self._rasgos[clave] = total
        return self._rasgos[clave]

    def pinta(self, familia: str, estilo: str | None) -> bool:
        """Dice si el estilo de párrafo, celda o dibujo pone un color de fondo."""
        return any(
            (atributo(p, "fo:background-color") or "transparent") not in SIN_RELLENO
            or atributo(p, "draw:fill") in RELLENOS
            for e in self.cadena(familia, estilo)
            for p in elementos(e)
            if nombre(p) != "style:text-properties"
        )

    def lista(self, estilo: str | None) -> str | None:
        """Devuelve el estilo de lista que pide el estilo de párrafo."""
        pedidas = (atributo(e, "style:list-style-name") for e in self.cadena("paragraph", estilo))
        return next(filter(None, pedidas), None)

    def titulo(self, estilo: str | None) -> int | None:
        """Devuelve 0 si el párrafo usa el estilo «Title», 1 si «Subtitle» y None si ninguno."""
        nombres = {atributo(e, "style:name") for e in self.cadena("paragraph", estilo)}
        return next((nivel for n, nivel in (("Title", 0), ("Subtitle", 1)) if n in nombres), None)


SIN_RELLENO = {"transparent", "#ffffff", "#FFFFFF"}
RELLENOS = {"solid", "gradient", "hatch", "bitmap"}


def _leer_rasgos(propiedades: etree._Element | None) -> Rasgos:
    if propiedades is None:
        return Rasgos()

    def leer(clave: str) -> str | None:
        return atributo(propiedades, clave)

    peso, muestra, tachado = (
        leer("fo:font-weight"),
        leer("text:display"),
        leer("style:text-line-through-style"),
    )
    fondo = leer("fo:background-color")
    return Rasgos(
        negrita=None if peso is None else peso in {"bold", "600", "700", "800", "900"},
        invisible=None if muestra is None else muestra == "none",
        tachado=None if tachado is None else tachado != "none",
        color=(leer("fo:color") or "").removeprefix("#") or None,
        puntos=_puntos(leer("fo:font-size")),
        relleno=None if fondo is None else fondo not in SIN_RELLENO,
    )


def _puntos(medida: str | None) -> float | None:
    try:
        return float(medida[:-2]) if medida and medida.endswith("pt") else None
    except ValueError:
        return None
