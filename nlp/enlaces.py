"""Une pedidos con sus respuestas: qué compromiso o tarea responde a qué pedido, y cómo.

De más a menos seguro: la fila de la matriz, el número que se menciona («Al punto 3»), la réplica
que sigue al pedido o lo acoge y, dentro del mismo tema, las palabras que ambos comparten.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingesta.documento import Documento
from nlp.atributos import acoge_el_pedido, pedido_mencionado, respuesta
from nlp.plegado import plegar
from nlp.propuesta import Aceptacion, Clase, Propuesta, Seccion

_RESPONDE = frozenset({Clase.COMPROMISO, Clase.TAREA})
_CERRADOS = (Aceptacion.NO_ACEPTADO, Aceptacion.DERIVADO)
_TRAS_PEDIDO = 3
"""Cuántos segmentos después de un pedido se busca su réplica."""

_PARECIDO, _PARECIDO_CON_REPLICA = 0.2, 0.4
"""Coseno desde el que un acuerdo responde a un pedido; más alto si ya hubo una réplica dudosa."""

_MINIMO_COMUN = 2
_MOTIVO = re.compile(r",? (?:porque|pues|ya que|debido a|toda vez que)\b")
_RAIZ = 6


@dataclass(frozen=True, slots=True)
class _Leida:
    propuesta: Propuesta
    texto: str
    raices: frozenset[str]

    @property
    def id(self) -> str:
        return self.propuesta.id

    @property
    def es_pedido(self) -> bool:
        return self.propuesta.clase is Clase.PEDIDO


def enlazar(documento: Documento, propuestas: Sequence[Propuesta]) -> list[Propuesta]:
    """Devuelve las propuestas con `pedido_de_origen` y, en los pedidos, `aceptacion`.

    Recibe todas las del acta, también las de clase «otro»: una negativa suele ser una de ellas.
    Un pedido sin respuesta queda «pendiente»: su aceptación no se confirmó.
    """
    leidas = [_leer(documento, p) for p in propuestas]
    pesos = _pesos(leidas)
    pedidos: list[_Leida] = []
    origen: dict[str, str] = {}
    aceptacion: dict[str, Aceptacion] = {}
    for i, leida in enumerate(leidas):
        dicha = respuesta(leida.texto)
        if leida.es_pedido:
            pedidos.append(leida)
            if dicha and dicha is not Aceptacion.ACEPTADO:
                aceptacion[leida.id] = dicha
            continue
        if not pedidos:
            continue
        responde = leida.propuesta.clase in _RESPONDE
        padre = leida.propuesta.segmento.padre
        pedido = _pedido_expreso(leida, leidas[max(0, i - _TRAS_PEDIDO) : i], pedidos)
        if pedido is None and responde and padre in origen:
            origen[leida.id] = origen[padre]
            continue
        if pedido is None and responde:
            pedido = _mas_parecido(leida, pedidos, pesos, aceptacion)
            pedido = pedido or _unico_del_tema(leida, pedidos, aceptacion)
        if pedido is None:
            continue
        if responde:
            origen[leida.id] = pedido.id
            dicha = dicha or Aceptacion.ACEPTADO
        previa = aceptacion.get(pedido.id)
        if dicha and (previa is None or (responde and previa is Aceptacion.PENDIENTE)):
            aceptacion[pedido.id] = dicha
    return [_con_enlaces(p, origen, aceptacion) for p in propuestas]


def _leer(documento: Documento, propuesta: Propuesta) -> _Leida:
    texto = documento.fragmento(propuesta.tramo)
    return _Leida(propuesta, texto, frozenset(_raices(texto)))


def _raices(texto: str) -> Iterable[str]:
    """Palabras de tres letras o más, sin plural ni vocal final y cortadas («médicos» → medic)."""
    principal = _MOTIVO.split(plegar(texto))[0]
    for palabra in re.findall(r"[a-z]{3,}", principal):
        yield re.sub(r"(?:es|s|[aeo])$", "", palabra.removesuffix("s"))[:_RAIZ]


def _pesos(leidas: Sequence[_Leida]) -> dict[str, float]:
    """Una palabra pesa menos cuanto más se repite en el acta."""
    veces = Counter(r for leida in leidas for r in leida.raices)
    return {raiz: math.log((1 + len(leidas)) / n) for raiz, n in veces.items()}


def _pedido_expreso(
    leida: _Leida, cercanas: Sequence[_Leida], pedidos: Sequence[_Leida]
) -> _Leida | None:
    """El pedido de su fila, el que menciona por número, el que acoge o el que contesta."""
    if fila := leida.propuesta.segmento.fila:
        celda = fila.tramos.get("pedido")
        return next((p for p in pedidos if celda and celda.contiene(p.propuesta.tramo)), None)
    if numero := pedido_mencionado(leida.texto):
        for pedido in reversed(pedidos):
            if plegar(pedido.propuesta.segmento.numero_en_acta or "") == numero:
                return pedido
    if acoge_el_pedido(leida.texto) or _contesta(leida, cercanas):
        return pedidos[-1]
    return None


def _contesta(leida: _Leida, cercanas: Sequence[_Leida]) -> bool:
    """Dice si es la réplica a un pedido que se acaba de leer."""
    seccion, clase = leida.propuesta.segmento.seccion, leida.propuesta.clase
    if seccion is Seccion.ACUERDOS and clase is not Clase.OTRO:
        return False
    responde = respuesta(leida.texto) is not None
    if not responde and clase is Clase.OTRO:
        return False
    vistas = cercanas if responde else cercanas[-1:]
    return any(p.es_pedido and p.propuesta.segmento.seccion is seccion for p in vistas)


def _mas_parecido(
    leida: _Leida,
    pedidos: Sequence[_Leida],
    pesos: dict[str, float],
    aceptacion: dict[str, Aceptacion],
) -> _Leida | None:
    """El pedido abierto con que comparte más palabras de peso; si empatan, el más cercano."""
    mejor, mayor = None, 0.0
    for pedido in pedidos:
        if aceptacion.get(pedido.id) in _CERRADOS:
            continue
        comunes = leida.raices & pedido.raices
        norma = math.sqrt(_suma(leida.raices, pesos) * _suma(pedido.raices, pesos))
        parecido = _suma(comunes, pesos) / norma if norma else 0.0
        minimo = _PARECIDO_CON_REPLICA if pedido.id in aceptacion else _PARECIDO
        if len(comunes) >= _MINIMO_COMUN and parecido >= max(minimo, mayor):
            mejor, mayor = pedido, parecido
    return mejor


def _suma(raices: Iterable[str], pesos: dict[str, float]) -> float:
    return sum(pesos[r] ** 2 for r in raices)


def _unico_del_tema(
    leida: _Leida, pedidos: Sequence[_Leida], aceptacion: dict[str, Aceptacion]
) -> _Leida | None:
    """El pedido de su tema, si el tema trae uno solo y nadie lo ha respondido."""
    tema = leida.propuesta.segmento.tema
    del_tema = [p for p in pedidos if tema and p.propuesta.segmento.tema == tema]
    return del_tema[0] if len(del_tema) == 1 and del_tema[0].id not in aceptacion else None


def _con_enlaces(
    propuesta: Propuesta, origen: dict[str, str], aceptacion: dict[str, Aceptacion]
) -> Propuesta:
    if propuesta.clase is Clase.PEDIDO:
        estado = aceptacion.get(propuesta.id, Aceptacion.PENDIENTE)
        return replace(propuesta, atributos=replace(propuesta.atributos, aceptacion=estado))
    if propuesta.id in origen:
        return replace(propuesta, pedido_de_origen=origen[propuesta.id])
    return propuesta
