"""Del plazo leído a la fecha límite, con el cálculo explicado en una línea.

Implementa la tabla de `dominio.md` §5.4. La base es la fecha del acta salvo que el texto dé otra.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from nlp import calendario
from nlp.propuesta import MetodoDePlazo, PrecisionDePlazo

_SEMANA = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
_NOMBRES = {"semana": ("semana", "semanas"), "mes": ("mes", "meses"), "anio": ("año", "años")}
_SIN_FECHA_DEL_ACTA = "Falta la fecha del acta para calcular la fecha límite."
_SIN_FECHA = {
    MetodoDePlazo.EVENTO: "Depende de un hecho que no tiene fecha en el texto.",
    MetodoDePlazo.RECURRENTE: "Se repite; falta decir hasta cuándo.",
    MetodoDePlazo.VAGO: "No fija una fecha.",
    MetodoDePlazo.ABIERTO: "No tiene término.",
    MetodoDePlazo.REFERENCIA: "La fecha está en otro documento.",
    MetodoDePlazo.POR_DEFINIR: "El acta deja el plazo por definir.",
}


@dataclass(frozen=True, slots=True)
class Calculo:
    """Cómo se entiende un plazo: método, precisión, fecha límite y explicación."""

    metodo: MetodoDePlazo
    precision: PrecisionDePlazo
    fecha: date | None = None
    alternativas: tuple[date, ...] = ()
    explicacion: str = ""


class Clase(StrEnum):
    """Qué clase de expresión es; de ello depende el contexto que necesita para ser un plazo."""

    DIA = "dia"
    DIA_SUELTO = "dia_suelto"
    MES = "mes"
    PERIODO = "periodo"
    ANIO = "anio"
    DURACION = "duracion"
    DURACION_CON_ADJETIVO = "duracion_con_adjetivo"
    FORMULA = "formula"
    FORMULA_SUELTA = "formula_suelta"


@dataclass(frozen=True, slots=True)
class Nucleo:
    """Expresión de tiempo en [inicio, fin) del texto y cómo se calcula.

    `desde` es el primer día que nombra. `supuesta`: el año no estaba escrito; `dudosa`: además la
    fecha ya había pasado y se tomó el año siguiente.
    """

    inicio: int
    fin: int
    clase: Clase
    calculo: Calculo
    desde: date | None = None
    supuesta: bool = True
    dudosa: bool = False


_PARADA = re.compile(
    r"\s(?:y\s(?:se|el|la|los|las|que|para)|con\s(?:cargo|copia|el\sfin)|a\sfin\s"
    r"|para\s(?:lo|la|que|el)|debiendo|en\sel\smarco|mediante|segun|quedando"
    r"|bajo\sresponsabilidad|siempre\sque)\b"
)


def cortar(plegado: str, inicio: int, fin: int) -> int:
    """Devuelve dónde acaba la expresión: antes de la conjunción que abre otra cláusula."""
    parada = _PARADA.search(plegado, inicio, fin)
    return len(plegado[: parada.start() if parada else fin].rstrip())


def escribir(dia: date) -> str:
    """Escribe una fecha como en el Perú: «14/05/2026»."""
    return f"{dia:%d/%m/%Y}"


def sin_fecha(metodo: MetodoDePlazo) -> Calculo:
    """Plazo del que no sale una fecha: evento, recurrente, vago, abierto…"""
    return Calculo(metodo, PrecisionDePlazo.NINGUNA, explicacion=_SIN_FECHA[metodo])


def en_fecha(dia: date | None, nota: str = "") -> Calculo:
    """Plazo con día escrito o deducido («hasta el 30 de junio», «mañana»)."""
    if dia is None:
        texto = "Falta el año: el texto no lo dice y no se conoce la fecha del acta."
        return Calculo(MetodoDePlazo.FECHA, PrecisionDePlazo.EXACTA, explicacion=texto)
    texto = f"{_SEMANA[dia.weekday()].capitalize()} {escribir(dia)}{_inhabil(dia)}.{nota}"
    return Calculo(MetodoDePlazo.FECHA, PrecisionDePlazo.EXACTA, dia, explicacion=texto)


def en_periodo(dia: date | None, precision: PrecisionDePlazo, nota: str = "") -> Calculo:
    """Plazo que nombra un periodo; la fecha límite es su último día."""
    if dia is None:
        return Calculo(MetodoDePlazo.PERIODO, precision, explicacion=_SIN_FECHA_DEL_ACTA)
    texto = f"El periodo termina el {escribir(dia)}.{nota}"
    return Calculo(MetodoDePlazo.PERIODO, precision, dia, explicacion=texto)


def _inhabil(dia: date) -> str:
    return "" if calendario.es_habil(dia) else ", día no hábil"


def en_dias(n: int, base: date | None, adjetivo: MetodoDePlazo | None) -> Calculo:
    """Plazo de `n` días hábiles, calendario o, si `adjetivo` es None, sin decir cuáles.

    Sin adjetivo es un periodo, la fecha límite queda en None y `alternativas` trae las dos
    lecturas: así no se da por hecho lo que el acta no dice.
    """
    metodo = adjetivo or MetodoDePlazo.PERIODO
    precision = PrecisionDePlazo.EXACTA if adjetivo else PrecisionDePlazo.AMBIGUA
    if base is None:
        return Calculo(metodo, precision, explicacion=_SIN_FECHA_DEL_ACTA)
    naturales = calendario.sumar_calendario(base, n)
    if adjetivo is MetodoDePlazo.CALENDARIO:
        texto = (
            f"{n} días calendario desde el {escribir(base)} → "
            f"{escribir(naturales)}{_inhabil(naturales)}."
        )
        return Calculo(metodo, precision, naturales, explicacion=texto)
    habiles = calendario.sumar_habiles(base, n)
    if adjetivo is None:
        texto = (
            f"{n} días desde el {escribir(base)}: {escribir(naturales)} si son calendario o "
            f"{escribir(habiles)} si son hábiles."
        )
        return Calculo(metodo, precision, None, (naturales, habiles), texto)
    primero = calendario.siguiente_habil(base + calendario.UN_DIA)
    saltados = ", ".join(f"{d:%d/%m}" for d in calendario.feriados_entre(base, habiles))
    texto = (
        f"{n} días hábiles desde el {escribir(base)} (día siguiente hábil: {escribir(primero)}) → "
        f"{escribir(habiles)}" + (f"; feriados: {saltados}." if saltados else ".")
    )
    return Calculo(metodo, precision, habiles, explicacion=texto)


def en_horas(n: int, base: date | None) -> Calculo:
    """Plazo de `n` horas: se cuentan días completos de 24 horas desde la fecha del acta."""
    if base is None:
        return Calculo(
            MetodoDePlazo.HORAS, PrecisionDePlazo.EXACTA, explicacion=_SIN_FECHA_DEL_ACTA
        )
    dia = base + timedelta(hours=24 * (n // 24))
    texto = f"{n} horas desde el {escribir(base)} → {escribir(dia)}."
    return Calculo(MetodoDePlazo.HORAS, PrecisionDePlazo.EXACTA, dia, explicacion=texto)


def en_unidades(n: int, unidad: str, base: date | None) -> Calculo:
    """Plazo de `n` semanas, meses o años, de fecha a fecha (TUO de la Ley 27444, art. 145.3)."""
    if base is None:
        dia = None
    elif unidad == "semana":
        dia = base + timedelta(weeks=n)
    else:
        dia = calendario.sumar_meses(base, n if unidad == "mes" else 12 * n)
    calculo = en_periodo(dia, PrecisionDePlazo.EXACTA)
    if base is None or dia is None:
        return calculo
    cuanto = f"{n} {_NOMBRES[unidad][n != 1]}"
    texto = f"{cuanto} desde el {escribir(base)} → {escribir(dia)}{_inhabil(dia)}."
    return replace(calculo, explicacion=texto)
