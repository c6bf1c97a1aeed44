"""Recoge el texto de un párrafo de OpenDocument, con sus notas y sus cuadros de texto."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from ingesta.lectores.docx_estilos import Rasgos
from ingesta.lectores.docx_parrafo import Hallados
from ingesta.lectores.docx_texto import Marca, Trozo
from ingesta.lectores.odt_laminas import EN_RED
from ingesta.lectores.odt_xml import Estilos, atributo, descendientes, elementos, nombre

FIJOS = {"text:s": " ", "text:tab": " ", "text:line-break": "\n"}
IGNORADOS = {
    *("office:annotation-end", "text:note-citation", "text:tracked-changes", "text:script"),
    *("svg:title", "svg:desc", "office:event-listeners", "office:binary-data", "text:ruby-text"),
}
OBJETOS = {"draw:object", "draw:object-ole", "draw:plugin", "draw:applet", "draw:floating-frame"}


@dataclass(slots=True)
class Seguido:
    """Lo que va apareciendo en todo el documento: cambios abiertos, imágenes, comentarios.

    `eliminados` da, por su identificador, el texto que quitó cada eliminación; `agregan`, los
    identificadores de las inserciones.
    """

    eliminados: dict[str, str] = field(default_factory=dict)
    agregan: set[str] = field(default_factory=set)
    abiertos: set[str] = field(default_factory=set)
    hallados: Hallados = field(default_factory=Hallados)
    comentarios: list[str] = field(default_factory=list)
    externas: int = 0

    def leer_cambios(self, raiz: etree._Element) -> None:
        """Lee la lista de cambios controlados (`text:tracked-changes`)."""
        for region in descendientes(raiz, "text:changed-region"):
            propio = atributo(region, "text:id") or atributo(region, "xml:id") or ""
            for cambio in elementos(region):
                if nombre(cambio) == "text:insertion":
                    self.agregan.add(propio)
                elif nombre(cambio) == "text:deletion":
                    parrafos = descendientes(cambio, "text:p", "text:h")
                    textos = ("".join(map(str, p.itertext())) for p in parrafos)
                    self.eliminados[propio] = " ".join(textos)

    def marca_de_cambio(self, elemento: etree._Element) -> str:
        """Sigue el comienzo o fin de una inserción; devuelve lo que se eliminó en ese punto."""
        propio = atributo(elemento, "text:change-id") or ""
        if nombre(elemento) == "text:change-start" and propio in self.agregan:
            self.abiertos.add(propio)
        elif nombre(elemento) == "text:change-end":
            self.abiertos.discard(propio)
        elif nombre(elemento) == "text:change":
            return self.eliminados.get(propio, "")
        return ""


class Recolector:
    """Recorre un párrafo y deja en `trozos` su texto; en `notas` y `cuadros`, lo que cuelga de él.

    `con_fondo` dice que el párrafo está sobre un color, donde el texto blanco sí se ve.
    """

    def __init__(
        self,
        parrafo: etree._Element,
        estilos: Estilos,
        seguido: Seguido,
        con_fondo: bool,
        oculto: bool = False,
    ) -> None:
        estilo = atributo(parrafo, "text:style-name")
        self.trozos: list[Trozo] = []
        self.notas: list[etree._Element] = []
        self.cuadros: list[etree._Element] = []
        self.laminas: list[int] = []
        self.negrita: bool | None = None
        self._estilos = estilos
        self._seguido = seguido
        self._con_fondo = con_fondo or estilos.pinta("paragraph", estilo)
        rasgos = estilos.rasgos("paragraph", estilo)
        self._recorrer(parrafo, Rasgos(invisible=True).sobre(rasgos) if oculto else rasgos)

    def _recorrer(self, elemento: etree._Element, rasgos: Rasgos) -> None:
        self._escribir(elemento.text, rasgos)
        for h in elemento:
            if isinstance(h.tag, str):
                self._leer(h, rasgos)
            self._escribir(h.tail, rasgos)

    def _leer(self, h: etree._Element, rasgos: Rasgos) -> None:
        clase = nombre(h)
        if clase in FIJOS:
            self._escribir(FIJOS[clase], rasgos)
        elif clase == "text:span":
            propios = self._estilos.rasgos("text", atributo(h, "text:style-name"))
            self._recorrer(h, propios.sobre(rasgos))
        elif clase.startswith("text:change"):
            if cita := self._seguido.marca_de_cambio(h):
                self.trozos.append(Trozo("", cita=cita))
        elif clase == "text:note":
            self.notas.append(h)
        elif clase == "office:annotation":
            parrafos = descendientes(h, "text:p")
            textos = ("".join(map(str, p.itertext())) for p in parrafos)
            self._seguido.comentarios.append(" ".join(textos))
        elif clase.startswith("draw:"):
            self._mirar_dibujo(h)
        elif clase == "text:hidden-text":
            self._escribir(
                atributo(h, "text:string-value") or h.text,
                Rasgos(invisible=atributo(h, "text:is-hidden") == "true").sobre(rasgos),
            )
        elif clase not in IGNORADOS:
            self._recorrer(h, rasgos)

    def _escribir(self, texto: str | None, rasgos: Rasgos) -> None:
        if not texto:
            return
        marcas: set[Marca] = set()
        if self._seguido.abiertos:
            marcas.add(Marca.INSERTADO)
        if rasgos.oculta(self._con_fondo):
            marcas.add(Marca.OCULTO)
        if rasgos.tachado:
            marcas.add(Marca.TACHADO)
        if texto.strip():
            self.negrita = bool(rasgos.negrita) and self.negrita is not False
        cortado = "\n" if texto == "\n" else texto.replace("\n", " ")
        self.trozos.append(Trozo(cortado, frozenset(marcas)))

    def _mirar_dibujo(self, dibujo: etree._Element) -> None:
        """Aparta los textos de un dibujo y cuenta sus imágenes y objetos.

        El objeto incrustado trae al lado una imagen de cómo se ve, que no se cuenta.
        """
        clase = nombre(dibujo)
        if clase == "draw:text-box" or any(nombre(h) == "text:p" for h in elementos(dibujo)):
            self.cuadros.append(dibujo)
            return
        objetos = [h for h in elementos(dibujo) if nombre(h) in OBJETOS]
        self._seguido.hallados.incrustadas += bool(objetos)
        for h in elementos(dibujo):
            if nombre(h) == "draw:image":
                externa = (atributo(h, "xlink:href") or "").startswith(EN_RED)
                self._seguido.externas += externa
                if not externa and not objetos:
                    lamina = self._seguido.hallados.mirar_imagen(atributo(h, "xlink:href"))
                    self.laminas += [] if lamina is None else [lamina]
            elif nombre(h).startswith("draw:"):
                self._mirar_dibujo(h)
