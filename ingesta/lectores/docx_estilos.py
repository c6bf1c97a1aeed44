"""Estilos de Word: qué hereda un párrafo o un trozo de texto de los estilos que usa."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

from lxml import etree

from ingesta.lectores.docx_xml import atributo, encendido, entero, hijo, nombre

TITULO_SIN_NIVEL = {"title": 0, "subtitle": 1}
"""Estilos de título que no tienen nivel de esquema; en styles.xml su nombre va en inglés."""

HEADING = re.compile(r"heading ([1-9])")
CUERPO = 9
"""Nivel de esquema que Word usa para el texto que no es título."""

CLARO = re.compile(r"(F[5-9A-F]){3}", re.IGNORECASE)
SIN_RELLENO = {None, "auto", "FFFFFF", "ffffff"}
MENOR_TAMANO = 3.0
"""Por debajo de 3 puntos el texto no se lee a simple vista."""

MENOR_ESCALA = 10
"""Por ciento del ancho de la letra (`w:w`) con que tampoco se lee."""

VEINTEAVOS = 20
"""Word mide los renglones y las hojas en veinteavos de punto."""

BLANCOS_DEL_TEMA = {"background1", "light1"}


@dataclass(frozen=True, slots=True)
class Rasgos:
    """Formato de un trozo de texto; None quiere decir «lo que diga el estilo»."""

    negrita: bool | None = None
    invisible: bool | None = None
    tachado: bool | None = None
    color: str | None = None
    puntos: float | None = None
    relleno: bool | None = None

    def sobre(self, base: Rasgos) -> Rasgos:
        """Devuelve estos rasgos completados con los de `base`."""
        propios = ((getattr(self, c.name), getattr(base, c.name)) for c in fields(self))
        return Rasgos(*(suyo if propio is None else propio for propio, suyo in propios))

    def oculta(self, con_fondo: bool) -> bool:
        """Dice si quien mira la hoja no ve el texto; el blanco sobre un fondo sí se ve."""
        blanco = bool(CLARO.fullmatch(self.color or "")) and not (con_fondo or self.relleno)
        diminuto = self.puntos is not None and self.puntos < MENOR_TAMANO
        return bool(self.invisible) or blanco or diminuto


def leer_rasgos(propiedades: etree._Element | None) -> Rasgos:
    """Lee los rasgos escritos en un `w:rPr`."""
    if propiedades is None or not len(propiedades):
        return Rasgos()
    por_nombre = {nombre(p): p for p in propiedades}
    tachados = [encendido(por_nombre.get(n)) for n in ("w:strike", "w:dstrike")]
    medios_puntos = entero(por_nombre.get("w:sz"), 0)
    angosto = entero(por_nombre.get("w:w"), 100) <= MENOR_ESCALA
    return Rasgos(
        negrita=encendido(por_nombre.get("w:b")),
        invisible=True if angosto else encendido(por_nombre.get("w:vanish")),
        tachado=None if tachados == [None, None] else any(tachados),
        color=_color(por_nombre.get("w:color")),
        puntos=medios_puntos / 2 if medios_puntos else None,
        relleno=tiene_relleno(propiedades) or None,
    )


def aplasta(propiedades: etree._Element | None) -> bool:
    """Dice si el párrafo pone un alto de renglón en el que su texto no se ve."""
    separacion = hijo(propiedades, "w:spacing")
    exacta = atributo(separacion, "w:lineRule") == "exact"
    return exacta and entero(separacion, 240, "w:line") < VEINTEAVOS * MENOR_TAMANO


def _color(color: etree._Element | None) -> str | None:
    """Devuelve el color; el del tema manda sobre el escrito, y oscurecido ya no es blanco."""
    blanco = atributo(color, "w:themeColor") in BLANCOS_DEL_TEMA
    return "FFFFFF" if blanco and not atributo(color, "w:themeShade") else atributo(color)


def tiene_relleno(propiedades: etree._Element | None) -> bool:
    """Dice si un `w:rPr`, `w:pPr` o `w:tcPr` pinta el fondo con un color."""
    resaltado = atributo(hijo(propiedades, "w:highlight")) or "none"
    sombra = hijo(propiedades, "w:shd")
    return resaltado not in {"none", "white"} or (
        atributo(sombra, "w:fill") not in SIN_RELLENO or atributo(sombra) == "solid"
    )


class Estilos:
    """Consulta de `styles.xml`; sin esa parte, todo estilo está vacío."""

    def __init__(self, raiz: etree._Element | None) -> None:
        declarados = [e for e in raiz if nombre(e) == "w:style"] if raiz is not None else []
        self._por_id = {atributo(e, "w:styleId") or "": e for e in declarados}
        self._cadenas: dict[str, tuple[etree._Element, ...]] = {}
        self._rasgos: dict[str, Rasgos] = {}
        self._del_parrafo = next(
            (
                atributo(e, "w:styleId")
                for e in declarados
                if atributo(e, "w:type") == "paragraph"
                and atributo(e, "w:default") in {"1", "true"}
            ),
            None,
        )

    def estilo_de(self, propiedades: etree._Element | None) -> str:
        """Devuelve el identificador del estilo de un `w:pPr`, o el que usa Word si no lo dice."""
        return atributo(hijo(propiedades, "w:pStyle")) or self._del_parrafo or ""

    def cadena(self, estilo: str) -> tuple[etree._Element, ...]:
        """Devuelve el estilo y aquellos en que se basa, del más propio al más general."""
        if estilo not in self._cadenas:
            cadena: dict[str, etree._Element] = {}
            actual: str | None = estilo
            while actual in self._por_id and actual not in cadena:
                cadena[actual] = self._por_id[actual]
                actual = atributo(hijo(cadena[actual], "w:basedOn"))
            self._cadenas[estilo] = tuple(cadena.values())
        return self._cadenas[estilo]

    def rasgos(self, estilo: str) -> Rasgos:
        """Devuelve los rasgos del texto que trae el estilo, con lo heredado."""
        if estilo not in self._rasgos:
            total = Rasgos()
            for e in self.cadena(estilo):
                total = total.sobre(leer_rasgos(hijo(e, "w:rPr")))
            self._rasgos[estilo] = total
        return self._rasgos[estilo]

    def nivel_de_titulo(self, propiedades: etree._Element | None) -> int | None:
        """Devuelve el nivel (desde 0) si el párrafo es un título; None si no lo es."""
        directo = hijo(propiedades, "w:outlineLvl")
        if directo is not None:
            return _nivel(directo)
        for e in self.cadena(self.estilo_de(propiedades)):
            esquema = hijo(e, "w:pPr", "w:outlineLvl")
            if esquema is not None:
                return _nivel(esquema)
            propio = (atributo(hijo(e, "w:name")) or "").lower()
            if numerado := HEADING.fullmatch(propio):
                return int(numerado[1]) - 1
            if propio in TITULO_SIN_NIVEL:
                return TITULO_SIN_NIVEL[propio]
        return None

    def destaca_primera_fila(self, estilo: str) -> bool:
        """Dice si el estilo de tabla pone en negrita la primera fila."""
        return any(
            encendido(hijo(parte, "w:rPr", "w:b"))
            for e in self.cadena(estilo)
            for parte in e
            if nombre(parte) == "w:tblStylePr" and atributo(parte, "w:type") == "firstRow"
        )

    def pinta_tabla(self, estilo: str) -> bool:
        """Dice si el estilo de tabla pinta el fondo de alguna celda."""
        return any(
            tiene_relleno(hijo(parte, "w:tcPr")) for e in self.cadena(estilo) for parte in (e, *e)
        )


def _nivel(esquema: etree._Element) -> int | None:
    nivel = entero(esquema, CUERPO)
    return nivel if 0 <= nivel < CUERPO else None
