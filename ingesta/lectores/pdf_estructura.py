"""Lo que hay que saber de un PDF además de su texto: bombas, páginas, daños y contenido activo.

Todo sale de sus objetos, leídos sin PDFium (`pdf_objetos`): es la segunda opinión sobre el archivo.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Final

from ingesta.documento import Aviso
from ingesta.errores import ArchivoDemasiadoGrande, ContenidoNoPermitido
from ingesta.lectores.pdf_avisos import avisar
from ingesta.lectores.pdf_objetos import (
    FlujoDanado,
    FlujoExcesivo,
    FlujoSinExaminar,
    descomprimir,
    leer_objetos,
)
from ingesta.lectores.pdf_tipografias import contradicciones

CATALOGO = re.compile(rb"/Type\s{0,9}/Catalog\b")
PAGINAS = re.compile(rb"/Pages\s{0,9}(\d{1,8})\s{1,9}\d{1,5}\s{1,9}R")
RAMAS = re.compile(rb"/Kids\s{0,9}\[([^\]]*)\]")
REFERENCIA = re.compile(rb"(\d{1,8})\s{1,9}\d{1,5}\s{1,9}R")
CUENTA = re.compile(rb"/Count\s{0,9}(\d{1,12})")
SIN_MIRAR = re.compile(rb"/Subtype\s{0,9}/Image\b|/Type\s{0,9}/EmbeddedFile\b")
CIFRADO: Final = b"/Encrypt"

ACTIVOS: Final = {
    "código JavaScript": {b"JavaScript", b"JS"},
    "una orden de abrir un programa": {b"Launch"},
    "un formulario que envía datos": {b"SubmitForm", b"ImportData"},
    "audio, video o animación": {b"RichMedia", b"Rendition", b"Movie", b"Sound"},
}
"""Lo que un PDF puede hacer por su cuenta y los nombres que lo delatan (ISO 32000-1, 12.6.4)."""

ADJUNTOS: Final = {b"EmbeddedFile", b"EmbeddedFiles", b"FileAttachment"}
DE_FUERA: Final = ({b"FS", b"URL"}, {b"GoToR"})
"""Un archivo que se pide por Internet y un enlace a otro documento."""

MAYOR_CITA: Final = 3
"""Letras que se citan de las que se ven de un modo y se leen de otro."""


class Estructura:
    """Los objetos de un PDF y lo que se deduce de ellos."""

    def __init__(self, datos: bytes) -> None:
        self._objetos = leer_objetos(datos)
        self._cifrado = CIFRADO in datos
        self._nombres = [o.nombres for o in self._objetos.values()]
        catalogos = [o for o in self._objetos.values() if CATALOGO.search(o.cuerpo)]
        self._catalogo = catalogos[-1] if catalogos else None

    @property
    def catalogo(self) -> int | None:
        """Devuelve el número del objeto por el que empieza el documento, o None."""
        return self._catalogo.numero if self._catalogo else None

    def revisar(self, mayor: int) -> list[Aviso]:
        """Devuelve los avisos del archivo; `mayor` es cuántas páginas se leen como máximo.

        Raises:
            ContenidoNoPermitido: una parte se infla de forma anormal.
            ArchivoDemasiadoGrande: describe más páginas de las que se leen.
        """
        contadas = self.paginas()
        if contadas is not None and contadas > mayor:
            raise ArchivoDemasiadoGrande(
                f"El PDF describe {contadas} páginas; se leen hasta {mayor}."
            )
        return [*self._danos(), *self._contenidos(), *self._mentiras()]

    def paginas(self) -> int | None:
        """Cuenta las hojas del árbol de páginas; None si el árbol no se puede seguir entero.

        Una rama que vuelve sobre sí misma no suma. Las que se repiten se cuentan cada vez.
        """
        raiz = self._raiz()
        cuenta = self._cuenta
        return None if raiz is None or cuenta is None else cuenta[raiz]

    def paginas_distintas(self) -> int | None:
        """Cuenta las hojas del árbol sin repetir ninguna; None si no se puede seguir entero."""
        if self._cuenta is None:
            return None
        return sum(not RAMAS.search(self._objetos[nodo].cuerpo) for nodo in self._cuenta)

    @cached_property
    def _cuenta(self) -> dict[int, int] | None:
        """Cuántas hojas cuelgan de cada nodo del árbol."""
        raiz = self._raiz()
        if raiz is None:
            return None
        cuenta: dict[int, int] = {}
        pendientes = [raiz]
        abiertas: set[int] = set()
        while pendientes:
            nodo = pendientes[-1]
            objeto = self._objetos.get(nodo)
            if objeto is None:
                return None
            ramas = RAMAS.search(objeto.cuerpo)
            hijas = [int(n) for n in REFERENCIA.findall(ramas[1])] if ramas else []
            faltan = [h for h in hijas if h not in cuenta and h not in abiertas]
            if faltan and nodo not in abiertas:
                abiertas.add(nodo)
                pendientes += faltan
                continue
            cuenta[nodo] = sum(cuenta.get(h, 0) for h in hijas) if ramas else 1
            abiertas.discard(nodo)
            pendientes.pop()
        return cuenta

    def paginas_declaradas(self) -> int | None:
        """Devuelve cuántas páginas dice tener el árbol, o None si no lo dice."""
        raiz = self._raiz()
        objeto = self._objetos.get(raiz) if raiz is not None else None
        cuenta = CUENTA.search(objeto.cuerpo) if objeto else None
        return int(cuenta[1]) if cuenta else None

    def _raiz(self) -> int | None:
        paginas = PAGINAS.search(self._catalogo.cuerpo) if self._catalogo else None
        return int(paginas[1]) if paginas else None

    def _danos(self) -> Iterator[Aviso]:
        danados = 0
        for objeto in self._objetos.values():
            if objeto.flujo is None or self._cifrado or SIN_MIRAR.search(objeto.cuerpo):
                continue
            try:
                for _ in descomprimir(objeto):
                    continue
            except FlujoExcesivo as error:
                raise ContenidoNoPermitido(
                    "Una parte del PDF se infla de forma anormal al descomprimirla."
                ) from error
            except FlujoDanado:
                danados += 1
            except FlujoSinExaminar:
                continue
        if danados:
            yield avisar("contenido_danado", partes=danados)

    def _contenidos(self) -> Iterator[Aviso]:
        hallados = [que for que, delatan in ACTIVOS.items() if self._hay(delatan)]
        if hallados:
            yield avisar("contenido_activo", cuales=", ".join(hallados))
        if self._hay(ADJUNTOS):
            yield avisar("archivo_adjunto")
        if any(todos <= nombres for todos in DE_FUERA for nombres in self._nombres):
            yield avisar("referencia_externa")

    def _mentiras(self) -> Iterator[Aviso]:
        pares = [f"se ve «{vista}» y dice «{dicha}»" for vista, dicha in self._contradicciones()]
        if pares:
            yield avisar("letras_en_disputa", cita=", ".join(pares))

    def _contradicciones(self) -> list[tuple[str, str]]:
        return [] if self._cifrado else sorted(set(contradicciones(self._objetos)))[:MAYOR_CITA]

    def _hay(self, delatan: set[bytes]) -> bool:
        return any(delatan & nombres for nombres in self._nombres)
