"""Lo que las plantillas del acta necesitan ya calculado: tarjetas, texto marcado y páginas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final, NamedTuple

from lineamientos.contrato import AvisoJson, CajaJson, ItemDeActaJson
from nlp.propuesta import Clase
from registro.acta import REGISTRABLES, Decision, PropuestaGuardada
from registro.consultas import ItemDelActa
from registro.errores import PropuestaDesconocida

FILTROS: Final = ("todos", "por_decidir", "compromiso", "pedido", "tarea", "otro")
"""Qué tarjetas se ven; el primero es el de fábrica."""


_SEPARADORES: Final = re.compile("([\n\t])")
_DNI: Final = re.compile(r"(?<![\d./-])\d{4}(?=\d{4}(?![\d/-]))")


@dataclass(frozen=True, slots=True)
class Tarjeta:
    """Un ítem del acta con su número de orden (desde 1) y su decisión, si la tiene."""

    numero: int
    propuesta: PropuestaGuardada
    decision: Decision | None
    version: int

    @property
    def item(self) -> ItemDeActaJson:
        """Devuelve el ítem tal como lo propuso el análisis."""
        return self.propuesta.item

    @property
    def ancla(self) -> str:
        """Devuelve el id de la tarjeta en la página."""
        return f"p{self.propuesta.id}"

    @property
    def clase(self) -> str:
        """Devuelve la clase que vale: la que decidió la persona o la propuesta."""
        if self.decision and self.decision.despues:
            return str(self.decision.despues["clase"])
        return self.propuesta.clase.value

    @property
    def falta_elegir(self) -> bool:
        """Dice si la persona debe elegir la clase: el análisis dudó o dijo «otro»."""
        return self.propuesta.duda or self.propuesta.clase is Clase.OTRO

    @property
    def pendiente(self) -> bool:
        """Dice si cuenta entre las que faltan decidir."""
        return self.decision is None and self.propuesta.clase in REGISTRABLES

    @property
    def paginas(self) -> str:
        """Devuelve en qué páginas está, como «2» o «2-3»; vacío si el archivo no las tiene."""
        numeros = [caja["pagina"] for caja in self.item["cajas"]]
        if not numeros:
            return ""
        primera, ultima = min(numeros), max(numeros)
        return str(primera) if primera == ultima else f"{primera}-{ultima}"


class Trozo(NamedTuple):
    """Texto seguido que es de un mismo ítem o de ninguno; `empieza` si es su comienzo."""

    texto: str
    tarjeta: Tarjeta | None
    empieza: bool


Fila = list[list[Trozo]]


class Pasaje(NamedTuple):
    """Párrafos seguidos, de una celda cada uno, o las filas de un cuadro."""

    es_cuadro: bool
    filas: list[Fila]


class Hoja(NamedTuple):
    """Una página del PDF, en puntos, con las cajas de cada ítem."""

    numero: int
    ancho: float
    alto: float
    cajas: list[tuple[Tarjeta, CajaJson, bool]]


def tarjetas_de(items: Iterable[ItemDelActa]) -> list[Tarjeta]:
    """Numera los ítems en el orden del acta."""
    return [
        Tarjeta(numero, i.propuesta, i.decision, i.version) for numero, i in enumerate(items, 1)
    ]


def tarjeta_sola(item: ItemDelActa) -> Tarjeta:
    """Devuelve la tarjeta de un ítem con el número que tiene en su acta."""
    return Tarjeta(item.propuesta.orden + 1, item.propuesta, item.decision, item.version)


def buscar_tarjeta(items: Iterable[ItemDelActa], item_id: str) -> Tarjeta:
    """Devuelve la tarjeta de ese ítem.

    Raises:
        PropuestaDesconocida: el acta no lo tiene.
    """
    for tarjeta in tarjetas_de(items):
        if tarjeta.propuesta.item_id == item_id:
            return tarjeta
    raise PropuestaDesconocida(f"El acta no tiene el ítem «{item_id}».")


def filtrar(tarjetas: Sequence[Tarjeta], mostrar: str, recien: str) -> list[Tarjeta]:
    """Devuelve las que pide el filtro, y siempre la que se acaba de decidir (`recien`)."""
    return [t for t in tarjetas if t.ancla == recien or _pasa(t, mostrar)]


def contar(tarjetas: Sequence[Tarjeta]) -> dict[str, int]:
    """Devuelve cuántas tarjetas deja ver cada filtro."""
    return {mostrar: sum(_pasa(t, mostrar) for t in tarjetas) for mostrar in FILTROS}


def marcar(texto: str, tarjetas: Sequence[Tarjeta]) -> list[Pasaje]:
    """Parte el texto en párrafos y cuadros, y cada celda en trozos.

    Donde dos ítems se superponen manda el más corto, que es el de adentro. Fuera de los ítems los
    DNI se ven en parte: para revisar no hacen falta.
    """
    filas: list[Fila] = [[[]]]
    for trozo in _trozos(texto, tarjetas):
        for parte in _SEPARADORES.split(trozo.texto):
            if parte == "\n":
                filas.append([[]])
            elif parte == "\t":
                filas[-1].append([])
            elif parte:
                visto = parte if trozo.tarjeta else _DNI.sub("****", parte)
                filas[-1][-1].append(trozo._replace(texto=visto))
                trozo = trozo._replace(empieza=False)
    llenas = (fila for fila in filas if any(fila))
    return [Pasaje(es_cuadro, list(g)) for es_cuadro, g in groupby(llenas, lambda f: len(f) > 1)]


def avisos_de(avisos: Sequence[AvisoJson], tarjeta: Tarjeta) -> list[AvisoJson]:
    """Devuelve los avisos de lectura sobre el texto de ese ítem."""
    return [aviso for aviso in avisos if _toca(aviso, tarjeta)]


def avisos_por_cotejar(avisos: Sequence[AvisoJson], tarjeta: Tarjeta) -> list[AvisoJson]:
    """Devuelve los avisos por los que el ítem se compara con el original antes de aceptarlo.

    Son los de su texto y los de las páginas en que está: en ellas puede haber algo mal leído.
    """
    paginas = {caja["pagina"] for caja in tarjeta.item["cajas"]}
    return [a for a in avisos if _toca(a, tarjeta) or a["pagina"] in paginas]


def avisos_generales(avisos: Sequence[AvisoJson], tarjetas: Sequence[Tarjeta]) -> list[AvisoJson]:
    """Devuelve los avisos que no son de ningún ítem."""
    return [a for a in avisos if not any(_toca(a, t) for t in tarjetas)]


def hojas_de(medidas: Sequence[tuple[float, float]], tarjetas: Sequence[Tarjeta]) -> list[Hoja]:
    """Reparte las cajas de los ítems por página; la primera de cada ítem lleva su número."""
    hojas = [Hoja(n, ancho, alto, []) for n, (ancho, alto) in enumerate(medidas, 1)]
    for tarjeta in tarjetas:
        for orden, caja in enumerate(tarjeta.item["cajas"]):
            if caja["pagina"] <= len(hojas):
                hojas[caja["pagina"] - 1].cajas.append((tarjeta, caja, orden == 0))
    return hojas


def _toca(aviso: AvisoJson, tarjeta: Tarjeta) -> bool:
    """Dice si el aviso señala un lugar del ítem, con sus bordes: lo borrado no tiene largo."""
    inicio, fin = aviso["inicio"], aviso["fin"]
    if inicio is None or fin is None:
        return False
    return inicio <= tarjeta.item["fin"] and tarjeta.item["inicio"] <= fin


def _pasa(tarjeta: Tarjeta, mostrar: str) -> bool:
    if mostrar == "por_decidir":
        return tarjeta.pendiente
    return mostrar == "todos" or tarjeta.clase == mostrar


def _trozos(texto: str, tarjetas: Sequence[Tarjeta]) -> Iterator[Trozo]:
    tramos = [(t.item["inicio"], t.item["fin"], t) for t in tarjetas]
    cortes = sorted({0, len(texto), *(i for i, _, _ in tramos), *(f for _, f, _ in tramos)})
    empezadas: set[str] = set()
    for desde, hasta in pairwise(cortes):
        encima = [(fin - ini, t) for ini, fin, t in tramos if ini <= desde and hasta <= fin]
        tarjeta = min(encima, key=lambda par: par[0])[1] if encima else None
        empieza = tarjeta is not None and tarjeta.ancla not in empezadas
        if tarjeta:
            empezadas.add(tarjeta.ancla)
        yield Trozo(texto[desde:hasta], tarjeta, empieza)
