"""Piezas de Markdown de `docs/calidad.md`: cifras en castellano y tablas."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from api.evaluar.reunir import Actas, Conjunto
from nlp.entrenamiento.evaluar import Medida as MedidaDeActas
from nlp.entrenamiento.evaluar import PorClase
from nlp.entrenamiento.intervalos import Cifra, Cuentas, cifra, proporcion
from nlp.entrenamiento.medidas import CLASES, MACRO_F1, Caso, Medida, contar_clase, matriz

MENOR_GRUPO = 10


def numero(valor: float, decimales: int = 3) -> str:
    """Escribe un número con coma decimal; «–» si no se pudo calcular."""
    return "–" if math.isnan(valor) else f"{valor:.{decimales}f}".replace(".", ",")


def con_intervalo(leida: Cifra) -> str:
    """Escribe «0,748 [0,672–0,809]»."""
    if math.isnan(leida.bajo):
        return numero(leida.valor)
    return f"{numero(leida.valor)} [{numero(leida.bajo)}–{numero(leida.alto)}]"


def tabla(cabecera: Sequence[str], filas: Iterable[Sequence[str]]) -> str:
    """Escribe una tabla Markdown; la primera columna, a la izquierda."""
    guiones = ["---", *["--:"] * (len(cabecera) - 1)]
    return "\n".join("| " + " | ".join(f) + " |" for f in (cabecera, guiones, *filas))


def de_medidas(medidas: Sequence[Medida], conjuntos: Sequence[Conjunto]) -> str:
    """Una fila por medida y una columna por conjunto; se omite lo que nadie puede medir."""
    filas = []
    for medida in medidas:
        leidas = [medida.medir(c.casos) for c in conjuntos]
        if any(c.n and not math.isnan(c.valor) for c in leidas):
            filas.append([medida.titulo, *(con_intervalo(c) for c in leidas)])
    return tabla(["", *(c.titulo for c in conjuntos)], filas)


def por_clase(casos: Sequence[Caso]) -> str:
    """Precisión, exhaustividad y F1 de cada clase."""
    conteo = matriz(np.array([contar_clase(c) for c in casos]).sum(axis=0), len(CLASES))
    filas = []
    for i, clase in enumerate(CLASES):
        cuenta = PorClase(int(conteo[i, i]), int(conteo[:, i].sum()), int(conteo[i].sum()))
        cifras = (cuenta.precision, cuenta.exhaustividad, cuenta.f1)
        filas.append([clase, str(cuenta.esperados), *map(numero, cifras)])
    return tabla(["clase", "n", "precisión", "exhaustividad", "F1"], filas)


def de_confusion(casos: Sequence[Caso]) -> str:
    """Matriz de confusión: filas de oro, columnas leídas."""
    conteo = matriz(np.array([contar_clase(c) for c in casos]).sum(axis=0), len(CLASES))
    filas = [
        [f"**{clase}**", *(str(int(n)) for n in conteo[i, : len(CLASES)])]
        for i, clase in enumerate(CLASES)
    ]
    return tabla(["oro \\ leída", *CLASES], filas)


def grupos(conjuntos: Sequence[Conjunto]) -> list[tuple[str, list[Caso]]]:
    """Parte cada conjunto en fáciles, difíciles y países, sin los grupos muy pequeños."""
    partes = []
    for conjunto in conjuntos:
        casos = conjunto.casos
        for nombre, dificil in (("fáciles", False), ("difíciles", True)):
            elegidos = [c for c in casos if bool(c.oro.get("dificil")) is dificil]
            partes.append((f"{conjunto.titulo}, {nombre}", elegidos))
        paises = sorted({str(c.oro["pais"]) for c in casos if c.oro.get("pais")})
        if len(paises) > 1:
            for pais in paises:
                elegidos = [c for c in casos if c.oro.get("pais") == pais]
                partes.append((f"{conjunto.titulo}, {pais}", elegidos))
    return [(nombre, casos) for nombre, casos in partes if len(casos) >= MENOR_GRUPO]


def macro_o_raya(casos: Sequence[Caso]) -> str:
    """Macro-F1 con su intervalo; «–» si el grupo no tiene las cuatro clases."""
    completas = {c.oro["clase"] for c in casos} == set(CLASES)
    return con_intervalo(MACRO_F1.medir(casos)) if completas else "–"


def cobertura_y_exactitud(casos: Sequence[Caso], coberturas: Sequence[float]) -> list[str]:
    """Exactitud de la parte más confiada de los casos, para cada cobertura."""
    ordenados = sorted(casos, key=lambda c: c.confianza, reverse=True)
    celdas = []
    for parte in coberturas:
        vistos = ordenados[: max(1, round(parte * len(ordenados)))]
        celdas.append(numero(sum(c.acierta for c in vistos) / len(vistos)))
    return celdas


def diferencia(medida: Medida, limpios: Sequence[Caso], otros: Sequence[Caso]) -> Cifra:
    """Puntos (0 a 100) que pierde una medida al cambiar el texto, con intervalo por documento."""
    pares = []
    for a, b in zip(limpios, otros, strict=True):
        antes, despues = medida.contar(a), medida.contar(b)
        if antes is not None and despues is not None:
            pares.append((a.documento, np.array([*antes, *despues], dtype=float)))
    return cifra(pares, _caida(medida.formula), len(pares))


def _caida(formula: Callable[[Cuentas], float]) -> Callable[[Cuentas], float]:
    def puntos(cuentas: Cuentas) -> float:
        mitad = len(cuentas) // 2
        return 100 * (formula(cuentas[:mitad]) - formula(cuentas[mitad:]))

    return puntos


def cuentas_de_items(medida: MedidaDeActas) -> Cuentas:
    """Aciertos, propuestos y esperados de las tres clases juntas, y de cada una."""
    clases = [medida.items, *medida.clases.values()]
    return np.array([v for c in clases for v in (c.aciertos, c.propuestos, c.esperados)], float)


def f1_de(indice: int) -> Callable[[Cuentas], float]:
    """Fórmula de F1 del grupo `indice` de `cuentas_de_items` (0: los ítems todos)."""

    def formula(cuentas: Cuentas) -> float:
        aciertos, propuestos, esperados = cuentas[3 * indice : 3 * indice + 3]
        return (
            float(2 * aciertos / (propuestos + esperados)) if propuestos + esperados else math.nan
        )

    return formula


def f1_de_actas(actas: Actas, variante: str, indice: int = 0) -> Cifra:
    """F1 de ítems (mismo ítem y misma clase), con intervalo por acta."""
    medidas = actas.variantes[variante]
    casos = [(nombre, cuentas_de_items(m)) for nombre, m in medidas.items()]
    return cifra(casos, f1_de(indice), int(sum(m.esperados for m in medidas.values())))


def caida_de_actas(actas: Actas, limpia: str, variante: str) -> Cifra:
    """Puntos de F1 de ítems que se pierden en una variante, con intervalo por acta."""
    antes, despues = actas.variantes[limpia], actas.variantes[variante]
    casos = [
        (n, np.concatenate([cuentas_de_items(m), cuentas_de_items(despues[n])]))
        for n, m in antes.items()
    ]
    return cifra(casos, _caida(f1_de(0)), len(casos))


def campo_de_actas(actas: Actas, variante: str, campo: str) -> Cifra:
    """Parte exacta de un campo en los ítems bien hallados, con intervalo por acta."""
    medidas = actas.variantes[variante]
    casos = [(n, np.array(m.campos[campo], float)) for n, m in medidas.items()]
    return cifra(casos, proporcion, sum(m.campos[campo][1] for m in medidas.values()))
