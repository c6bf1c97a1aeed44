"""Los gráficos SVG, sencillos, de `docs/calidad.md`: calibración y curva de aprendizaje."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np

from api.evaluar.reunir import Evaluacion
from nlp.entrenamiento import medidas as m
from nlp.entrenamiento.medidas import Caso

ANCHO, ALTO, MARGEN = 460, 320, 46
COLORES = ("#1f5fa8", "#b4511a", "#3a7d34", "#7b3fa0")


@dataclass(frozen=True, slots=True)
class Punto:
    """Un punto de una línea, con su intervalo si lo tiene (en la escala de cada eje)."""

    x: float
    y: float
    bajo: float | None = None
    alto: float | None = None


def lineas(
    titulo: str,
    eje_x: str,
    eje_y: str,
    series: Mapping[str, Sequence[Punto]],
    diagonal: bool = False,
) -> str:
    """Dibuja series de 0 a 1 en ambos ejes; `diagonal` traza la calibración perfecta."""
    partes = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {ANCHO} {ALTO}" role="img" '
        f'font-family="sans-serif" font-size="12"><title>{escape(titulo)}</title>',
        f'<rect width="{ANCHO}" height="{ALTO}" fill="#fff"/>',
    ]
    for paso in range(6):
        valor = paso / 5
        x, y = _x(valor), _y(valor)
        rotulo = f"{valor:.1f}".replace(".", ",")
        partes += [
            f'<path d="M{_x(0)} {y}H{_x(1)}M{x} {_y(0)}V{_y(1)}" stroke="#ddd"/>',
            f'<text x="{_x(0) - 6}" y="{y + 4}" text-anchor="end">{rotulo}</text>',
            f'<text x="{x}" y="{_y(0) + 16}" text-anchor="middle">{rotulo}</text>',
        ]
    if diagonal:
        trazo = f"M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}"
        partes.append(f'<path d="{trazo}" stroke="#888" stroke-dasharray="4 4"/>')
    for (nombre, puntos), color, fila in zip(series.items(), COLORES, range(9), strict=False):
        partes += _serie(puntos, color)
        alto = _y(0) - 10 - 16 * fila
        partes.append(
            f'<text x="{_x(1) - 6}" y="{alto}" text-anchor="end" fill="{color}">'
            f"{escape(nombre)}</text>"
        )
    partes += [
        f'<text x="{_x(0.5)}" y="{ALTO - 8}" text-anchor="middle">{escape(eje_x)}</text>',
        f'<text transform="translate(12 {_y(0.5)}) rotate(-90)" text-anchor="middle">'
        f"{escape(eje_y)}</text>",
        f'<text x="{_x(0.5)}" y="18" text-anchor="middle" font-weight="bold">'
        f"{escape(titulo)}</text></svg>",
    ]
    return "\n".join(partes) + "\n"


def _serie(puntos: Sequence[Punto], color: str) -> list[str]:
    camino = "L".join(f"{_x(p.x)} {_y(p.y)}" for p in puntos)
    partes = [f'<path d="M{camino}" fill="none" stroke="{color}" stroke-width="2"/>']
    for p in puntos:
        if p.bajo is not None and p.alto is not None:
            partes.append(
                f'<path d="M{_x(p.x)} {_y(p.bajo)}V{_y(p.alto)}" stroke="{color}" opacity=".5"/>'
            )
        partes.append(f'<circle cx="{_x(p.x)}" cy="{_y(p.y)}" r="3.5" fill="{color}"/>')
    return partes


def _x(valor: float) -> float:
    return round(MARGEN + valor * (ANCHO - MARGEN - 16), 1)


def _y(valor: float) -> float:
    return round(ALTO - MARGEN - valor * (ALTO - MARGEN - 30), 1)


def graficos(ev: Evaluacion) -> dict[str, str]:
    """Devuelve los SVG por nombre de archivo."""
    dibujos = {}
    if ev.reales:
        series = {c.titulo: _calibracion(c.casos) for c in ev.reales}
        dibujos["calibracion.svg"] = lineas(
            "Calibración de la clase", "confianza", "acierto", series, diagonal=True
        )
    if ev.completo and ev.completo["curva"]:
        dibujos["curva.svg"] = lineas(
            "Curva de aprendizaje",
            "parte de los documentos reales",
            "macro-F1 de clase",
            _series_de_la_curva(ev.completo["curva"]),
        )
    return dibujos


def _calibracion(casos: Sequence[Caso]) -> list[Punto]:
    cajas = np.array([m.contar_calibracion(c) for c in casos]).sum(axis=0).reshape(m.CAJAS, 3)
    return [Punto(suma / n, aciertos / n) for n, suma, aciertos in cajas if n >= 5]


def _series_de_la_curva(curva: Sequence[Mapping[str, Any]]) -> dict[str, list[Punto]]:
    total = max(x["documentos"] for x in curva) or 1
    return {
        nombre.replace("_", " "): [
            Punto(
                x["documentos"] / total,
                x["macro_f1"][nombre]["valor"],
                x["macro_f1"][nombre]["bajo"],
                x["macro_f1"][nombre]["alto"],
            )
            for x in curva
        ]
        for nombre in curva[0]["macro_f1"]
    }
