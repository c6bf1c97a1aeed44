"""Recoge el texto de un párrafo de Word, en orden, con sus notas y sus cuadros de texto."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from ingesta.lectores.docx_estilos import Estilos, Rasgos, aplasta, leer_rasgos, tiene_relleno
from ingesta.lectores.docx_texto import Marca, Trozo
from ingesta.lectores.docx_xml import (
    atributo,
    descendientes,
    encendido,
    entero,
    hijo,
    hijos,
    nombre,
)

QUITAN = {"w:del", "w:moveFrom"}
AGREGAN = {"w:ins", "w:moveTo"}
NOTAS = {"w:footnoteReference", "w:endnoteReference"}
DIBUJOS = {"w:drawing", "w:pict", "w:object"}
IMAGENES = {"a:blip", "v:imagedata"}
INCRUSTADAS = {"dgm:relIds", "c:chart", "o:OLEObject", "w:contentPart"}
TEXTOS = {"w:t", "m:t"}
IGNORADOS = {"w:pPr", "w:rPr", "w:sdtPr", "w:sdtEndPr", "w:instrText", "w:rt", "w:ffData"}

FIJOS = {
    "w:tab": " ",
    "w:ptab": " ",
    "w:cr": "\n",
    "w:noBreakHyphen": "-",
}
"""Elementos que equivalen siempre al mismo carácter."""

SIMBOLOS = {
    0xA7: "•", 0xA8: "☐", 0xB7: "•", 0xD8: "•", 0x6E: "■", 0x6F: "☐", 0x76: "•",
    0xE0: "→", 0xF0: "→", 0xFB: "☒", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0x52: "☑", 0x54: "☒",
}  # fmt: skip
"""Caracteres de Wingdings y Symbol que se usan en actas (viñetas, flechas y casillas)."""

USO_PRIVADO = range(0xE000, 0xF900)


@dataclass(slots=True)
class Hallados:
    """Lo que no es texto y va apareciendo en el documento.

    `ajenos` dice qué documentos puestos enteros en este se leyeron y `sin_leer`, por qué no los
    demás. `laminas` da el número de las imágenes que se leen, por su vínculo; `puestas`, las que ya
    tienen su lugar.
    """

    imagenes: int = 0
    incrustadas: int = 0
    externas: int = 0
    eliminados: list[str] = field(default_factory=list)
    comentarios: list[str] = field(default_factory=list)
    ajenos: list[str] = field(default_factory=list)
    sin_leer: list[str] = field(default_factory=list)
    laminas: Mapping[str, int] = field(default_factory=dict)
    puestas: set[int] = field(default_factory=set)

    def mirar_imagen(self, vinculo: str | None) -> int | None:
        """Cuenta la imagen; si es una lámina que no tiene lugar, se lo da y devuelve su número."""
        numero = self.laminas.get(vinculo or "")
        if numero is None:
            self.imagenes += 1
        elif numero not in self.puestas:
            self.puestas.add(numero)
            return numero
        return None

    def quitar(self, elemento: etree._Element) -> None:
        """Anota el texto de algo que se eliminó entero y no se lee."""
        textos = (e.text or "" for e in descendientes(elemento, "w:t", "w:delText"))
        if texto := " ".join(textos).strip():
            self.eliminados.append(texto)

    def sumar(self, otros: Hallados) -> None:
        """Agrega lo hallado en un documento puesto dentro de este."""
        self.imagenes += otros.imagenes
        self.incrustadas += otros.incrustadas
        self.externas += otros.externas
        self.eliminados += otros.eliminados
        self.comentarios += otros.comentarios
        self.ajenos += otros.ajenos
        self.sin_leer += otros.sin_leer

    def por_poner(self) -> list[int]:
        """Devuelve las láminas que no aparecieron al recorrer el cuerpo."""
        return sorted(set(self.laminas.values()) - self.puestas)


class ReferenciaDeNota(NamedTuple):
    """Llamada a una nota al pie («w:footnoteReference») o al final («w:endnoteReference»)."""

    clase: str
    id: str


class Recolector:
    """Recorre un párrafo y deja en `trozos` su texto; lo que cuelga de él va aparte.

    Lo aparte son `notas`, `cuadros` de texto y `laminas` (sus números). `con_fondo` dice que el
    párrafo está sobre un color, donde el texto blanco sí se ve.
    """

    def __init__(
        self, parrafo: etree._Element, estilos: Estilos, hallados: Hallados, con_fondo: bool
    ) -> None:
        propiedades = hijo(parrafo, "w:pPr")
        self.trozos: list[Trozo] = []
        self.notas: list[ReferenciaDeNota] = []
        self.cuadros: list[etree._Element] = []
        self.laminas: list[int] = []
        self.negrita: bool | None = None
        self._estilos = estilos
        self._hallados = hallados
        base = estilos.rasgos(estilos.estilo_de(propiedades))
        self._base = Rasgos(invisible=True).sobre(base) if aplasta(propiedades) else base
        self._con_fondo = con_fondo or tiene_relleno(propiedades)
        self._en_codigo: list[bool] = []
        self._recorrer(parrafo, frozenset(), False)

    def _recorrer(self, elemento: etree._Element, marcas: frozenset[Marca], quitado: bool) -> None:
        for h in hijos(elemento):
            clase = nombre(h)
            if clase in QUITAN:
                self._recorrer(h, marcas, True)
            elif clase in AGREGAN:
                self._recorrer(h, marcas | {Marca.INSERTADO}, quitado)
            elif clase == "w:r":
                self._leer_trozo(h, marcas, quitado)
            elif clase in TEXTOS:
                self._escribir(h.text or "", Rasgos(), marcas, quitado)
            elif clase not in IGNORADOS:
                self._recorrer(h, marcas, quitado)

    def _leer_trozo(self, trozo: etree._Element, marcas: frozenset[Marca], quitado: bool) -> None:
        propiedades = hijo(trozo, "w:rPr")
        rasgos = leer_rasgos(propiedades)
        if estilo := atributo(hijo(propiedades, "w:rStyle")):
            rasgos = rasgos.sobre(self._estilos.rasgos(estilo))
        rasgos = rasgos.sobre(self._base)
        if rasgos.oculta(self._con_fondo):
            marcas |= {Marca.OCULTO}
        if rasgos.tachado:
            marcas |= {Marca.TACHADO}
        for h in hijos(trozo):
            clase = nombre(h)
            if clase in TEXTOS:
                self._escribir(h.text or "", rasgos, marcas, quitado)
            elif clase == "w:delText":
                self._escribir(h.text or "", rasgos, marcas, True)
            elif clase in FIJOS:
                self._escribir(FIJOS[clase], rasgos, marcas, quitado)
            elif clase == "w:br":
                salta = (atributo(h, "w:type") or "textWrapping") == "textWrapping"
                self._escribir("\n" if salta else " ", rasgos, marcas, quitado)
            elif clase == "w:sym":
                self._escribir(_simbolo(h), rasgos, marcas, quitado)
            elif clase == "w:fldChar":
                self._seguir_campo(h, rasgos, marcas, quitado)
            elif not quitado and clase in NOTAS:
                self.notas.append(ReferenciaDeNota(clase, atributo(h, "w:id") or ""))
            elif not quitado and clase in DIBUJOS:
                self._mirar_dibujo(h)
            elif not quitado and clase == "w:txbxContent":
                self.cuadros.append(h)
            elif clase not in IGNORADOS:
                self._recorrer(h, marcas, quitado)

    def _escribir(
        self, texto: str, rasgos: Rasgos, marcas: frozenset[Marca], quitado: bool
    ) -> None:
        if not texto or any(self._en_codigo):
            return
        if quitado:
            self.trozos.append(Trozo("", cita=texto))
            return
        if texto.strip():
            self.negrita = bool(rasgos.negrita) and self.negrita is not False
        self.trozos.append(Trozo(texto, marcas))

    def _seguir_campo(
        self, marca: etree._Element, rasgos: Rasgos, marcas: frozenset[Marca], quitado: bool
    ) -> None:
        """Sigue el inicio y el fin de un campo: su código no se ve, su resultado sí."""
        paso = atributo(marca, "w:fldCharType")
        if paso == "begin":
            self._escribir(_control(hijo(marca, "w:ffData")), rasgos, marcas, quitado)
            self._en_codigo.append(True)
        elif self._en_codigo and paso == "separate":
            self._en_codigo[-1] = False
        elif self._en_codigo and paso == "end":
            self._en_codigo.pop()

    def _mirar_dibujo(self, elemento: etree._Element) -> None:
        for h in hijos(elemento):
            clase = nombre(h)
            if clase == "w:txbxContent":
                self.cuadros.append(h)
                continue
            if clase in IMAGENES:
                vinculo = atributo(h, "r:embed") or atributo(h, "r:id")
                lamina = self._hallados.mirar_imagen(vinculo)
                self.laminas += [] if lamina is None else [lamina]
            self._hallados.incrustadas += clase in INCRUSTADAS
            self._mirar_dibujo(h)


def _control(datos: etree._Element | None) -> str:
    """Devuelve lo que muestra una casilla o lista de formulario, que no llevan resultado."""
    casilla, opciones = hijo(datos, "w:checkBox"), hijo(datos, "w:ddList")
    if casilla is not None:
        marcada = encendido(hijo(casilla, "w:checked"))
        if marcada is None:
            marcada = encendido(hijo(casilla, "w:default"))
        return "☒" if marcada else "☐"
    if opciones is not None:
        textos = [atributo(o) or "" for o in opciones if nombre(o) == "w:listEntry"]
        elegida = entero(hijo(opciones, "w:result"), 0)
        return textos[elegida] if 0 <= elegida < len(textos) else ""
    return ""


def _simbolo(simbolo: etree._Element) -> str:
    """Devuelve el carácter de un `w:sym`; «\ufffd» si es de una fuente de dibujos desconocida."""
    try:
        codigo = int(atributo(simbolo, "w:char") or "", 16)
    except ValueError:
        return "\ufffd"
    if codigo in USO_PRIVADO:
        return SIMBOLOS.get(codigo & 0xFF, "\ufffd")
    return chr(codigo) if codigo < 0x110000 else "\ufffd"
