"""Une pedidos con sus respuestas: qué compromiso o tarea responde a qué pedido, y cómo.

De más a menos seguro: la fila de la matriz, el número que se menciona («Al punto 3»), la réplica
que sigue al pedido o lo acoge y, dentro del mismo tema, las palabras que ambos comparten.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingesta.documento import Documento
from nlp.atributos import (
    acoge_el_pedido,
    anuncia_reunion,
    es_respuesta,
    pedido_mencionado,
    responde_sin_asumir,
    respuesta,
)
from nlp.parecido import Contenido, contenido, parecido, pesos
from nlp.plegado import plegar
from nlp.propuesta import Aceptacion, Clase, Propuesta, Seccion

_RESPONDE = frozenset({Clase.COMPROMISO, Clase.TAREA})
_CERRADOS = (Aceptacion.NO_ACEPTADO, Aceptacion.DERIVADO)
_TRAS_PEDIDO = 3
"""Cuántos segmentos después de un pedido se busca su réplica."""

_PARECIDO, _PARECIDO_CON_REPLICA, _PARECIDO_DE_NEGATIVA = 0.23, 0.45, 0.25
"""Parecido desde el que algo responde a un pedido; más alto si ya hubo una réplica dudosa.

Se eligieron con las 16 actas de `ejemplos/`, con su clase anotada.
"""


@dataclass(frozen=True, slots=True)
class _Leida:
    propuesta: Propuesta
    texto: str
    raices: Contenido

    @property
    def id(self) -> str:
        return self.propuesta.id

    @property
    def es_pedido(self) -> bool:
        return self.propuesta.clase is Clase.PEDIDO

    @property
    def responde(self) -> bool:
        return self.propuesta.clase in _RESPONDE


@dataclass(slots=True)
class _Enlaces:
    """Lo hallado hasta ahora: los pedidos leídos, quién responde a cuál y cómo quedó cada uno."""

    peso: dict[str, float]
    pedidos: list[_Leida] = field(default_factory=list)
    origen: dict[str, str] = field(default_factory=dict)
    aceptacion: dict[str, Aceptacion] = field(default_factory=dict)

    def anotar(self, leida: _Leida, pedido: _Leida, dicha: Aceptacion | None) -> None:
        """Une la respuesta con su pedido. Lo asumido gana a una réplica que lo dejó pendiente."""
        previa = self.aceptacion.get(pedido.id)
        if leida.responde:
            self.origen[leida.id] = pedido.id
            dicha = dicha or Aceptacion.ACEPTADO
        if dicha and (previa is None or (leida.responde and previa is Aceptacion.PENDIENTE)):
            self.aceptacion[pedido.id] = dicha

    def mas_parecido(self, leida: _Leida, entre: Sequence[_Leida]) -> tuple[float, _Leida | None]:
        """Devuelve el pedido que más se parece y cuánto; si empatan, el más cercano."""
        mejor, mayor = None, 0.0
        for pedido in entre:
            cuanto = parecido(pedido.raices, leida.raices, self.peso)
            if cuanto and cuanto >= mayor:
                mejor, mayor = pedido, cuanto
        return mayor, mejor

    def por_parecido(self, leida: _Leida) -> _Leida | None:
        """El pedido abierto que más se parece, si se parece lo bastante."""
        abiertos = [p for p in self.pedidos if self.aceptacion.get(p.id) not in _CERRADOS]
        cuanto, pedido = self.mas_parecido(leida, abiertos)
        if pedido is None:
            return None
        con_replica = pedido.id in self.aceptacion and pedido.id not in self.origen.values()
        return pedido if cuanto >= (_PARECIDO_CON_REPLICA if con_replica else _PARECIDO) else None

    def unico_del_tema(self, leida: _Leida) -> _Leida | None:
        """El pedido de su tema, si el tema trae uno solo y nadie lo ha respondido."""
        tema = leida.propuesta.segmento.tema
        del_tema = [p for p in self.pedidos if tema and p.propuesta.segmento.tema == tema]
        return del_tema[0] if len(del_tema) == 1 and del_tema[0].id not in self.aceptacion else None


def enlazar(documento: Documento, propuestas: Sequence[Propuesta]) -> list[Propuesta]:
    """Devuelve las propuestas con `pedido_de_origen` y, en los pedidos, `aceptacion`.

    Recibe todas las del acta, también las de clase «otro»: una negativa suele ser una de ellas.
    Un pedido sin respuesta queda «pendiente»: su aceptación no se confirmó.
    """
    leidas = [_leer(documento, p) for p in propuestas]
    enlaces = _Enlaces(pesos([leida.raices for leida in leidas]))
    for i, leida in enumerate(leidas):
        dicha = respuesta(leida.texto)
        if leida.es_pedido:
            enlaces.pedidos.append(leida)
            if dicha and dicha is not Aceptacion.ACEPTADO:
                enlaces.aceptacion[leida.id] = dicha
        elif enlaces.pedidos:
            if dicha is None and leida.propuesta.clase is Clase.TAREA:
                dicha = responde_sin_asumir(leida.texto)
            cercanas = leidas[max(0, i - _TRAS_PEDIDO) : i]
            if pedido := _pedido_de(leida, dicha, cercanas, enlaces):
                enlaces.anotar(leida, pedido, dicha)
    return [_con_enlaces(p, enlaces) for p in propuestas]


def _leer(documento: Documento, propuesta: Propuesta) -> _Leida:
    texto = documento.fragmento(propuesta.tramo)
    return _Leida(propuesta, texto, contenido(texto, propuesta.clase is Clase.PEDIDO))


def _pedido_de(
    leida: _Leida, dicha: Aceptacion | None, cercanas: Sequence[_Leida], enlaces: _Enlaces
) -> _Leida | None:
    if leida.propuesta.segmento.fila and (pedido := _de_su_fila(leida, enlaces)):
        return pedido
    if pedido := _mencionado(leida, enlaces) or _replicado(leida, dicha, cercanas, enlaces):
        return pedido
    if not leida.responde:
        cuanto, pedido = enlaces.mas_parecido(leida, enlaces.pedidos)
        return pedido if dicha in _CERRADOS and cuanto >= _PARECIDO_DE_NEGATIVA else None
    if leida.propuesta.segmento.fila or anuncia_reunion(leida.texto):
        return None
    if pedido := enlaces.por_parecido(leida):
        return pedido
    if (padre := leida.propuesta.segmento.padre) in enlaces.origen:
        return next(p for p in enlaces.pedidos if p.id == enlaces.origen[padre])
    return enlaces.unico_del_tema(leida)


def _de_su_fila(leida: _Leida, enlaces: _Enlaces) -> _Leida | None:
    """El pedido de su fila; si la celda trae varios, el que más se parece."""
    fila = leida.propuesta.segmento.fila
    celda = fila.tramos.get("pedido") if fila else None
    suyos = [p for p in enlaces.pedidos if celda and celda.contiene(p.propuesta.tramo)]
    return (enlaces.mas_parecido(leida, suyos)[1] or suyos[0]) if suyos else None


def _mencionado(leida: _Leida, enlaces: _Enlaces) -> _Leida | None:
    numero = pedido_mencionado(leida.texto)
    for pedido in reversed(enlaces.pedidos):
        if numero and plegar(pedido.propuesta.segmento.numero_en_acta or "") == numero:
            return pedido
    return enlaces.pedidos[-1] if acoge_el_pedido(leida.texto) else None


def _replicado(
    leida: _Leida, dicha: Aceptacion | None, cercanas: Sequence[_Leida], enlaces: _Enlaces
) -> _Leida | None:
    """El pedido que se acaba de leer, si esto es su réplica; de varios, el que más se parece."""
    seccion, clase = leida.propuesta.segmento.seccion, leida.propuesta.clase
    rotulada = es_respuesta(leida.texto)
    if not rotulada:
        if seccion is Seccion.ACUERDOS and clase is not Clase.OTRO:
            return None
        if dicha is None and clase is Clase.OTRO:
            return None
    recientes = [
        p for p in cercanas if p.es_pedido and (rotulada or p.propuesta.segmento.seccion is seccion)
    ]
    if parecido_a := enlaces.mas_parecido(leida, recientes)[1]:
        return parecido_a
    ultimas = recientes if dicha or rotulada else [p for p in recientes if p is cercanas[-1]]
    return ultimas[-1] if ultimas else None


def _con_enlaces(propuesta: Propuesta, enlaces: _Enlaces) -> Propuesta:
    if propuesta.clase is Clase.PEDIDO:
        estado = enlaces.aceptacion.get(propuesta.id, Aceptacion.PENDIENTE)
        return replace(propuesta, atributos=replace(propuesta.atributos, aceptacion=estado))
    if propuesta.id in enlaces.origen:
        return replace(propuesta, pedido_de_origen=enlaces.origen[propuesta.id])
    return propuesta
