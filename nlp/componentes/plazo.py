"""El plazo de la obligación: cuál de las expresiones de tiempo lo es y hasta dónde llega."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from nlp import calendario, plazos_calculo, plazos_entorno
from nlp.contexto import Contexto
from nlp.patrones import compilar
from nlp.plazos_calculo import Clase, Nucleo
from nlp.plazos_entorno import VENTANA, Introduccion, Nexo, introduccion
from nlp.plazos_expresiones import buscar, plegar_texto
from nlp.propuesta import MetodoDePlazo, Plazo, PrecisionDePlazo

_UMBRAL = 2
_DESCARTE = 10
_MARGEN_DE_INICIO = timedelta(days=15)

_ANTES_DE_DURACION = compilar(
    r"\b(?:(?:en|dentro|por|con|del?|al?|los|las|un|una|el|la|no|mayor|menor|mas|superior|que"
    r"|hasta|menos|maximo|maxima|minimo|como|p[l1t]azo|termino|lapso|periodo|tiempo|espacio"
    r"|ejecucion|entrega|excedera|exceda|aproximado|adicional|improrrogable|perentorio|otorgado"
    r"|proximos|siguientes|primeros|cabo|durante|vence|aca) ){1,10}$"
)
_ABRE_DURACION = compilar(
    r"\b(?:en|dentro|por|durante|a los|al cabo|p[l1t]azo|termino|lapso|periodo|tiempo|maximo|hasta"
    r"|no mas|de aca|con un plazo|el plazo|un plazo|los siguientes|los proximos|los primeros)\b"
)
_FUERZA_DE_DURACION = (
    (5, compilar(r"p[l1t]azo|termino|lapso|espacio|maximo|no mas|no mayor|hasta|menos de")),
    (3, compilar(r"\b(?:en|dentro|durante l[oa]s primer[oa]s|a los|cabo|aca)\b")),
    (2, compilar(r"\b(?:por|tiempo|periodo)\b")),
)
_TREGUA = compilar(r"\b(?:tregua|prorroga|plazo) (?:de )?$")
_RANGO = compilar(r"\d (?:de \w+ )?al? |\w al? \w{4,}|[-–]\d|[a-z][-–]")
_DE_UN_PLAN = compilar(
    r"\b(?:20\d\d|plan(?:es)?|proyecto|politica|agenda|estrategia|vision)\b[^,;.]{0,70} al "
    r"(?:ano )?$"
)
_ULTIMO = compilar(r"[uú]ltim[oa] [a-z]+")
_YA_VIENE = compilar(r"\b(?:este|proximo) $")


@dataclass(frozen=True, slots=True)
class _Candidata:
    inicio: int
    fin: int
    puntaje: int
    nucleo: Nucleo


def extraer(texto: str, contexto: Contexto) -> Plazo | None:
    """Devuelve el plazo de la obligación principal, con la frase que lo dice; None si no hay.

    Si el texto dice «días» sin adjetivo, `fecha_limite` es None y `alternativas` trae la fecha por
    días calendario y por días hábiles (Código Civil, art. 183.1; TUO de la Ley 27444, art. 145.1).
    """
    return _elegir(texto, contexto, en_celda=False)


def de_celda(texto: str, contexto: Contexto) -> Plazo | None:
    """Lee una celda de la columna PLAZO («Dic. 2026», «30 días», «A la brevedad»); «--» es None."""
    return _elegir(texto, contexto, en_celda=True)


def _elegir(texto: str, contexto: Contexto, en_celda: bool) -> Plazo | None:
    plegado = plegar_texto(texto)
    bajo = texto.lower()
    bajo = bajo if len(bajo) == len(texto) else texto
    acta = contexto.fecha_acta
    candidatas = [
        _evaluar(bajo, plegado, nucleo, acta, en_celda) for nucleo in buscar(texto, plegado, acta)
    ]
    elegida = max(candidatas, key=lambda c: (c.puntaje, -c.inicio, c.fin), default=None)
    if elegida is None or (elegida.puntaje < _UMBRAL and not en_celda):
        return None
    calculo = elegida.nucleo.calculo
    return Plazo(
        contexto.tramo(elegida.inicio, elegida.fin),
        calculo.metodo,
        calculo.precision,
        calculo.fecha,
        calculo.alternativas,
        calculo.explicacion,
    )


def _evaluar(
    texto: str, plegado: str, nucleo: Nucleo, acta: date | None, en_celda: bool
) -> _Candidata:
    """Mide cuánto parece un plazo la expresión y le suma la preposición que la introduce.

    `texto` va en minúsculas y con sus tildes: por ellas se conocen los tiempos verbales.
    """
    antes = plegado[max(0, nucleo.inicio - VENTANA) : nucleo.inicio]
    aislada = plazos_entorno.esta_aislada(plegado, nucleo.inicio, nucleo.fin)
    if nucleo.clase in {Clase.DURACION, Clase.DURACION_CON_ADJETIVO}:
        return _duracion(plegado, antes, nucleo, aislada)
    if nucleo.clase in {Clase.FORMULA, Clase.FORMULA_SUELTA}:
        vale = nucleo.clase is Clase.FORMULA or aislada
        vale = vale and not plazos_entorno.enumera_plazos(plegado, nucleo.inicio, nucleo.fin)
        vale = vale and not plazos_entorno.es_de_un_proceso(antes)
        cuenta = plazos_entorno.narra(texto, nucleo.inicio, nucleo.fin)
        vale = vale and not (cuenta and nucleo.calculo.metodo is not MetodoDePlazo.VAGO)
        return _Candidata(nucleo.inicio, nucleo.fin, _UMBRAL if vale else 0, nucleo)
    intro = _introduccion(plegado, antes, nucleo)
    puntaje = max(intro.fuerza, _fuerza_propia(nucleo, intro.nexo, aislada, acta))
    if rotulo := plazos_entorno.fuerza_de_rotulo(antes):
        puntaje = max(puntaje, rotulo)
    elif not aislada and not en_celda:
        puntaje -= _descuento(texto, nucleo, antes, intro.nexo, acta)
    if not en_celda and _ya_paso(nucleo.calculo.fecha, acta, intro.nexo):
        puntaje -= _DESCARTE
    return _Candidata(intro.inicio, nucleo.fin, puntaje, _segun_nexo(nucleo, intro.nexo))


def _introduccion(plegado: str, antes: str, nucleo: Nucleo) -> Introduccion:
    """Con «del» solo son plazo los rangos («del 6 al 10») y los actos («la reunión del 12»)."""
    intro = introduccion(antes, nucleo.inicio)
    if intro.nexo is not Nexo.DE:
        return intro
    if _RANGO.search(plegado, nucleo.inicio, nucleo.fin):
        return replace(intro, fuerza=4)
    if plazos_entorno.es_de_un_acto(antes):
        return replace(intro, fuerza=3)
    return replace(intro, inicio=nucleo.inicio)


def _fuerza_propia(nucleo: Nucleo, nexo: Nexo, aislada: bool, acta: date | None) -> int:
    """Devuelve cuánto parece un plazo la expresión por sí sola, sin preposición que lo diga."""
    if nucleo.clase is Clase.PERIODO:
        return 3
    if nucleo.clase is Clase.DIA and nexo is not Nexo.DE:
        escrita = acta is not None and not nucleo.supuesta
        return 2 + aislada + escrita + (escrita and nexo is Nexo.DIA and not aislada)
    return 3 if aislada and nucleo.clase is not Clase.ANIO else 0


def _duracion(plegado: str, antes: str, nucleo: Nucleo, aislada: bool) -> _Candidata:
    """Mide una duración por lo que la introduce: «en el plazo de», «dentro de», «por»."""
    con_adjetivo = nucleo.clase is Clase.DURACION_CON_ADJETIVO
    tregua = _TREGUA.search(antes) or plegado.startswith(" de tregua", nucleo.fin)
    puntaje = 5 if tregua else 3 if con_adjetivo or aislada else 0
    previas = _ANTES_DE_DURACION.search(antes)
    abre = previas and _ABRE_DURACION.search(antes, previas.start())
    if not abre:
        return _Candidata(nucleo.inicio, nucleo.fin, puntaje, nucleo)
    fuerzas = (f for f, patron in _FUERZA_DE_DURACION if patron.search(antes, abre.start()))
    puntaje = max(puntaje, 4 if con_adjetivo else 0, *fuerzas)
    inicio = nucleo.inicio - len(antes) + abre.start()
    return _Candidata(inicio, nucleo.fin, puntaje, nucleo)


def _descuento(texto: str, nucleo: Nucleo, antes: str, nexo: Nexo, acta: date | None) -> int:
    """Devuelve cuánto le quita a una fecha ser la de un hecho pasado o la de un documento."""
    dia = nucleo.calculo.fecha
    es_anio = nucleo.calculo.precision is PrecisionDePlazo.ANIO
    if plazos_entorno.en_nombre(texto, nucleo.inicio) or (es_anio and _DE_UN_PLAN.search(antes)):
        return _DESCARTE
    if plazos_entorno.es_retroactiva(antes):
        return _DESCARTE
    if nexo in {Nexo.ANTES, Nexo.LIMITE}:
        return 0
    if es_anio and plazos_entorno.califica(antes):
        return _DESCARTE
    if _pudo_pasar(texto, nucleo, acta) and plazos_entorno.ya_hecho(antes):
        return _DESCARTE
    if plazos_entorno.es_de_documento(antes) and (acta is None or dia is None or dia <= acta):
        return _DESCARTE
    if nexo is Nexo.DESDE and nucleo.dudosa:
        return _DESCARTE
    if nexo in {Nexo.DESDE, Nexo.DIA} and es_anio and dia and acta is None:
        return _DESCARTE
    if _YA_VIENE.search(antes):
        return 0
    secundaria = plazos_entorno.es_secundaria(texto, nucleo.inicio)
    ya_fue = plazos_entorno.en_pasado(texto, nucleo.inicio, nucleo.fin)
    return 4 * (secundaria or ya_fue or (acta is None and plazos_entorno.califica(antes)))


def _pudo_pasar(texto: str, nucleo: Nucleo, acta: date | None) -> bool:
    """Dice si el periodo pudo empezar antes del acta: su año, uno ya corrido, «el último mes»."""
    if _ULTIMO.fullmatch(texto, nucleo.inicio, nucleo.fin):
        return True
    es_anio = nucleo.calculo.precision is PrecisionDePlazo.ANIO
    return nucleo.dudosa or (es_anio and bool(acta and nucleo.desde and nucleo.desde <= acta))


def _ya_paso(dia: date | None, acta: date | None, nexo: Nexo) -> bool:
    """Dice si la fecha es anterior al acta; un inicio reciente («desde ayer») aún vale.

    Lo escrito como límite («hasta el…», «antes del…») es plazo aunque esté vencido: lo dice la R06.
    """
    if dia is None or acta is None or dia >= acta or nexo in {Nexo.ANTES, Nexo.LIMITE}:
        return False
    return nexo is not Nexo.DESDE or acta - dia > _MARGEN_DE_INICIO


def _segun_nexo(nucleo: Nucleo, nexo: Nexo) -> Nucleo:
    """«Antes del 15» vence el 14 y «antes de agosto», el 31 de julio; «desde» marca el inicio."""
    calculo = nucleo.calculo
    if nexo is Nexo.ANTES and nucleo.desde:
        dia = nucleo.desde - calendario.UN_DIA
        texto = (
            f"Antes del {plazos_calculo.escribir(nucleo.desde)} → {plazos_calculo.escribir(dia)}."
        )
        return replace(nucleo, calculo=replace(calculo, fecha=dia, explicacion=texto))
    if nexo is Nexo.DESDE and nucleo.desde and nucleo.desde == calculo.fecha:
        texto = f"{calculo.explicacion} Es la fecha de inicio."
        return replace(nucleo, calculo=replace(calculo, explicacion=texto))
    return nucleo
