"""Pone en una hoja lo que el reconocimiento (OCR) leyó de su imagen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ingesta.documento import Aviso, Caja
from ingesta.lectores.pdf_avisos import avisar
from ingesta.lectores.pdf_franjas import en_franjas
from ingesta.lectores.pdf_hoja import Hoja
from ingesta.lectores.pdf_marginales import separar_sellos
from ingesta.lectores.pdf_palabras import Pieza
from ingesta.lectores.pdf_rayas import Raya
from ingesta.reconocida import EN_BLANCO, PaginaReconocida, PalabraReconocida

MENOR_CONFIANZA = 0.6
"""Confianza media por debajo de la cual no se toma el texto: suele ser escritura a mano."""

MENOS_PALABRAS = 5
"""Palabras claras que debe tener una imagen pegada en la página; un logotipo tiene menos."""

LARGO_DE_PALABRA = 3
CLARA = 0.8
"""Letras y confianza de una palabra clara."""

COINCIDE = 0.6
"""Parte de las palabras claras que debe estar en el texto del PDF para que sea el que se ve."""

RENGLONES_ILEGIBLES = 3
"""Renglones que puede manchar un sello o una firma sin que se dé contenido por perdido."""

MISMA_RAYA = 3.0
"""Puntos entre una raya del PDF y la misma raya en su imagen."""

RESUELTOS = frozenset({
    "pagina_sin_texto",
    "texto_dudoso",
    "imagen_sin_leer",
    "texto_de_ocr_previo",
    "texto_extrano",
    "letras_por_comprobar",
})
"""Avisos que dejan de valer cuando se toma el texto reconocido."""


def poner_lo_reconocido(hoja: Hoja, pagina: PaginaReconocida) -> None:
    """Agrega a la hoja las palabras y rayas reconocidas, y cambia sus avisos por los del caso.

    Donde ya hay texto digital se queda ese, salvo que sus letras no se puedan leer, que venga de un
    reconocimiento anterior o que no sea el que se ve.
    """
    codigos = {a.codigo for a in hoja.avisos}
    ilegible = pagina.confianza < MENOR_CONFIANZA or not pagina.palabras
    if ilegible and not codigos & {"pagina_sin_texto", "texto_dudoso"}:
        return
    distinta = bool(codigos & {"letras_por_comprobar", "texto_dudoso"}) or (
        bool(codigos & {"texto_de_ocr_previo", "texto_extrano"})
        and _parecido(hoja.piezas, pagina) < COINCIDE
    )
    if "texto_extrano" in codigos and not distinta:
        hoja.avisos = [a for a in hoja.avisos if a.codigo != "texto_extrano"]
        return
    if distinta or "texto_de_ocr_previo" in codigos:
        hoja.piezas = []
    digitales = [p for grupo in hoja.notas for f in grupo for p in f.piezas] + hoja.piezas
    nuevas = [_pieza(p, hoja.numero) for p in pagina.palabras if not _esta(p, digitales)]
    if "imagen_sin_leer" in codigos and len(list(_claras(nuevas))) < MENOS_PALABRAS:
        return
    hoja.avisos = [a for a in hoja.avisos if a.codigo not in RESUELTOS]
    if ilegible or not nuevas:
        codigo = "pagina_en_blanco" if pagina.tinta < EN_BLANCO else "pagina_manuscrita"
        hoja.avisos.append(avisar(codigo, hoja.numero))
        return
    _agregar(hoja, pagina, nuevas)
    hoja.avisos += _avisos(hoja.numero, pagina, distinta)


def _agregar(hoja: Hoja, pagina: PaginaReconocida, nuevas: list[Pieza]) -> None:
    hoja.con_ocr = True
    if pagina.giro:
        hoja.notas += [[f] for f in en_franjas(hoja.piezas)]
        hoja.piezas, hoja.rayas, hoja.alto = [], [], pagina.alto
    sellos, sueltas = separar_sellos(nuevas)
    hoja.notas += sellos
    hoja.piezas += sueltas
    propias = list(hoja.rayas)
    hoja.rayas += [r for r in (Raya(*r) for r in pagina.rayas) if not _ya_esta(r, propias)]


def _avisos(numero: int, pagina: PaginaReconocida, distinta: bool) -> Iterable[Aviso]:
    """Produce lo que debe saber de la página quien la revisa."""
    yield avisar("pagina_con_ocr", numero, confianza=round(100 * pagina.confianza))
    if distinta:
        yield avisar("capa_distinta", numero)
    if pagina.sin_sellos:
        yield avisar("sellos_apartados", numero)
    if pagina.manchas:
        yield avisar("manchas_sin_leer", numero, cantidad=pagina.manchas)
    if pagina.ilegibles >= RENGLONES_ILEGIBLES:
        yield avisar("renglones_ilegibles", numero, cantidad=pagina.ilegibles)


def _pieza(palabra: PalabraReconocida, numero: int) -> Pieza:
    return Pieza(
        palabra.texto,
        Caja(numero, *palabra.caja),
        Caja(numero, *palabra.vista),
        palabra.negrita,
        confianza=palabra.confianza,
    )


def _esta(palabra: PalabraReconocida, digitales: list[Pieza]) -> bool:
    """Dice si el centro de la palabra cae sobre texto digital."""
    x0, arriba, x1, abajo = palabra.vista
    x, y = (x0 + x1) / 2, (arriba + abajo) / 2
    return any(
        p.vista.x0 <= x <= p.vista.x1 and p.vista.arriba <= y <= p.vista.abajo for p in digitales
    )


def _ya_esta(raya: Raya, otras: Sequence[Raya]) -> bool:
    return any(
        raya.horizontal == otra.horizontal
        and abs(raya.lugar - otra.lugar) <= MISMA_RAYA
        and min(raya.hasta, otra.hasta) > max(raya.desde, otra.desde)
        for otra in otras
    )


def _parecido(piezas: Sequence[Pieza], pagina: PaginaReconocida) -> float:
    """Devuelve qué parte de lo que se ve con claridad está en el texto; 1 si se ve poco."""
    dichas = {_pelada(p.texto) for p in piezas}
    vistas = list(_claras(pagina.palabras))
    if len(vistas) < MENOS_PALABRAS:
        return 1.0
    return sum(_pelada(p.texto) in dichas for p in vistas) / len(vistas)


def _claras(palabras: Iterable[Pieza | PalabraReconocida]) -> Iterator[Pieza | PalabraReconocida]:
    for p in palabras:
        letras = _pelada(p.texto)
        if letras.isalpha() and len(letras) >= LARGO_DE_PALABRA and (p.confianza or 0) >= CLARA:
            yield p


def _pelada(texto: str) -> str:
    """Devuelve la palabra en minúsculas y sin los signos que la rodean."""
    return texto.casefold().strip("\"'«»“”()[]{}.,;:¿?¡!-–—_/\\|*•")
