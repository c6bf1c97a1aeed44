"""Escribe `docs/calidad.md` con lo medido."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from api.evaluar import tablas as t
from api.evaluar.reglas_md import seccion
from api.evaluar.resumen import caidas, resumen
from api.evaluar.reunir import TAL_CUAL, VARIANTES, Conjunto, Evaluacion
from api.medir_lengua import MedidaDeLengua
from nlp.entrenamiento import medidas as m
from nlp.entrenamiento.evaluar import CAMPOS, CLASES
from nlp.entrenamiento.intervalos import Cifra
from nlp.entrenamiento.lecturas import lecturas, peores, razon_del_error
from nlp.entrenamiento.medidas import Caso
from nlp.entrenamiento.medidas_campos import DE_CAMPOS, DE_CAMPOS_ESCRITOS, DE_SMART
from nlp.entrenamiento.medidas_lugares import FORMAS

COBERTURAS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
PEORES = 40


def documento(ev: Evaluacion) -> str:
    """Devuelve `docs/calidad.md`."""
    return "\n\n".join(_partes(ev)) + "\n"


def _partes(ev: Evaluacion) -> Iterator[str]:
    yield "# Calidad medida"
    versiones = ", ".join(f"{k}: {v}" for k, v in ev.modelos.items())
    yield (
        "Este documento lo escribe `make evaluar DATOS=carpeta`; no se edita a mano. "
        f"Medido el {ev.fecha} ({versiones}). Cada cifra lleva su intervalo del 95 %, "
        "remuestreando documentos enteros. Los conjuntos de desarrollo solo se miden: nada se "
        "entrena ni se elige con ellos, y ninguna fila de entrenamiento repite su texto "
        "([fugas](../nlp/entrenamiento/fugas.py))."
    )
    if not ev.reales:
        yield "**Sin conjuntos reales**: se midió solo con lo que hay en el repositorio."
    yield _conjuntos(ev)
    yield "## Lo que se pide y lo que hay\n\n" + resumen(ev)
    if ev.reales:
        yield "## Clase y tipo\n\n" + t.de_medidas([*m.DE_CLASE, *m.EXHAUSTIVIDAD], _con_juntos(ev))
        for conjunto in ev.reales:
            yield f"### {conjunto.titulo.capitalize()}, clase por clase\n\n" + t.por_clase(
                conjunto.casos
            )
            yield "Confusiones:\n\n" + t.de_confusion(conjunto.casos)
        yield "### Por dificultad y por país\n\n" + _por_grupo(ev)
        yield "## Abstención y calibración\n\n" + _abstencion(ev)
    yield "## Campos de ítems sueltos\n\n" + _campos(ev)
    yield "## Reglas de redacción\n\n" + seccion(ev)
    yield "## Actas enteras\n\n" + _actas(ev)
    yield "## UBIGEO\n\n" + _ubigeo(ev)
    yield "## Robustez\n\n" + _robustez(ev)
    if ev.lengua:
        yield "## Velocidad del paso de lengua\n\n" + _velocidad(ev.lengua)
    yield "## Lo que exige entrenar de nuevo\n\n" + _completo(ev)
    yield "## Acuerdo entre lecturas de las etiquetas\n\n" + _acuerdo(ev)
    if ev.juntos:
        yield f"## Los {PEORES} peores errores\n\n" + _errores(ev.juntos.casos)
        yield "## Etiquetas de desarrollo dudosas\n\n" + _dudosas(ev.juntos.casos)
    yield "## Cómo se mide\n\n" + _COMO


def _con_juntos(ev: Evaluacion) -> list[Conjunto]:
    return [*ev.reales, *([ev.juntos] if ev.juntos else [])]


def _conjuntos(ev: Evaluacion) -> str:
    filas = [
        [c.titulo, str(len(c.casos)), str(len({k.documento for k in c.casos}))]
        for c in ev.conjuntos
    ]
    filas += [
        [
            f"actas: {a.nombre}",
            str(sum(x.esperados for x in a.variantes[TAL_CUAL].values())),
            str(len(a.variantes[TAL_CUAL])),
        ]
        for a in ev.actas
    ]
    return t.tabla(["conjunto", "ítems", "documentos o escenas"], filas)


def _por_grupo(ev: Evaluacion) -> str:
    filas = [
        [
            nombre,
            str(len(casos)),
            t.macro_o_raya(casos),
            t.con_intervalo(m.EXACTITUD.medir(casos)),
        ]
        for nombre, casos in t.grupos(ev.reales)
    ]
    return t.tabla(["grupo", "n", "macro-F1", "exactitud"], filas)


def _abstencion(ev: Evaluacion) -> str:
    cabecera = ["exactitud a cobertura", *(t.numero(c, 1) for c in COBERTURAS)]
    filas = [[c.titulo, *t.cobertura_y_exactitud(c.casos, COBERTURAS)] for c in _con_juntos(ev)]
    return (
        t.tabla(cabecera, filas)
        + "\n\n![Confianza contra acierto](calidad/calibracion.svg)\n\nLa línea de puntos es la "
        "calibración perfecta: de lo que se propone con confianza 0,8 debe ser cierto el 80 %."
    )


def _campos(ev: Evaluacion) -> str:
    escritos = [c for c in ev.conjuntos if c.nombre == "escritos"]
    partes = [t.de_medidas(DE_CAMPOS_ESCRITOS, [*escritos, *ev.todo_lo_escrito])]
    if ev.reales:
        partes.insert(0, t.de_medidas([*DE_CAMPOS, *DE_SMART], ev.reales))
    return "\n\n".join(partes) + (
        "\n\nEn lo escrito se mide una escena de cada cinco. El modelo de clase las vio al "
        "entrenar: aquí solo valen los campos, que son reglas; la clase en escenas no vistas está "
        "en [lo que exige entrenar de nuevo](#lo-que-exige-entrenar-de-nuevo)."
    )


def _actas(ev: Evaluacion) -> str:
    titulos = [a.nombre for a in ev.actas]
    filas = [
        [f"F1 de {nombre}", *(t.con_intervalo(t.f1_de_actas(a, TAL_CUAL, i)) for a in ev.actas)]
        for i, nombre in enumerate(["ítems (segmentación y clase)", *(c.value for c in CLASES)])
    ]
    filas += [
        [
            f"{campo}, exacto",
            *(t.con_intervalo(t.campo_de_actas(a, TAL_CUAL, campo)) for a in ev.actas),
        ]
        for campo in CAMPOS
    ]
    return t.tabla(["", *titulos], filas) + (
        "\n\nUn ítem es el mismo si sus palabras coinciden (F1 ≥ 0,6). Los campos se comparan "
        "solo en los ítems bien hallados y de clase correcta."
    )


def _ubigeo(ev: Evaluacion) -> str:
    filas = [
        [u.forma, f"«{FORMAS[u.forma]}»", t.con_intervalo(u.exacto), t.con_intervalo(u.hallado)]
        for u in ev.ubigeo
    ]
    return t.tabla(["cómo se nombra", "oración", "exacto", "hallado"], filas) + (
        "\n\nCada distrito del país en cada forma, con la región del acta conocida (en cadena la "
        "da el texto). «Exacto» es su código, o todos los de ese nombre como candidatos si en la "
        "región hay varios; «hallado» cuenta además un solo candidato por confirmar (puede ser un "
        "caserío del mismo nombre) y la provincia homónima."
    )


def _robustez(ev: Evaluacion) -> str:
    por_variante = {v: list(caidas(ev, v)) for v in VARIANTES if v != TAL_CUAL}
    filas = [
        [f"{donde}: {que}", *(_puntos(c[i][2]) for c in por_variante.values())]
        for i, (donde, que, _) in enumerate(next(iter(por_variante.values())))
    ]
    return t.tabla(["puntos que se pierden", *por_variante], filas) + (
        "\n\nEl ruido imita un mal OCR: letras y tildes perdidas, «ó» leída «o» o «é», «N°» leído "
        '«N"», palabras unidas y partidas; cambia cerca de una palabra de cada diez '
        "([ruido](../nlp/entrenamiento/ruido.py)). Un valor negativo es una mejora."
    )


def _velocidad(lengua: MedidaDeLengua) -> str:
    filas = [
        ["palabras por segundo de CPU", t.numero(lengua.palabras_por_segundo, 0)],
        ["cláusula de 64 palabras, ms de CPU (p50)", t.numero(lengua.clausula_p50_ms, 1)],
        ["cláusula de 64 palabras, ms de CPU (p90)", t.numero(lengua.clausula_p90_ms, 1)],
        ["carga de la tubería en un proceso nuevo, s de CPU", t.numero(lengua.carga_s, 1)],
        ["memoria máxima de ese proceso, MB", t.numero(lengua.memoria_mb, 0)],
    ]
    return t.tabla(["en dos núcleos compartidos", ""], filas)


def _puntos(caida: Cifra) -> str:
    intervalo = f" [{t.numero(caida.bajo, 1)}; {t.numero(caida.alto, 1)}]"
    return t.numero(caida.valor, 1) + ("" if math.isnan(caida.bajo) else intervalo)


def _completo(ev: Evaluacion) -> str:
    c = ev.completo
    if c is None:
        return "Sin medir. `make evaluar DATOS=carpeta COMPLETO=1` lo hace y lo guarda."
    partes = [
        f"Medido el {c['fecha']} con {' + '.join(f'{k} ({n})' for k, n in c['corpus'].items())}."
        + ("" if c["modelo"] == ev.modelo else " **El modelo de clase cambió desde entonces.**")
    ]
    filas = [[n, t.con_intervalo(Cifra(**v))] for n, v in c["escenas_apartadas"].items()]
    partes.append(
        "Macro-F1 de lo escrito, en escenas que el modelo no vio:\n\n"
        + t.tabla(["tarea", "macro-F1"], filas)
    )
    for titulo, clave in (
        ("Curva de aprendizaje (parte de los documentos reales)", "curva"),
        ("Ablación", "ablacion"),
    ):
        if c[clave]:
            nombres = list(c[clave][0]["macro_f1"])
            filas = [
                [x["modo"], str(x["documentos"]), str(x["filas"])]
                + [t.con_intervalo(Cifra(**x["macro_f1"][n])) for n in nombres]
                for x in c[clave]
            ]
            cabecera = ["", "documentos", "filas", *(n.replace("_", " ") for n in nombres)]
            partes.append(f"### {titulo}\n\n" + t.tabla(cabecera, filas))
    if c["curva"]:
        partes.insert(3, "![Curva de aprendizaje](calidad/curva.svg)")
    return "\n\n".join(partes)


def _acuerdo(ev: Evaluacion) -> str:
    filas = [
        [
            nombre,
            str(a.filas),
            t.numero(100 * a.iguales, 0) + " %",
            t.con_intervalo(a.kappa),
            " · ".join(f"{una} → {otra} {n}" for (una, otra), n in a.desacuerdos),
        ]
        for nombre, a in ev.acuerdo.items()
    ]
    nota = (
        "Leyeron a ciegas, con la misma guía, lectores de la misma clase que los de la primera "
        "lectura: la cifra es optimista y no sustituye a un especialista de la Secretaría."
    )
    cabecera = ["segunda lectura a ciegas", "filas", "coinciden", "κ", "desacuerdos (1.ª → 2.ª)"]
    return nota + "\n\n" + t.tabla(cabecera, filas)


def _errores(casos: Sequence[Caso]) -> str:
    filas = [
        [
            str(c.oro["id"]),
            f"{c.oro['clase']} → {c.leido['clase']}",
            t.numero(c.leido["confianza"] or math.nan, 2),
            "sí" if c.leido["duda"] else "no",
            "sí" if c.oro.get("dificil") else "no",
            razon_del_error(c),
        ]
        for c in peores(list(casos), PEORES)
    ]
    nota = "Los más confiados primero; los textos no están en el repositorio."
    cabecera = ["id", "oro → leída", "confianza", "duda", "difícil", "razón"]
    return f"{nota}\n\n{t.tabla(cabecera, filas)}"


def _dudosas(casos: Sequence[Caso]) -> str:
    leidas = {c.oro["id"]: c for c in casos}
    filas = [
        [i, leidas[i].oro["clase"], x.sugerida.value, leidas[i].leido["clase"], x.razon]
        for i, x in sorted(lecturas().items())
        if x.sugerida and i in leidas
    ]
    return (
        "La etiqueta no se corrige y así se mide; por la guía cabría otra. "
        f"Son {len(filas)} de {len(casos)}.\n\n"
        + t.tabla(["id", "etiqueta", "cabría", "leída", "razón"], filas)
    )


_COMO = """\
- Las respuestas son las de `actas clasificar`; las cuentas, las del evaluador del contrato.
- El intervalo sale de mil remuestreos de documentos enteros, con reposición (percentiles 2,5 y
  97,5).
- Documento: la fuente sin su renglón; en lo escrito, la escena; en las actas, el acta.
- «Sin duda» es lo que el modelo afirma; en lo demás pide que una persona elija.
- Error de calibración: diez cajas de confianza; lo decidido por regla no la trae y vale 0."""
