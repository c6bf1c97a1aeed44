"""Los pocos tipos de comprobación; las reglas son datos que los usan.

Una comprobación mira un `Caso` y produce `Senal`: un tramo del texto, y si hace falta sugerencias
propias y datos para completar el mensaje. Para sumar un tipo: una función y una línea en
`COMPROBACIONES`.

Los términos de los parámetros se buscan como dice `terminos`: palabras completas, sin mirar
mayúsculas ni tildes; «*» vale por cualesquiera letras de una misma palabra («se *ara»).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from ingesta.documento import Tramo
from lineamientos import perifrasis
from lineamientos.caso import Caso, Senal
from lineamientos.coherencia import COMPARACIONES
from lineamientos.obligaciones import contar
from lineamientos.terminos import apariciones, contiene, es_uno
from nlp import verbos
from nlp.propuesta import Accion


def falta_campo(
    caso: Caso,
    campos: list[str],
    con_en_el_item: Sequence[str] = (),
    salvo_en_el_item: Sequence[str] = (),
) -> Iterator[Senal]:
    """Señala el ítem entero cuando no se halló ninguno de los campos.

    Si se dan, el ítem debe contener un término de `con_en_el_item` y ninguno de
    `salvo_en_el_item`.
    """
    if con_en_el_item and not contiene(caso.texto, con_en_el_item):
        return
    if not contiene(caso.texto, salvo_en_el_item) and not any(
        _valores(caso, campo) for campo in campos
    ):
        yield Senal(caso.propuesta.tramo)


def valor_de_campo(
    caso: Caso,
    campo: str,
    atributo: str | None = None,
    valores: Sequence[Any] = (),
    con: Sequence[str] = (),
    o_es: Sequence[str] = (),
    salvo: Sequence[str] = (),
    pese_a_eso: Sequence[str] = (),
    salvo_en_el_item: Sequence[str] = (),
) -> Iterator[Senal]:
    """Señala los valores hallados de un campo o, con `atributo`, los que lo tienen en la lista.

    Si se dan, el texto leído del valor debe contener un término de `con` y ninguno de `salvo`
    (que no vale si también tiene uno de `pese_a_eso`), y el ítem ninguno de `salvo_en_el_item`.
    Un valor que se lee tal cual en `o_es` cuenta aunque no tenga el atributo.
    """
    if contiene(caso.texto, salvo_en_el_item):
        return
    for valor in _valores(caso, campo):
        leido = caso.documento.fragmento(valor.tramo)
        if (
            (atributo is None or getattr(valor, atributo) in valores or es_uno(leido, o_es))
            and (not con or contiene(leido, con))
            and (not contiene(leido, salvo) or contiene(leido, pese_a_eso))
        ):
            yield Senal(valor.tramo, datos=_fechas(valor))


def verbo_debil(caso: Caso) -> Iterator[Senal]:
    """Señala el verbo principal si está entre los débiles de `verbos.toml` y ofrece reemplazos.

    También la perífrasis que lo dice («brindará su apoyo»). Calla ante un falso amigo: el mismo
    verbo en su uso técnico (`dominio.md` §2.3).
    """
    if accion := _verbo_debil(caso):
        debil = verbos.debiles()[accion.lema]
        yield Senal(accion.tramo, tuple(debil["sugerencias"]), {"motivo": debil["motivo"]})


def es_debil(caso: Caso) -> bool:
    """Dice si el verbo principal es débil, sin su uso técnico ni el dato que lo concreta."""
    return _verbo_debil(caso) is not None


def _verbo_debil(caso: Caso) -> Accion | None:
    accion = perifrasis.verbo_dicho(caso) or caso.propuesta.campos.accion
    debil = verbos.debiles().get(accion.lema) if accion else None
    if accion is None or debil is None:
        return None
    concreto = any(_valores(caso, campo) for campo in debil.get("calla_con", ()))
    tecnico = contiene(caso.texto, _contexto_tecnico(accion.lema))
    return None if concreto or tecnico else accion


def presencia(
    caso: Caso,
    terminos: list[str],
    salvo: Sequence[str] = (),
    salvo_en_el_item: Sequence[str] = (),
    columnas: Sequence[str] = (),
    solo_la_primera: bool = False,
) -> Iterator[Senal]:
    """Señala las apariciones de los términos, o solo la primera.

    Una aparición dentro de un término de `salvo` calla, y todas si el ítem tiene alguno de
    `salvo_en_el_item`. `columnas` suma las celdas de su fila.
    """
    if contiene(caso.texto, salvo_en_el_item):
        return
    for zona in caso.zonas(tuple(columnas)):
        texto = caso.documento.fragmento(zona)
        exentos = list(apariciones(texto, salvo))
        for tramo in apariciones(texto, terminos):
            if not any(e.toca(tramo) for e in exentos):
                yield Senal(tramo.movido(zona.inicio))
                if solo_la_primera:
                    return


def ausencia(
    caso: Caso,
    terminos: list[str],
    con_en_el_item: Sequence[str] = (),
    basta_un_verbo_de_resultado: bool = False,
    verbos_de_resultado: Sequence[str] = (),
) -> Iterator[Senal]:
    """Señala el ítem entero cuando no aparece ninguno de los términos.

    Si se da, el ítem debe contener un término de `con_en_el_item`. Con
    `basta_un_verbo_de_resultado` calla también si el verbo principal es de los fuertes de
    `verbos.toml` o de `verbos_de_resultado`; con uno débil, los términos no bastan: nombrar un
    documento no es darlo.
    """
    if con_en_el_item and not contiene(caso.texto, con_en_el_item):
        return
    accion = caso.propuesta.campos.accion
    if basta_un_verbo_de_resultado and accion:
        if accion.lema in verbos.fuertes() or accion.lema in verbos_de_resultado:
            return
        if es_debil(caso):
            yield Senal(caso.propuesta.tramo)
            return
    if not contiene(caso.texto, terminos):
        yield Senal(caso.propuesta.tramo)


def cuenta_de_campo(caso: Caso, campo: str, maximo: int) -> Iterator[Senal]:
    """Señala los valores de un campo, del primero al último, cuando pasan del máximo."""
    tramos = [valor.tramo for valor in _valores(caso, campo)]
    if len(tramos) > maximo:
        yield Senal(Tramo(min(t.inicio for t in tramos), max(t.fin for t in tramos)))


def extension(caso: Caso, palabras: int, obligaciones: int) -> Iterator[Senal]:
    """Señala el ítem entero cuando pasa de esas palabras o reúne más obligaciones que esas."""
    escritas, reunidas = len(caso.texto.split()), contar(caso.texto)
    if escritas > palabras or reunidas > obligaciones:
        datos = {"palabras": str(escritas), "obligaciones": str(max(reunidas, 1))}
        yield Senal(caso.propuesta.tramo, datos=datos)


def coherencia(caso: Caso, comparacion: str) -> Iterator[Senal]:
    """Señala lo que resulta de comparar dos datos con una función de `COMPARACIONES`."""
    yield from COMPARACIONES[comparacion](caso)


COMPROBACIONES: dict[str, Callable[..., Iterator[Senal]]] = {
    "falta_campo": falta_campo,
    "valor_de_campo": valor_de_campo,
    "verbo_debil": verbo_debil,
    "presencia": presencia,
    "ausencia": ausencia,
    "cuenta_de_campo": cuenta_de_campo,
    "extension": extension,
    "coherencia": coherencia,
}


def _valores(caso: Caso, campo: str) -> tuple[Any, ...]:
    valor = getattr(caso.propuesta.campos, campo)
    return valor if isinstance(valor, tuple) else (valor,) if valor else ()


@lru_cache(maxsize=64)
def _contexto_tecnico(lema: str) -> tuple[str, ...]:
    amigos = (a for a in verbos.datos()["falso_amigo"] if a["palabra"] == lema)
    return tuple(termino for amigo in amigos for termino in amigo["contexto"])


def _fechas(valor: Any) -> dict[str, str]:
    """Devuelve las fechas que se calcularon de un plazo; de otro valor, ninguna."""
    datos: dict[str, str] = {}
    if fecha := getattr(valor, "fecha_limite", None):
        datos["fecha"] = f"{fecha:%d/%m/%Y}"
    if alternativas := getattr(valor, "alternativas", ()):
        datos["calendario"], datos["habiles"] = (f"{d:%d/%m/%Y}" for d in alternativas)
    return datos
