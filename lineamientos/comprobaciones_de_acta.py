"""Las comprobaciones del acta entera: lo que no se ve mirando un ítem solo.

Una comprobación mira un `CasoDeActa` y produce `SenalDeActa`. Para sumar una: una función y una
línea en `COMPROBACIONES_DE_ACTA`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

from ingesta.documento import Documento, Tramo
from lineamientos.terminos import apariciones
from nlp import fechas
from nlp.acta_analizada import DatosDelActa
from nlp.plegado import plegar
from nlp.propuesta import Aceptacion, Clase, Propuesta

_APERTURA = re.compile(r"\bsiendo las\b")
_CERCA = 160
"""Letras tras «siendo las» en que se busca la fecha de la reunión."""
_LETRAS_DE_UNA_PALABRA = 4
_PALABRAS_DE_UN_ITEM = 4
"""Con menos palabras que estas, dos ítems iguales pueden ser dos hechos distintos."""


@dataclass(frozen=True, slots=True)
class CasoDeActa:
    """El acta que se revisa: su documento, sus datos generales y lo que se propuso."""

    documento: Documento
    datos: DatosDelActa
    propuestas: tuple[Propuesta, ...]

    @property
    def es_reunion(self) -> bool:
        """Dice si es el acta de una reunión: un cuadro sin hora ni participantes no lo es."""
        return self.datos.hora_inicio is not None or bool(self.datos.participantes)

    def de_clase(self, *clases: Clase) -> list[Propuesta]:
        """Devuelve las propuestas de esas clases, en orden de lectura."""
        return [p for p in self.propuestas if p.clase in clases]


@dataclass(frozen=True, slots=True)
class SenalDeActa:
    """Lo que falta o se contradice: dónde se ve y a qué ítems toca.

    `tramo` es None si lo que falta no está en ningún lugar. `datos` completa el mensaje.
    """

    tramo: Tramo | None = None
    items: tuple[str, ...] = ()
    datos: Mapping[str, str] = field(default_factory=dict)


def sin_terminos(
    caso: CasoDeActa, terminos: Sequence[str], salvo: Sequence[str] = ()
) -> Iterator[SenalDeActa]:
    """Señala el acta de una reunión, con compromisos, en que no aparece ninguno de los términos.

    Una aparición dentro de un término de `salvo` no cuenta.
    """
    if not caso.es_reunion or not caso.de_clase(Clase.COMPROMISO):
        return
    texto = caso.documento.texto
    exentos = list(apariciones(texto, salvo))
    if all(any(e.toca(t) for e in exentos) for t in apariciones(texto, terminos)):
        titulo = caso.datos.titulo
        yield SenalDeActa(titulo.tramo if titulo else None)


def sin_agenda(caso: CasoDeActa, terminos: Sequence[str]) -> Iterator[SenalDeActa]:
    """Señala el acta de una reunión que no trae agenda ni la nombra con esos términos."""
    if not caso.datos.agenda:
        yield from sin_terminos(caso, terminos)


def pedido_sin_respuesta(caso: CasoDeActa) -> Iterator[SenalDeActa]:
    """Señala, juntos, los pedidos a los que nadie respondió o que quedaron pendientes."""
    atendidos = {p.pedido_de_origen for p in caso.propuestas}
    abiertos = [
        p
        for p in caso.de_clase(Clase.PEDIDO)
        if p.atributos.aceptacion in {None, Aceptacion.PENDIENTE} and p.id not in atendidos
    ]
    if abiertos:
        ids = tuple(p.id for p in abiertos)
        yield SenalDeActa(abiertos[0].tramo, ids, {"cuantos": _cuantos(len(abiertos), "pedido")})


def fechas_contradictorias(caso: CasoDeActa) -> Iterator[SenalDeActa]:
    """Señala las fechas que se contradicen dentro del acta.

    Son tres casos: el día de la semana no es el de la fecha; la apertura dice otro día que los
    datos generales; y un ítem dice una fecha y la columna de plazo de su fila, otra.
    """
    texto, dia = caso.documento.texto, caso.datos.dia
    leidas = fechas.buscar(texto, dia)
    for leida in leidas:
        if leida.discrepa and not leida.anio_supuesto:
            dato = {"que": "el día de la semana no es el de esa fecha"}
            yield SenalDeActa(Tramo(leida.inicio, leida.fin), datos=dato)
    yield from _apertura_contradictoria(caso, leidas)
    for propuesta in caso.propuestas:
        yield from _fila_contradictoria(caso, propuesta)


def items_duplicados(caso: CasoDeActa, parecido: float) -> Iterator[SenalDeActa]:
    """Señala, juntos, los ítems de una clase que dicen casi lo mismo, con las mismas cifras.

    `parecido` va de 0 a 1: la parte de sus palabras que comparten. Cada grupo se compara con su
    primer ítem.
    """
    for clase in (Clase.PEDIDO, Clase.COMPROMISO, Clase.TAREA):
        for iguales in _grupos(caso, caso.de_clase(clase), parecido):
            if len(iguales) > 1:
                repetido = caso.documento.fragmento(iguales[0].tramo)
                dato = {"texto": repetido if len(repetido) <= 90 else f"{repetido[:87]}…"}
                yield SenalDeActa(iguales[1].tramo, tuple(p.id for p in iguales), dato)


COMPROBACIONES_DE_ACTA: dict[str, Callable[..., Iterator[SenalDeActa]]] = {
    "sin_terminos": sin_terminos,
    "sin_agenda": sin_agenda,
    "pedido_sin_respuesta": pedido_sin_respuesta,
    "fechas_contradictorias": fechas_contradictorias,
    "items_duplicados": items_duplicados,
}


def _apertura_contradictoria(
    caso: CasoDeActa, leidas: Sequence[fechas.FechaLeida]
) -> Iterator[SenalDeActa]:
    apertura = _APERTURA.search(plegar(caso.documento.texto))
    fecha, dia = caso.datos.fecha, caso.datos.dia
    if apertura is None or fecha is None or dia is None:
        return
    for leida in leidas:
        if not 0 <= leida.inicio - apertura.end() < _CERCA:
            continue
        tramo = Tramo(leida.inicio, leida.fin)
        dentro = leida.primero and leida.ultimo and leida.primero <= dia <= leida.ultimo
        if leida.primero and not dentro and not fecha.tramo.toca(tramo):
            yield SenalDeActa(tramo, datos={"que": f"la fecha del acta es {dia:%d/%m/%Y}"})
        return


def _fila_contradictoria(caso: CasoDeActa, propuesta: Propuesta) -> Iterator[SenalDeActa]:
    fila = propuesta.segmento.fila
    if fila is None or "plazo" not in fila.tramos:
        return
    celda = fila.tramos["plazo"]
    dichas = _dias(caso, propuesta.tramo)
    escritas = _dias(caso, celda)
    if len(dichas) == len(escritas) == 1 and dichas != escritas:
        [dia] = dichas
        dato = {"que": f"el texto de la fila dice {dia:%d/%m/%Y}"}
        yield SenalDeActa(celda, (propuesta.id,), dato)


def _dias(caso: CasoDeActa, tramo: Tramo) -> set[object]:
    leidas = fechas.buscar(caso.documento.fragmento(tramo), caso.datos.dia)
    return {f.ultimo for f in leidas if f.ultimo and f.primero == f.ultimo}


def _grupos(
    caso: CasoDeActa, propuestas: Sequence[Propuesta], parecido: float
) -> list[list[Propuesta]]:
    """Reúne las que se repiten, en orden de lectura.

    Dos conjuntos que comparten esa parte de sus palabras comparten alguna de las más raras (filtro
    por prefijo: Chaudhuri, Ganti y Kaushik, 2006): solo se comparan los que la comparten, y un
    acta de miles de ítems no los compara todos con todos.
    """
    leidas = [(p, *_cifras_y_palabras(caso.documento.fragmento(p.tramo))) for p in propuestas]
    veces = Counter(palabra for _, _, palabras in leidas for palabra in palabras)
    grupos: list[list[Propuesta]] = []
    de_primeras: list[frozenset[str]] = []
    por_rara: dict[tuple[tuple[str, ...], str], list[int]] = defaultdict(list)
    for propuesta, cifras, palabras in leidas:
        if len(palabras) < _PALABRAS_DE_UN_ITEM:
            continue
        raras = sorted(palabras, key=lambda p: (veces[p], p))
        raras = raras[: len(raras) - ceil(parecido * len(raras) - 1e-9) + 1]
        posibles = sorted({g for rara in raras for g in por_rara[cifras, rara]})
        igual = next(
            (
                g
                for g in posibles
                if _comparten(palabras, de_primeras[g]) >= parecido
                and propuesta.segmento.padre != grupos[g][0].id
            ),
            None,
        )
        if igual is not None:
            grupos[igual].append(propuesta)
            continue
        for rara in raras:
            por_rara[cifras, rara].append(len(grupos))
        grupos.append([propuesta])
        de_primeras.append(palabras)
    return grupos


def _cifras_y_palabras(texto: str) -> tuple[tuple[str, ...], frozenset[str]]:
    plano = plegar(texto)
    largas = re.findall(rf"[a-z]{{{_LETRAS_DE_UNA_PALABRA},}}", plano)
    return tuple(sorted(re.findall(r"\d+", plano))), frozenset(largas)


def _comparten(unas: frozenset[str], otras: frozenset[str]) -> float:
    return len(unas & otras) / len(unas | otras)


def _cuantos(numero: int, nombre: str) -> str:
    return f"1 {nombre} quedó" if numero == 1 else f"{numero} {nombre}s quedaron"
