"""Lee una página: sus palabras, sus rayas y lo que hay que avisar de ella."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from ingesta.documento import Aviso, Caja
from ingesta.errores import ArchivoDanado
from ingesta.lectores.pdf_avisos import avisar
from ingesta.lectores.pdf_franjas import Franja, en_franjas
from ingesta.lectores.pdf_marginales import separar_sellos
from ingesta.lectores.pdf_motor import ErrorDePdfium, Plano
from ingesta.lectores.pdf_palabras import MAYOR_NUMERO_DE_CARACTERES, Pieza, enderezar, leer_piezas
from ingesta.lectores.pdf_rayas import Dibujo, DibujoExcesivo, Raya, leer_dibujo
from ingesta.lectores.pdf_sospechas import es_de_otra_lengua, es_ilegible

A4 = (595.28, 841.89)
"""Puntos; medida que se le supone a una página que no se pudo abrir."""

CARACTERES_SIN_CUADROS = 20_000
"""Con más caracteres no se buscan cuadros: una hoja llena tiene unos 5 000."""

POCAS_PALABRAS = 25
HOJA_ESCANEADA = 0.5
IMAGEN_GRANDE = 0.12
FONDO = 0.8
"""Parte de la hoja desde la que una imagen con texto encima es el fondo del papel membretado."""

MEDIA_ALTURA = (0.4, 0.7)
"""Parte del alto de la palabra por donde pasa un tachado; el subrayado va más abajo."""

MAYOR_CITA = 60


@dataclass(slots=True)
class Hoja:
    """Una página leída; `alto` es el de lectura, el de la hoja enderezada si va de lado."""

    numero: int
    medidas: tuple[float, float]
    alto: float
    piezas: list[Pieza] = field(default_factory=list)
    rayas: list[Raya] = field(default_factory=list)
    notas: list[list[Franja]] = field(default_factory=list)
    avisos: list[Aviso] = field(default_factory=list)
    con_ocr: bool = False


def leer_hoja(documento: Any, indice: int) -> Hoja:
    """Lee la página `indice` (desde 0); si no se puede, devuelve una hoja vacía con su aviso."""
    numero = indice + 1
    try:
        pagina = documento[indice]
        try:
            return _leer(pagina, Plano.de_pagina(pagina, numero))
        finally:
            pagina.close()
    except (ErrorDePdfium, ArchivoDanado):
        return Hoja(numero, A4, A4[1], avisos=[avisar("pagina_ilegible", numero)])


def _leer(pagina: Any, plano: Plano) -> Hoja:
    hoja = Hoja(plano.numero, (plano.ancho, plano.alto), plano.alto)
    texto = pagina.get_textpage()
    caracteres = texto.count_chars()
    todas, fuera = leer_piezas(texto, plano)
    texto.close()
    dibujo = _dibujo(pagina, plano, hoja, caracteres)
    _avisar(hoja, todas, fuera, caracteres, dibujo)
    giro = _giro(todas)
    if giro:
        todas = [replace(p, caja=enderezar(p.caja, giro, plano)) for p in todas]
        hoja.alto = plano.alto if giro == 180 else plano.ancho
    hoja.rayas = [_enderezar_raya(r, giro, plano) for r in dibujo.rayas]
    derechas = [p for p in todas if p.giro == giro or len(p.texto) == 1]
    hoja.notas, hoja.piezas = separar_sellos(derechas)
    hoja.notas += _de_lado([p for p in todas if p.giro != giro and len(p.texto) > 1], giro, plano)
    return hoja


def _dibujo(pagina: Any, plano: Plano, hoja: Hoja, caracteres: int) -> Dibujo:
    try:
        dibujo = leer_dibujo(pagina, plano)
    except DibujoExcesivo:
        hoja.avisos.append(avisar("tablas_sin_examinar", hoja.numero))
        return Dibujo([], objetos=1)
    if caracteres > CARACTERES_SIN_CUADROS and dibujo.rayas:
        hoja.avisos.append(avisar("tablas_sin_examinar", hoja.numero))
        dibujo.rayas = []
    return dibujo


def _avisar(hoja: Hoja, piezas: list[Pieza], fuera: int, caracteres: int, dibujo: Dibujo) -> None:
    """Anota lo que la persona debe saber de la página."""
    ocultas = [p for p in piezas if p.oculta]
    sin_sellos = separar_sellos(piezas)[1]
    hoja.con_ocr = (
        bool(ocultas) and all(p.oculta for p in sin_sellos) and dibujo.imagenes > IMAGEN_GRANDE
    )
    escaneada = dibujo.imagenes >= HOJA_ESCANEADA and len(sin_sellos) < POCAS_PALABRAS
    parte = round(100 * dibujo.imagenes)
    tachadas = _tachadas(piezas, dibujo.rayas)
    ilegible = es_ilegible(piezas)
    hallados: list[tuple[str, bool, dict[str, object]]] = [
        ("pagina_sin_texto", escaneada or (not piezas and dibujo.objetos > 0), {}),
        ("pagina_en_blanco", not piezas and not fuera and not dibujo.objetos, {}),
        (
            "pagina_excesiva",
            caracteres > MAYOR_NUMERO_DE_CARACTERES,
            {"limite": MAYOR_NUMERO_DE_CARACTERES},
        ),
        ("texto_dudoso", ilegible, {}),
        ("texto_extrano", not ilegible and not hoja.con_ocr and es_de_otra_lengua(piezas), {}),
        ("texto_de_ocr_previo", hoja.con_ocr, {}),
        ("texto_oculto", bool(ocultas) and not hoja.con_ocr, {"cita": _cita(ocultas)}),
        ("texto_tachado", bool(tachadas), {"cita": _cita(tachadas)}),
        ("texto_fuera_de_la_hoja", fuera > 0, {"cantidad": fuera}),
        (
            "imagen_sin_leer",
            IMAGEN_GRANDE <= dibujo.imagenes < FONDO
            and not escaneada
            and not hoja.con_ocr
            and bool(piezas),
            {"parte": parte},
        ),
    ]
    hoja.avisos += [avisar(codigo, hoja.numero, **datos) for codigo, si, datos in hallados if si]


def _tachadas(piezas: list[Pieza], rayas: list[Raya]) -> list[Pieza]:
    """Devuelve las palabras que una línea cruza a media altura."""
    cortas = [r for r in rayas if r.horizontal]
    return [p for p in piezas if any(_tacha(r, p.caja) for r in cortas)]


def _tacha(raya: Raya, caja: Caja) -> bool:
    altura = (raya.lugar - caja.arriba) / (caja.abajo - caja.arriba or 1.0)
    comun = min(raya.hasta, caja.x1) - max(raya.desde, caja.x0)
    return MEDIA_ALTURA[0] <= altura <= MEDIA_ALTURA[1] and comun >= (caja.x1 - caja.x0) / 3


def _cita(piezas: list[Pieza]) -> str:
    texto = " ".join(p.texto for p in piezas)
    return texto if len(texto) <= MAYOR_CITA else f"{texto[:MAYOR_CITA].rstrip()}…"


def _giro(piezas: list[Pieza]) -> int:
    """Devuelve el giro de la mayoría de las palabras de más de un carácter."""
    cuenta = Counter(p.giro for p in piezas if len(p.texto) > 1)
    giro, veces = cuenta.most_common(1)[0] if cuenta else (0, 0)
    return giro if 2 * veces > cuenta.total() else 0


def _enderezar_raya(raya: Raya, giro: int, plano: Plano) -> Raya:
    if not giro:
        return raya
    x, y = (raya.desde, raya.lugar) if raya.horizontal else (raya.lugar, raya.desde)
    x1, y1 = (raya.hasta, raya.lugar) if raya.horizontal else (raya.lugar, raya.hasta)
    caja = enderezar(Caja(plano.numero, x, y, x1, y1), giro, plano)
    if caja.x1 - caja.x0 > caja.abajo - caja.arriba:
        return Raya(True, caja.arriba, caja.x0, caja.x1)
    return Raya(False, caja.x0, caja.arriba, caja.abajo)


def _de_lado(piezas: list[Pieza], giro: int, plano: Plano) -> list[list[Franja]]:
    """Devuelve los textos escritos en otra dirección, como los sellos del margen."""
    return [
        en_franjas(replace(p, caja=enderezar(p.vista, otro, plano)) for p in grupo)
        for otro, grupo in groupby(piezas, key=lambda p: p.giro)
    ]
