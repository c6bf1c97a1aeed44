"""Lo que las plantillas del acta necesitan ya calculado: tarjetas, texto marcado y páginas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from lineamientos.contrato import CajaJson, ItemDeActaJson
from nlp.propuesta import Clase
from registro.acta import REGISTRABLES, Decision, PropuestaGuardada
from registro.consultas import ItemDelActa
from registro.errores import PropuestaDesconocida

FILTROS: Final = ("todos", "por_decidir", "compromiso", "pedido", "tarea", "otro")
"""Qué tarjetas se ven; el primero es el de fábrica."""


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


def marcar(texto: str, tarjetas: Sequence[Tarjeta]) -> list[list[list[Trozo]]]:
    """Parte el texto en líneas, cada línea en celdas y cada celda en trozos.

    Donde dos ítems se superponen manda el más corto, que es el de adentro.
    """
    trozos: list[Trozo] = []
    lineas = [[trozos]]
    for trozo in _trozos(texto, tarjetas):
        resto = trozo
        while corte := min((p for c in "\n\t" if (p := resto.texto.find(c)) >= 0), default=-1) + 1:
            if corte > 1:
                trozos.append(resto._replace(texto=resto.texto[: corte - 1]))
            separador, trozos = resto.texto[corte - 1], []
            if separador == "\n":
                lineas.append([trozos])
            else:
                lineas[-1].append(trozos)
            resto = resto._replace(texto=resto.texto[corte:], empieza=resto.empieza and corte == 1)
        if resto.texto:
            trozos.append(resto)
    return [linea for linea in lineas if any(linea)]


def hojas_de(medidas: Sequence[tuple[float, float]], tarjetas: Sequence[Tarjeta]) -> list[Hoja]:
    """Reparte las cajas de los ítems por página; la primera de cada ítem lleva su número."""
    hojas = [Hoja(n, ancho, alto, []) for n, (ancho, alto) in enumerate(medidas, 1)]
    for tarjeta in tarjetas:
        for orden, caja in enumerate(tarjeta.item["cajas"]):
            if caja["pagina"] <= len(hojas):
                hojas[caja["pagina"] - 1].cajas.append((tarjeta, caja, orden == 0))
    return hojas


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
