"""La tabla de metas del encargo contra lo medido, y lo que se pierde al estropear el texto."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from api.evaluar import tablas as t
from api.evaluar.reunir import TAL_CUAL, Evaluacion
from nlp.entrenamiento import medidas as m
from nlp.entrenamiento.intervalos import Cifra
from nlp.entrenamiento.medidas import Medida
from nlp.entrenamiento.medidas_campos import DE_CAMPOS, DE_CAMPOS_ESCRITOS

CAIDA_ADMITIDA = {"con ruido": 5.0, "en mayúsculas": 3.0}


def resumen(ev: Evaluacion) -> str:
    """Metas del encargo contra lo medido; la marca mira el valor, no el intervalo."""
    filas: list[Sequence[str]] = []

    def anotar(que: str, donde: str, leida: Cifra, meta: float, al_menos: bool = True) -> None:
        cumple = leida.valor >= meta if al_menos else leida.valor <= meta
        signo = "≥" if al_menos else "≤"
        marca = "–" if math.isnan(leida.valor) else "sí" if cumple else "**no**"
        meta_escrita = f"{signo} {t.numero(meta, 2)}"
        filas.append([que, donde, meta_escrita, t.con_intervalo(leida), marca])

    pedidas = {"reales_desarrollo": 0.82, "acuerdos_desarrollo": 0.75}
    for conjunto in ev.reales:
        faciles = [c for c in conjunto.casos if not c.oro.get("dificil")]
        titulo = conjunto.titulo
        anotar(
            "macro-F1 de clase", titulo, m.MACRO_F1.medir(conjunto.casos), pedidas[conjunto.nombre]
        )
        anotar("macro-F1 de clase, fáciles", titulo, m.MACRO_F1.medir(faciles), 0.90)
        for medida in (m.EXHAUSTIVIDAD_DE_COMPROMISO, m.MACRO_F1_DE_TIPO, *DE_CAMPOS):
            if medida.meta is not None:
                anotar(medida.titulo, titulo, medida.medir(conjunto.casos), medida.meta)
    if ev.juntos:
        for medida in (m.EXACTITUD_SIN_DUDA, m.COBERTURA):
            anotar(medida.titulo, ev.juntos.titulo, medida.medir(ev.juntos.casos), medida.meta or 0)
        ece = m.ERROR_DE_CALIBRACION
        anotar(ece.titulo, ev.juntos.titulo, ece.medir(ev.juntos.casos), 0.05, al_menos=False)
    for conjunto in ev.conjuntos:
        if conjunto.nombre == "escritos":
            for medida in DE_CAMPOS_ESCRITOS:
                if medida.meta is not None:
                    anotar(
                        medida.titulo, conjunto.titulo, medida.medir(conjunto.casos), medida.meta
                    )
    for actas in ev.actas:
        titulo = f"actas: {actas.nombre}"
        anotar("ítems, F1", titulo, t.f1_de_actas(actas, TAL_CUAL), 0.92)
        campo = "entidades del catálogo"
        anotar(campo, titulo, t.campo_de_actas(actas, TAL_CUAL, campo), 0.95)
    for de_forma in ev.ubigeo:
        anotar("ubigeo exacto", f"distritos: {de_forma.forma}", de_forma.exacto, 0.95)
    for variante, tope in CAIDA_ADMITIDA.items():
        for donde, que, caida in caidas(ev, variante):
            anotar(f"puntos que se pierden {variante}: {que}", donde, caida, tope, al_menos=False)
    if ev.lengua:
        exigidas = (
            ("palabras por segundo de CPU", ev.lengua.palabras_por_segundo, 5000, True),
            ("cláusula de 64 palabras, ms (p50)", ev.lengua.clausula_p50_ms, 30, False),
            ("carga, s de CPU", ev.lengua.carga_s, 2.5, False),
            ("memoria, MB", ev.lengua.memoria_mb, 450, False),
        )
        for que, valor, meta, al_menos in exigidas:
            sola = Cifra(valor, math.nan, math.nan, 1)
            anotar(que, "paso de lengua", sola, meta, al_menos)
    return t.tabla(["medida", "conjunto", "meta", "medido", "cumple"], filas)


def caidas(ev: Evaluacion, variante: str) -> Iterator[tuple[str, str, Cifra]]:
    """Da (conjunto, qué, puntos que se pierden) en una variante del texto."""
    for conjunto in ev.conjuntos:
        medidas: list[tuple[str, Medida]] = [("responsable", DE_CAMPOS[1]), ("plazo", DE_CAMPOS[3])]
        if conjunto.nombre != "escritos":
            medidas.insert(0, ("clase", m.MACRO_F1))
        for que, medida in medidas:
            caida = t.diferencia(medida, conjunto.casos, conjunto.variantes[variante])
            yield conjunto.titulo, que, caida
    for actas in ev.actas:
        yield f"actas: {actas.nombre}", "ítems", t.caida_de_actas(actas, TAL_CUAL, variante)
