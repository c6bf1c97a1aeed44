"""La parte de `docs/calidad.md` que dice qué tan bien avisan las reglas."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from api.evaluar import tablas as t
from api.evaluar.reglas import Conteo, MedidaDeReglas, total
from api.evaluar.reunir import Conjunto, Evaluacion
from nlp.propuesta import Clase

PRECISION_PEDIDA, EXHAUSTIVIDAD_PEDIDA = 0.90, 0.85
CRITERIOS = (("especifico", "especifico"), ("medible", "medible"), ("plazo", "temporal"))
"""Criterio como lo llaman las etiquetas de desarrollo y como lo llama el contrato."""

_NOTA = """\
Las oraciones de `tests/lineamientos/oraciones.jsonl` se escribieron antes de afinar las reglas, con
los códigos que cada una debía recibir, y se parten por orden alterno. La parte «afinar» se miró al
corregir; la parte «prueba» solo se mide. Las dos las escribió quien afinó: no sustituyen a las que
escribiría otra persona. Con «clase elegida» la clase la da la persona, como en el editor; con
«clase del modelo», el análisis. Las `otro` las clasifica siempre el modelo."""

_NOTA_DE_SINTETICOS = """\
Las alertas de los ejemplos sintéticos no son exhaustivas (anotan el defecto que cada ejemplo
ilustra): una alerta «de más» suele ser un defecto cierto que nadie anotó. «T-vague» incluye ahí el
año de un presupuesto y «la próxima asamblea», que aquí son periodo (T05) y hecho (T06)."""


def seccion(ev: Evaluacion) -> str:
    """Devuelve la sección de las reglas."""
    return "\n\n".join(_partes(ev))


def _partes(ev: Evaluacion) -> Iterator[str]:
    propias = [m for m in ev.reglas if m.metas]
    yield _NOTA
    yield "### Defectos con meta\n\n" + _metas(propias)
    yield "### Falsas alarmas\n\n" + _alarmas(ev.reglas)
    if con_clase := [m for m in propias if "elegida" in m.titulo]:
        yield "### Código por código, con la clase elegida\n\n" + _codigos(con_clase)
    yield "### Criterios «no cumple»\n\n" + _criterios(propias, ev.reales)
    for medida in ev.reglas:
        if not medida.metas:
            yield f"### {medida.titulo.capitalize()}\n\n{_NOTA_DE_SINTETICOS}\n\n" + t.tabla(
                ["alerta", "n", "precisión", "exhaustividad"],
                [_fila(nombre, c) for nombre, c in medida.codigos.items()],
            )


def _metas(medidas: Sequence[MedidaDeReglas]) -> str:
    filas = []
    for medida in medidas:
        for nombre, c in medida.metas.items():
            cumple = c.precision >= PRECISION_PEDIDA and c.exhaustividad >= EXHAUSTIVIDAD_PEDIDA
            filas.append([*_fila(f"{medida.titulo}: {nombre}", c), "sí" if cumple else "**no**"])
    pedido = f"≥ {t.numero(PRECISION_PEDIDA, 2)} y ≥ {t.numero(EXHAUSTIVIDAD_PEDIDA, 2)}"
    return t.tabla(["defecto", "n", "precisión", "exhaustividad", pedido], filas)


def _alarmas(medidas: Sequence[MedidaDeReglas]) -> str:
    filas = [
        [
            medida.titulo,
            f"{len(medida.en_otro)} de {medida.otros}",
            t.numero(medida.media_por_bueno, 2),
            str(medida.buenos) if medida.buenos else "–",
        ]
        for medida in medidas
    ]
    cabecera = ["", "`otro` con hallazgos", "hallazgos por compromiso bueno", "buenos"]
    return t.tabla(cabecera, filas)


def _codigos(medidas: Sequence[MedidaDeReglas]) -> str:
    nombres = sorted({codigo for m in medidas for codigo in m.codigos})
    cabecera = ["código"]
    for medida in medidas:
        parte = medida.titulo.split(",")[0]
        cabecera += [f"n ({parte})", "precisión", "exhaustividad"]
    filas = [
        [nombre, *(celda for m in medidas for celda in _fila("", m.codigos.get(nombre))[1:])]
        for nombre in nombres
    ]
    todos = [celda for m in medidas for celda in _fila("", total(list(m.codigos.values())))[1:]]
    return t.tabla(cabecera, [*filas, ["**todos**", *todos]])


def _criterios(medidas: Sequence[MedidaDeReglas], reales: Sequence[Conjunto]) -> str:
    filas = [
        _fila(f"{m.titulo}: {criterio}", c) for m in medidas for criterio, c in m.criterios.items()
    ]
    filas += [
        _fila(f"{conjunto.titulo}: {pedido}", _de_conjunto(conjunto, etiqueta, pedido))
        for conjunto in reales
        for etiqueta, pedido in CRITERIOS
    ]
    return t.tabla(["", "n", "precisión", "exhaustividad"], filas)


def _de_conjunto(conjunto: Conjunto, etiqueta: str, criterio: str) -> Conteo:
    """Cuenta los defectos de un criterio como el evaluador del contrato."""
    conteo = Conteo()
    for caso in conjunto.casos:
        juicio = (caso.oro.get("smart") or {}).get(etiqueta)
        if caso.oro["clase"] == Clase.COMPROMISO and juicio is not None:
            dicho = (caso.leido["smart"] or {}).get(criterio)
            conteo.contar(juicio is False, dicho is False)
    return conteo


def _fila(nombre: str, conteo: Conteo | None) -> list[str]:
    if conteo is None:
        return [nombre, "0", "–", "–"]
    cifras = (conteo.precision, conteo.exhaustividad)
    return [
        nombre,
        str(conteo.esperados),
        *("–" if math.isnan(c) else t.numero(c, 2) for c in cifras),
    ]
