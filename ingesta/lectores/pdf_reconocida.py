"""Pone en una hoja lo que el reconocimiento (OCR) leyó de su imagen."""

from __future__ import annotations

from ingesta.documento import Caja
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
RENGLONES_ILEGIBLES = 3
"""Renglones que puede manchar un sello o una firma sin que se dé contenido por perdido."""


def poner_lo_reconocido(hoja: Hoja, pagina: PaginaReconocida) -> None:
    """Agrega a la hoja las palabras y rayas reconocidas, y cambia sus avisos por los del caso.

    Donde ya hay texto digital, se queda ese; salvo que sus letras no se puedan leer.
    """
    codigos = {a.codigo for a in hoja.avisos}
    if "texto_dudoso" in codigos:
        hoja.piezas = []
    digitales = [p for grupo in hoja.notas for f in grupo for p in f.piezas] + hoja.piezas
    nuevas = [_pieza(p, hoja.numero) for p in pagina.palabras if not _esta(p, digitales)]
    if codigos & {"imagen_sin_leer"} and _claras(nuevas) < MENOS_PALABRAS:
        return
    hoja.avisos = [
        a
        for a in hoja.avisos
        if a.codigo not in {"pagina_sin_texto", "texto_dudoso", "imagen_sin_leer"}
    ]
    if pagina.confianza < MENOR_CONFIANZA or not nuevas:
        codigo = "pagina_en_blanco" if pagina.tinta < EN_BLANCO else "pagina_manuscrita"
        hoja.avisos.append(avisar(codigo, hoja.numero))
        return
    hoja.con_ocr = True
    if pagina.giro:
        hoja.notas += [[f] for f in en_franjas(hoja.piezas)]
        hoja.piezas, hoja.rayas, hoja.alto = [], [], pagina.alto
    sellos, sueltas = separar_sellos(nuevas)
    hoja.notas += sellos
    hoja.piezas += sueltas
    hoja.rayas += [Raya(*r) for r in pagina.rayas]
    hoja.avisos.append(
        avisar("pagina_con_ocr", hoja.numero, confianza=round(100 * pagina.confianza))
    )
    if pagina.sin_sellos:
        hoja.avisos.append(avisar("sellos_apartados", hoja.numero))
    if pagina.manchas:
        hoja.avisos.append(avisar("manchas_sin_leer", hoja.numero, cantidad=pagina.manchas))
    if pagina.ilegibles >= RENGLONES_ILEGIBLES:
        hoja.avisos.append(avisar("renglones_ilegibles", hoja.numero, cantidad=pagina.ilegibles))


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


def _claras(piezas: list[Pieza]) -> int:
    return sum(
        p.texto.isalpha() and len(p.texto) >= LARGO_DE_PALABRA and (p.confianza or 0) >= 0.8
        for p in piezas
    )
