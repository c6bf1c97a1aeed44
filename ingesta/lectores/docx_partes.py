"""Las partes de un DOCX: el cuerpo y las que cuelgan de él (estilos, notas, comentarios…)."""

from __future__ import annotations

from lxml import etree

from ingesta.documento import Redactado
from ingesta.errores import ArchivoDanado, ErrorDeIngesta
from ingesta.lectores.docx_avisos import SIN_TIPOS
from ingesta.lectores.docx_parrafo import ReferenciaDeNota
from ingesta.lectores.docx_xml import atributo, descendientes, hijo
from ingesta.paquete import TIPOS, Paquete
from ingesta.redactado import leer_redactados

PARTES_DE_NOTAS = {"w:footnoteReference": "footnotes", "w:endnoteReference": "endnotes"}
SEPARADORES = {"separator", "continuationSeparator", "continuationNotice"}


class Partes:
    """Las partes de un paquete abierto; lanza ArchivoDanado si falta la principal o su cuerpo."""

    def __init__(self, paquete: Paquete) -> None:
        principal = paquete.principal() or ""
        raiz = paquete.xml(principal)
        cuerpo = hijo(raiz, "w:body")
        if raiz is None or cuerpo is None:
            raise ArchivoDanado("Al documento le falta su contenido principal.")
        self.paquete, self.raiz, self.cuerpo = paquete, raiz, cuerpo
        self.relaciones = paquete.relaciones(principal)

    def parte(self, tipo: str) -> etree._Element | None:
        """Devuelve la raíz de la parte de ese tipo («styles»), o None si no está."""
        destino = self._nombre(tipo)
        return self.paquete.xml(destino) if destino else None

    def notas(self) -> dict[ReferenciaDeNota, etree._Element]:
        """Devuelve las notas al pie y al final, por la llamada que las nombra."""
        return {
            ReferenciaDeNota(clase, atributo(nota, "w:id") or ""): nota
            for clase, parte in PARTES_DE_NOTAS.items()
            for nota in self._hijos(parte)
            if atributo(nota, "w:type") not in SEPARADORES
        }

    def comentarios(self) -> list[str]:
        """Devuelve lo que dice cada comentario, sin su autor."""
        return [
            " ".join(e.text or "" for e in descendientes(comentario, "w:t"))
            for comentario in self._hijos("comments")
        ]

    def faltan(self) -> set[str]:
        """Devuelve los tipos de las partes que el documento nombra y no trae."""
        tipos = {
            r.tipo
            for r in self.relaciones.values()
            if not r.externa and r.tipo != "hyperlink" and r.destino not in self.paquete
        }
        return tipos if TIPOS in self.paquete else tipos | {SIN_TIPOS}

    def externas(self) -> int:
        """Cuenta lo que el documento traería de fuera; los hipervínculos no se cuentan."""
        ajustes = self._nombre("settings")
        relaciones = [*self.relaciones.values()]
        relaciones += self.paquete.relaciones(ajustes).values() if ajustes else ()
        return sum(r.externa and r.tipo != "hyperlink" for r in relaciones)

    def redactados(self) -> tuple[Redactado, ...]:
        """Lee la parte que deja el editor; una parte XML ajena que no se entiende no importa."""
        for relacion in self.relaciones.values():
            if relacion.tipo == "customXml" and not relacion.externa:
                try:
                    raiz = self.paquete.xml(relacion.destino)
                except (ErrorDeIngesta, etree.XMLSyntaxError):
                    continue
                if raiz is not None and (hallados := leer_redactados(raiz)):
                    return hallados
        return ()

    def _nombre(self, tipo: str) -> str | None:
        partes = (r.destino for r in self.relaciones.values() if r.tipo == tipo and not r.externa)
        return next(partes, None)

    def _hijos(self, tipo: str) -> list[etree._Element]:
        raiz = self.parte(tipo)
        return list(raiz) if raiz is not None else []
