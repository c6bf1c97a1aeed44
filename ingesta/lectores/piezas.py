"""Lo que comparten los lectores de documentos de oficina: párrafos, celdas y su paso al armador."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ingesta.armado import Armador
from ingesta.documento import TipoBloque
from ingesta.lectores.docx_avisos import Avisador
from ingesta.lectores.docx_numeracion import Numero
from ingesta.lectores.docx_tabla import Contenido
from ingesta.lectores.docx_texto import SALTO, BloqueLeido, Marca, Trozo, componer
from ingesta.lectores.laminas import LaminasLeidas


@dataclass(slots=True)
class Parrafo:
    """Párrafo leído; `anexos` son sus notas y cuadros de texto, que van después de él.

    `titulo` es su nivel de título, desde 0; `negrita`, None si no tiene letras.
    """

    trozos: list[Trozo]
    numero: Numero | None
    titulo: int | None
    negrita: bool | None
    anexos: list[BloqueLeido] = field(default_factory=list)

    @property
    def bloque(self) -> BloqueLeido:
        """Devuelve el párrafo como título, ítem de lista o párrafo corriente."""
        texto = self.numero.texto if self.numero else None
        if self.titulo is not None:
            return BloqueLeido(TipoBloque.TITULO, self.trozos, texto, self.titulo)
        if self.numero:
            return BloqueLeido(TipoBloque.ITEM, self.trozos, texto, self.numero.nivel)
        return BloqueLeido(TipoBloque.PARRAFO, self.trozos)


def marcar(
    piezas: Iterable[Parrafo | BloqueLeido], marcas: frozenset[Marca]
) -> Iterable[Parrafo | BloqueLeido]:
    """Devuelve las piezas con esas marcas en todo su texto."""
    for pieza in piezas:
        partes: list[Parrafo | BloqueLeido] = [pieza]
        partes += pieza.anexos if isinstance(pieza, Parrafo) else ()
        for parte in partes:
            parte.trozos = [t._replace(marcas=t.marcas | marcas) for t in parte.trozos]
        yield pieza


def lugar_de_lamina(numero: int) -> BloqueLeido:
    """Devuelve el lugar de una lámina entre los bloques; no tiene texto propio."""
    return BloqueLeido(TipoBloque.PARRAFO, lamina=numero)


def en_bloques(piezas: Iterable[Parrafo | BloqueLeido]) -> Iterable[BloqueLeido]:
    """Devuelve los bloques de unas piezas; los anexos de un párrafo van después de él."""
    for pieza in piezas:
        if isinstance(pieza, Parrafo):
            yield pieza.bloque
            yield from pieza.anexos
        else:
            yield pieza


def juntar(piezas: Iterable[Parrafo | BloqueLeido]) -> Contenido:
    """Junta en un bloque los párrafos de una celda o nota.

    Si hay un solo párrafo numerado y es el único, el número es el del bloque; si no, los
    números se escriben delante de cada párrafo, como se ven impresos.
    """
    parrafos: list[Parrafo] = []
    anexos: list[BloqueLeido] = []
    for pieza in piezas:
        if isinstance(pieza, Parrafo):
            parrafos.append(pieza)
            anexos += pieza.anexos
        else:
            anexos.append(pieza)
    escritos = [p for p in parrafos if p.numero or componer(p.trozos).texto]
    unico = len(escritos) == 1 and bool(componer(escritos[0].trozos).texto)
    numero = escritos[0].numero if unico else None
    trozos: list[Trozo] = []
    for p in parrafos:
        if p.numero and not unico:
            trozos.append(Trozo(f"{p.numero.texto} "))
        trozos += [*p.trozos, SALTO]
    return Contenido(
        trozos,
        numero.texto if numero else None,
        numero.nivel if numero else None,
        all(p.negrita for p in escritos if p.negrita is not None),
        anexos,
    )


def agregar(
    armador: Armador,
    avisador: Avisador,
    bloques: Iterable[BloqueLeido],
    laminas: LaminasLeidas | None = None,
) -> int:
    """Pasa los bloques al armador con los avisos de cada uno; devuelve cuántas letras tienen.

    Las láminas seguidas se escriben juntas, como las páginas de un mismo escaneo.
    """
    letras = 0
    seguidas: list[int] = []
    for b in bloques:
        if b.lamina is not None:
            seguidas.append(b.lamina)
            continue
        texto = componer(b.trozos)
        if texto.texto and seguidas and laminas:
            letras += laminas.escribir(armador, seguidas)
            seguidas = []
        letras += len(texto.texto)
        armador.agregar(
            b.tipo,
            texto.lineas,
            numero=b.numero,
            nivel=b.nivel,
            celda=b.celda,
            avisos=avisador.de_marcados(texto.marcados),
        )
    if seguidas and laminas:
        letras += laminas.escribir(armador, seguidas)
    return letras
