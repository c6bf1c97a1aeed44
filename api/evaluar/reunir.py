"""Reúne lo que se mide: cada conjunto y cada acta, tal cual, con ruido y en mayúsculas.

Las respuestas son las de `actas clasificar` y `actas procesar`: las mismas que ve quien usa el
programa. Los conjuntos de desarrollo solo se miden; nada se entrena ni se elige con ellos.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from api.evaluar.completo import Completo
from api.evaluar.reglas import MedidaDeReglas
from api.medir_lengua import MedidaDeLengua
from ingesta.documento import Documento
from ingesta.lectores import leer
from lineamientos.analisis import Analizador
from nlp.cambio import Cambiar, cambiar_documento
from nlp.entrenamiento import corpus
from nlp.entrenamiento.acuerdo import Acuerdo
from nlp.entrenamiento.evaluar import Medida, medir_acta
from nlp.entrenamiento.fugas import leer_jsonl
from nlp.entrenamiento.medidas import Caso
from nlp.entrenamiento.medidas_lugares import MedidaDeUbigeo
from nlp.entrenamiento.ruido import en_mayusculas, ensuciador
from nlp.secciones import reconocer_titulo

EJEMPLOS = Path(__file__).parents[2] / "ejemplos"
CIEGAS = EJEMPLOS.parent / "tests" / "ciegas"
VARIANTES: Mapping[str, Cambiar | None] = {
    "tal cual": None,
    "con ruido": ensuciador(),
    "en mayúsculas": en_mayusculas,
}
TAL_CUAL = "tal cual"
UNA_DE_CADA = 5
"""De lo escrito se mide una escena de cada cinco, según su orden en el archivo."""

TITULOS = {
    "reales_desarrollo": "reales",
    "acuerdos_desarrollo": "acuerdos",
    "escritos": "escritos apartados",
    "todo": "todo lo escrito",
}
GRUPOS_DE_ACTAS = {
    "ejemplos": (EJEMPLOS, "*.json"),
    "ciegas para afinar": (CIEGAS, "ciega-0[1-4]-*.json"),
    "ciegas sin mirar": (CIEGAS, "ciega-0[5-8]-*.json"),
}
"""Grupo → carpeta y qué lecturas esperadas son suyas (`ejemplos/LEEME.md`)."""

Avisar = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Conjunto:
    """Un conjunto de ítems sueltos con lo respondido en cada variante."""

    nombre: str
    titulo: str
    variantes: Mapping[str, Sequence[Caso]]

    @property
    def casos(self) -> Sequence[Caso]:
        """Devuelve los casos con el texto tal cual."""
        return self.variantes[TAL_CUAL]


@dataclass(frozen=True, slots=True)
class Actas:
    """Actas enteras con su medida, por variante; el nombre de cada una es el de su archivo."""

    nombre: str
    variantes: Mapping[str, Mapping[str, Medida]]


@dataclass(frozen=True, slots=True)
class Evaluacion:
    """Todo lo medido en una corrida.

    `juntos` une los dos conjuntos de desarrollo; `todo_lo_escrito`, las escenas que el programa vio
    y las que no, con el texto tal cual.
    """

    fecha: str
    modelos: Mapping[str, str]
    conjuntos: Sequence[Conjunto]
    juntos: Conjunto | None
    todo_lo_escrito: Sequence[Conjunto]
    actas: Sequence[Actas]
    completo: Completo | None
    modelo: str
    acuerdo: Mapping[str, Acuerdo]
    lengua: MedidaDeLengua | None
    ubigeo: Sequence[MedidaDeUbigeo]
    reglas: Sequence[MedidaDeReglas]

    @property
    def reales(self) -> list[Conjunto]:
        """Devuelve los conjuntos de desarrollo."""
        return [c for c in self.conjuntos if c.nombre != "escritos"]


def escritos() -> list[dict[str, Any]]:
    """Devuelve las filas escritas, con el número de su escena en `fuente`."""
    escena, fecha, filas = 0, None, []
    for fila in leer_jsonl(corpus.PROPIOS / "escritos_entrenamiento.jsonl"):
        if fila["fecha_acta"] != fecha:
            escena, fecha = escena + 1, fila["fecha_acta"]
        filas.append({**fila, "fuente": f"escena {escena}", "escena": escena})
    return filas


def reunir_conjuntos(
    analizador: Analizador, datos: Path | None, avisar: Avisar
) -> Iterator[Conjunto]:
    """Responde los conjuntos de desarrollo, si hay carpeta, y lo escrito apartado."""
    for nombre in corpus.DE_DESARROLLO if datos else ():
        ruta = (datos or Path()) / f"{nombre}.jsonl"
        if ruta.is_file():
            yield responder_conjunto(analizador, nombre, leer_jsonl(ruta), avisar)
    apartados = [f for f in escritos() if f["escena"] % UNA_DE_CADA == 0]
    yield responder_conjunto(analizador, "escritos", apartados, avisar)


def reunir_lo_escrito(analizador: Analizador, avisar: Avisar) -> Conjunto:
    """Responde todo lo escrito, con el texto tal cual."""
    return responder_conjunto(analizador, "todo", escritos(), avisar, [TAL_CUAL])


def reunir_actas(analizador: Analizador, avisar: Avisar) -> Iterator[Actas]:
    """Lee y analiza cada acta con lectura esperada, en las tres variantes."""
    for nombre, (carpeta, cuales) in GRUPOS_DE_ACTAS.items():
        esperados = sorted((carpeta / "esperado").glob(cuales))
        if not esperados:
            continue
        leidas = {ruta: leer(_archivo(carpeta, ruta)) for ruta in esperados}
        variantes = {}
        for variante, cambiar in VARIANTES.items():
            avisar(f"actas ({nombre}), {variante}")
            variantes[variante] = {
                ruta.stem: medir_acta(_analizar(analizador, documento, cambiar), ruta)
                for ruta, documento in leidas.items()
            }
        yield Actas(nombre, variantes)


def _archivo(carpeta: Path, esperado: Path) -> Path:
    (ruta,) = (p for p in carpeta.glob(f"{esperado.stem}.*") if p.suffix in {".docx", ".pdf"})
    return ruta


def _analizar(analizador: Analizador, documento: Documento, cambiar: Cambiar | None) -> Any:
    cambiado = (
        cambiar_documento(documento, cambiar(documento.texto), cambiar) if cambiar else documento
    )
    return analizador.tuberia.analizar(cambiado)


def responder_conjunto(
    analizador: Analizador,
    nombre: str,
    filas: Sequence[Mapping[str, Any]],
    avisar: Avisar,
    cuales: Iterable[str] = VARIANTES,
) -> Conjunto:
    """Responde cada fila en las variantes pedidas; `nombre` es uno de `TITULOS`."""
    variantes = {}
    for variante in cuales:
        cambiar = VARIANTES[variante]
        avisar(f"{TITULOS[nombre]}: {len(filas)} ítems, {variante}")
        variantes[variante] = tuple(_responder(analizador, f, cambiar) for f in filas)
    return Conjunto(nombre, TITULOS[nombre], variantes)


LITERALES = ("responsable", "colaboradores", "plazo", "lugar")
"""Campos anotados con las palabras del texto; varios van separados por «; »."""


def _responder(analizador: Analizador, fila: Mapping[str, Any], cambiar: Cambiar | None) -> Caso:
    fila = _cambiada(fila, cambiar) if cambiar else fila
    fecha, seccion = fila.get("fecha_acta"), fila.get("seccion")
    leido = analizador.clasificar(
        fila["id"],
        fila["texto"],
        date.fromisoformat(fecha) if fecha else None,
        reconocer_titulo(seccion) if seccion else None,
    )
    return Caso(fila, leido, corpus.documento(fila["fuente"]))


def _cambiada(fila: Mapping[str, Any], cambiar: Cambiar) -> dict[str, Any]:
    """Devuelve la fila con su texto cambiado y los campos anotados tal como quedan en él."""
    texto, posicion = cambiar(fila["texto"])

    def campo(anotado: str) -> str:
        inicio = fila["texto"].find(anotado)
        if inicio < 0:
            return cambiar(anotado)[0]
        return texto[posicion[inicio] : posicion[inicio + len(anotado)]]

    literales = {
        columna: "; ".join(map(campo, fila[columna].split("; ")))
        for columna in LITERALES
        if fila.get(columna)
    }
    return {**fila, "texto": texto, **literales}


def juntar(conjuntos: Sequence[Conjunto]) -> Conjunto | None:
    """Une los conjuntos de desarrollo, que se juzgan juntos en la abstención; None si no están."""
    reales = [c for c in conjuntos if c.nombre in corpus.DE_DESARROLLO]
    if not reales:
        return None
    variantes = {v: [k for c in reales for k in c.variantes[v]] for v in VARIANTES}
    return replace(reales[0], nombre="juntos", titulo="los dos juntos", variantes=variantes)
