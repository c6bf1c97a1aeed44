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
Las oraciones de `tests/lineamientos/oraciones.jsonl` llevan los códigos que cada una debía recibir.
Se escribieron antes de afinar, en dos mitades por orden alterno: «afinar» se miró al corregir y
«prueba» no. «Reserva» se escribió al medir «prueba» y antes de corregir lo que ella mostró; la
«segunda reserva», sobre el plazo, después de corregir lo que mostró la primera. Esas las escribió
quien afinó; la «tercera reserva», quien no había visto la gramática de los plazos, y la «cuarta»,
quien no había visto el revisor, solo una lista de lo corregido tras la tercera; la «quinta», quien
solo había leído el dominio y la guía, y la «sexta», toda de plazos con muchas fechas de otra cosa,
lo mismo. En estas tres se anotaron nada más los códigos de los defectos
con meta, y solo esos se cuentan; en la quinta, además, se dio por limpia toda tarea, y el revisor
sí avisa en ellas un plazo vago. Con «clase elegida» la clase la da la persona, como en el editor;
con «clase del modelo», el análisis. Lo que está en duda y bien podría ser compromiso lleva también
su juicio SMART, sin hallazgos."""

_A_CIEGAS = (
    ("prueba", "todos los códigos", 96, 0.853, 0.906),
    ("prueba", "sin plazo", 13, 0.68, 1.0),
    ("prueba", "plazo vago", 6, 1.0, 1.0),
    ("prueba", "sin responsable o genérico", 9, 1.0, 1.0),
    ("prueba", "verbo débil", 9, 0.90, 1.0),
    ("reserva", "todos los códigos", 56, 0.804, 0.804),
    ("reserva", "sin plazo", 13, 0.65, 1.0),
    ("reserva", "plazo vago", 10, 1.0, 0.60),
    ("reserva", "sin responsable o genérico", 12, 1.0, 0.92),
    ("reserva", "verbo débil", 10, 0.91, 1.0),
    ("segunda reserva", "todos los códigos", 28, 0.893, 0.893),
    ("segunda reserva", "sin plazo", 10, 0.83, 1.0),
    ("segunda reserva", "plazo vago", 12, 1.0, 0.75),
    ("tercera reserva", "todos los códigos", 60, 0.818, 0.90),
    ("tercera reserva", "sin plazo", 21, 0.909, 0.952),
    ("tercera reserva", "plazo vago", 11, 1.0, 1.0),
    ("tercera reserva", "sin responsable o genérico", 7, 0.857, 0.857),
    ("tercera reserva", "verbo débil", 5, 1.0, 1.0),
    ("cuarta reserva", "sin plazo", 24, 0.889, 1.0),
    ("cuarta reserva", "plazo vago", 12, 1.0, 1.0),
    ("cuarta reserva", "sin responsable o genérico", 22, 0.905, 0.864),
    ("cuarta reserva", "verbo débil", 14, 0.929, 0.929),
    ("quinta reserva", "sin plazo", 28, 0.871, 0.964),
    ("quinta reserva", "plazo vago", 14, 0.765, 0.929),
    ("quinta reserva", "sin responsable o genérico", 20, 0.947, 0.90),
    ("quinta reserva", "verbo débil", 16, 1.0, 0.875),
    ("sexta reserva", "sin plazo", 32, 0.862, 0.781),
    ("sexta reserva", "plazo vago", 14, 1.0, 0.857),
)
"""Lo medido el 2026-11-25, una sola vez, antes de mirar las fallas, con la clase elegida."""

_A_CIEGAS_DEL_MODELO = (
    ("tercera reserva", "sin plazo", 21, 0.90, 0.90),
    ("tercera reserva", "plazo vago", 11, 1.0, 1.0),
    ("tercera reserva", "sin responsable o genérico", 7, 0.86, 0.86),
    ("tercera reserva", "verbo débil", 5, 1.0, 1.0),
    ("cuarta reserva", "sin plazo", 24, 0.885, 0.958),
    ("cuarta reserva", "plazo vago", 12, 1.0, 0.917),
    ("cuarta reserva", "sin responsable o genérico", 22, 0.889, 0.727),
    ("cuarta reserva", "verbo débil", 14, 1.0, 0.786),
    ("quinta reserva", "sin plazo", 28, 0.828, 0.857),
    ("quinta reserva", "plazo vago", 14, 0.75, 0.857),
    ("quinta reserva", "sin responsable o genérico", 20, 0.938, 0.75),
    ("quinta reserva", "verbo débil", 16, 1.0, 0.875),
    ("sexta reserva", "sin plazo", 32, 0.852, 0.719),
    ("sexta reserva", "plazo vago", 14, 1.0, 0.857),
)
"""Lo mismo, con la clase que dio el análisis."""

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
    yield "### A ciegas\n\n" + _a_ciegas()
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


def _a_ciegas() -> str:
    filas = [
        [f"{parte}, {modo}: {que}", str(n), t.numero(precision, 2), t.numero(cobertura, 2)]
        for modo, medido in (
            ("clase elegida", _A_CIEGAS),
            ("clase del modelo", _A_CIEGAS_DEL_MODELO),
        )
        for parte, que, n, precision, cobertura in medido
    ]
    return (
        "Cada parte se midió el 2026-11-25 antes de mirar sus fallas: esto es lo "
        "que cabe esperar de oraciones nuevas. Lo que más falla es la manera de decir un plazo sin "
        "fecha: si no se reconoce, sale «sin plazo» donde debía salir otro aviso de plazo. Después "
        "se corrigió lo que mostraron, así que las tablas siguientes ya no son a ciegas.\n\n"
        + t.tabla(["", "n", "precisión", "exhaustividad"], filas)
    )


def _metas(medidas: Sequence[MedidaDeReglas]) -> str:
    filas = []
    for medida in medidas:
        for nombre, c in medida.metas.items():
            if not c.esperados:
                continue
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
