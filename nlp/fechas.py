"""Gramática de fechas del español peruano: «14 de mayo de 2026», «14/05/26», «Dic. 2026».

Los patrones miran texto plegado y tienen repeticiones acotadas: el tiempo es lineal.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from nlp import calendario
from nlp.numeros import EN_PALABRAS, PALABRA, entero
from nlp.patrones import compilar
from nlp.plegado import plegar, sin_cifras_del_ocr

SEMANAS_PARA_CORRER = 6
"""Una fecha sin año que pasó hace más de estas semanas se entiende del año siguiente."""

MESES = {
    **{"enero": 1, "febrero": 2, "marzo": 3, "abril": 4, "mayo": 5, "junio": 6, "julio": 7},
    **{"agosto": 8, "setiembre": 9, "septiembre": 9, "octubre": 10, "noviembre": 11},
    **{"diciembre": 12},
}
_ABREVIADOS = {nombre[:3]: numero for nombre, numero in MESES.items()} | {"sept": 9}
DIAS_DE_SEMANA = {
    **{"lunes": 0, "martes": 1, "miercoles": 2, "jueves": 3, "viernes": 4},
    **{"sabado": 5, "domingo": 6},
}

MES = rf"(?:{'|'.join(MESES)})\b"
ABREVIADO = rf"(?:{'|'.join(sorted(_ABREVIADOS, key=len, reverse=True))})\b\.?"
SEMANA = rf"(?:{'|'.join(DIAS_DE_SEMANA)})\b"
ANIO = (
    r"(?:(?:19|20)\d{2}\b|(?:presente|este|mismo) (?:ano|ejercicio)\b|presente\b|ano en curso\b"
    r"|(?:proximo|siguiente|pasado) ano\b"
    r"|ano (?:entrante|siguiente|proximo|pasado|anterior|que viene)\b"
    rf"|dos mil(?: {EN_PALABRAS})?)"
)
_DE_ANIO = rf"(?:,? ?(?:del? )?(?:el )?(?:ano )?(?P<anio>{ANIO}))"
_DIA = (
    r"(?:(?<![\d/.,-])(?:0?[1-9]|[12]\d|3[01])(?:\.?[°º]|ro\b|er\b|\.er\b)?(?![\d/])"
    rf"|\bprimero\b|\b(?:treinta y un[oa]?\b|{PALABRA}))(?: ?\( ?\d{{1,2}} ?\))?"
)
_HASTA = r" ?(?:,|;|\by\b(?! un[oa]?\b)|\be\b|\bal?\b|\bhasta\b|-|–|—) ?(?:el )?(?:dia )?"
_EN_MES = r"(?: dias)? ?(?:, )?(?:del? )?(?:mes de )?"

_LARGA = compilar(
    rf"(?:\b(?P<semana>{SEMANA}),? )?"
    rf"(?P<previas>(?:{_DIA}(?: de {MES}(?: del? {ANIO})?)?{_HASTA}(?:{SEMANA} )?){{0,4}})"
    rf"(?P<dia>{_DIA}){_EN_MES}\b(?P<mes>{MES}|{ABREVIADO}){_DE_ANIO}?"
)
_PRIMERO = compilar(rf"(?P<dia>{_DIA})(?: de (?P<mes>{MES}))?")
_DE_ESTE_MES = compilar(
    rf"(?:\b(?P<semana>{SEMANA}) )?(?<!anexo )(?P<dia>{_DIA}) (?:del? )"
    r"(?:presente(?: mes)?|mes en curso|este mes|mes presente)\b"
    r"(?! (?:ano|ejercicio|siglo|convenio|ac\w+|contrato|docu\w+|regla\w+|info\w+|ley|de\w+))"
)
_NUMERICA = compilar(
    rf"(?:\b(?P<semana>{SEMANA}),? )?(?<![\d/.-])(?P<dia>\d{{1,2}})(?P<corte>[/.-]) ?"
    rf"(?P<mes>\d{{1,2}}|{ABREVIADO}|{MES}) ?(?P=corte) ?"
    r"(?P<anio>(?:19|20)\d{2}|\d{2})(?![\d/])"
)
_ISO = compilar(r"(?<![\d/.-])(?P<semana>)(?P<anio>20\d{2})-(?P<mes>\d{2})-(?P<dia>\d{2})(?![\d-])")
_CORTA = compilar(
    rf"(?:\b(?P<semana>{SEMANA}),? )?(?<![\d/.,-])(?P<dia>\d{{1,2}})(?P<corte>[/-])"
    r"(?P<mes>\d{1,2})(?![\d/-]|[.,\"”’]\d| ?%)"
)
_MES = compilar(
    rf"(?:\bmes(?:es)? de )?(?P<previas>(?:\b{MES}{_HASTA}){{0,4}})"
    rf"\b(?:(?P<mes>{MES}){_DE_ANIO}?(?: '?(?P<corto>\d{{2}})\b(?! ?[/%°º]))?"
    rf"|(?P<abreviado>{ABREVIADO}) ?(?:del? |[-/’'])? ?"
    r"(?P<anio2>(?:19|20)\d{2}|\d{2})\b(?![/-]))"
)
_DIA_DE_SEMANA = compilar(
    rf"(?<!\blos )(?<!\bcada )(?<!\bdias )(?<!\bde )(?<!\ba )\b(?P<semana>{SEMANA})"
    rf"(?: (?P<dia>[0-3]?\d)\b(?! ?(?:de |[:/%]|h)))?(?! (?:a|y|o) {SEMANA}|, {SEMANA})"
)
_DIA_SOLO = compilar(
    r"(?:(?<=\bel dia )|(?<=\bel )(?=\d{1,2} ?(?:[.;)]|$)))(?P<dia>[0-3]?\d)\b(?P<semana>)"
    r"(?! ?(?:de |[:/%]|[.,]\d))"
)
_NOMBRE_PROPIO = compilar(
    r"\b(?:av|avenida|calle|jr|jiron|pasaje|psje|plaza|plazuela|parque|colegio|barrio|urb|i\.?e"
    r"|urbanizacion|asentamiento humano|aa\.? ?hh|distrito|provincia de|movimiento|frente|estadio"
    r"|mercado|mirador|c\.?p|centro poblado|asociacion|caserio|puente|hospital|en|de|distrito de)"
    r"[. «\"“]{1,3}$"
)


class Forma(StrEnum):
    """Cómo se escribió una fecha; de ello depende cuánto contexto necesita para creerla."""

    LARGA = "larga"
    NUMERICA = "numerica"
    CORTA = "corta"
    MES = "mes"
    SEMANA = "semana"


@dataclass(frozen=True, slots=True)
class FechaLeida:
    """Fecha o rango de fechas hallado en [inicio, fin) del texto mirado.

    `primero` y `ultimo` son iguales si es un solo día; None si faltó el año y no hay referencia.
    `anio_supuesto`: el año no estaba escrito. `corrida`: ya había pasado y se tomó el año
    siguiente. `discrepa`: el día de semana escrito no es el de esa fecha.
    """

    inicio: int
    fin: int
    forma: Forma
    primero: date | None
    ultimo: date | None
    anio_supuesto: bool = False
    corrida: bool = False
    discrepa: bool = False


def buscar(texto: str, referencia: date | None) -> list[FechaLeida]:
    """Devuelve las fechas del texto, en orden y sin solaparse.

    `referencia` es la fecha del acta: da el año que falta y «del presente».
    """
    plegado = sin_cifras_del_ocr(plegar(texto))
    ocupado = bytearray(len(plegado))
    halladas: list[FechaLeida] = []
    for patron, leer in _GRAMATICA:
        for hallado in patron.finditer(plegado):
            inicio, fin = hallado.span()
            if any(ocupado[inicio:fin]):
                continue
            ocupado[inicio:fin] = b"\1" * (fin - inicio)
            if not _es_nombre_propio(texto, plegado, hallado):
                leida = leer(hallado, referencia)
                halladas += [leida] if leida else []
    return sorted(halladas, key=lambda f: f.inicio)


def mes(palabra: str) -> int:
    """Devuelve el número (1 a 12) de un mes plegado, entero o abreviado («set.» → 9)."""
    limpia = palabra.strip(". ")
    return MESES.get(limpia) or _ABREVIADOS[limpia]


def anio(palabra: str | None, referencia: date | None) -> int | None:
    """Devuelve el año escrito («2026», «26», «del presente año»); None si no se puede saber."""
    if palabra is None:
        return None
    if palabra.isdigit():
        return int(palabra) + (2000 if len(palabra) == 2 else 0)
    if palabra.startswith("dos mil"):
        return entero(palabra)
    if referencia is None:
        return None
    if re.search(r"pasado|anterior", palabra):
        return referencia.year - 1
    return referencia.year + bool(re.search(r"proximo|siguiente|entrante|viene", palabra))


def _dia(escrito: str) -> int:
    return 1 if escrito.startswith("primero") else entero(escrito)


def _es_nombre_propio(texto: str, plegado: str, hallado: re.Match[str]) -> bool:
    """Descarta «Av. 28 de Julio», «Zona 21 de Abril» y «Julio Quispe», que no son fechas."""
    letra = hallado.start("mes") if "mes" in hallado.re.groupindex else -1
    if letra < 0 or not texto[letra].isupper() or texto[letra + 1 : letra + 2].isupper():
        return False
    if hallado.groupdict().get("dia") is None:
        return bool(re.match(r"\s[A-ZÁÉÍÓÚÑ][a-záéíóúñ]", texto[hallado.end("mes") :]))
    if hallado["dia"].isdigit() or texto[hallado.start("dia")].isupper():
        return bool(_NOMBRE_PROPIO.search(plegado, max(0, hallado.start() - 30), hallado.start()))
    return False


def _dia_del_mes(anio_: int, mes_: int, dia: int) -> date | None:
    try:
        return date(anio_, mes_, dia)
    except ValueError:
        return None


def con_anio(
    dia: int, mes_: int, anio_: int | None, referencia: date | None
) -> tuple[date | None, bool]:
    """Arma la fecha. Sin año toma el de la referencia o el siguiente si ya pasó (segundo valor)."""
    if anio_ is not None or referencia is None:
        return (None if anio_ is None else _dia_del_mes(anio_, mes_, dia)), False
    fecha = _dia_del_mes(referencia.year, mes_, dia)
    if fecha and fecha < referencia - timedelta(weeks=SEMANAS_PARA_CORRER):
        return _dia_del_mes(referencia.year + 1, mes_, dia), True
    return fecha, False


def _leer_larga(hallado: re.Match[str], referencia: date | None) -> FechaLeida | None:
    dia = _dia(hallado["dia"])
    numero_de_mes = mes(hallado["mes"])
    escrito = anio(hallado["anio"], referencia)
    if not 1 <= dia <= calendario.ultimo_dia(escrito or 2000, numero_de_mes).day:
        return None
    ultimo, corrida = con_anio(dia, numero_de_mes, escrito, referencia)
    primero = _primero(hallado["previas"], ultimo) if hallado["previas"] else ultimo
    return _con_semana(
        hallado, FechaLeida(*hallado.span(), Forma.LARGA, primero, ultimo, escrito is None, corrida)
    )


def _primero(previas: str, ultimo: date | None) -> date | None:
    """Devuelve el primer día de «12, 13 y » o de «16 de noviembre al »; None si no es fecha."""
    hallado = _PRIMERO.match(previas)
    if ultimo is None or hallado is None:
        return None
    numero_de_mes = mes(hallado["mes"]) if hallado["mes"] else ultimo.month
    corrido = 1 if numero_de_mes > ultimo.month else 0
    return _dia_del_mes(ultimo.year - corrido, numero_de_mes, _dia(hallado["dia"]))


def _leer_de_este_mes(hallado: re.Match[str], referencia: date | None) -> FechaLeida | None:
    dia = _dia(hallado["dia"])
    if dia > 31:
        return None
    fecha = _dia_del_mes(referencia.year, referencia.month, dia) if referencia else None
    return _con_semana(hallado, FechaLeida(*hallado.span(), Forma.LARGA, fecha, fecha))


def _leer_numerica(hallado: re.Match[str], referencia: date | None) -> FechaLeida | None:
    numero_de_mes = int(hallado["mes"]) if hallado["mes"].isdigit() else mes(hallado["mes"])
    escrito = anio(hallado.groupdict().get("anio"), referencia)
    dia = int(hallado["dia"])
    if not 1 <= numero_de_mes <= 12 or not _dia_del_mes(escrito or 2000, numero_de_mes, dia):
        return None
    fecha, corrida = con_anio(dia, numero_de_mes, escrito, referencia)
    forma = Forma.CORTA if escrito is None else Forma.NUMERICA
    leida = FechaLeida(*hallado.span(), forma, fecha, fecha, escrito is None, corrida)
    return _con_semana(hallado, leida)


def _leer_mes(hallado: re.Match[str], referencia: date | None) -> FechaLeida | None:
    numero_de_mes = mes(hallado["mes"] or hallado["abreviado"])
    escrito = anio(hallado["anio"] or hallado["corto"] or hallado["anio2"], referencia)
    if escrito and (hallado["corto"] or hallado["abreviado"]):
        cerca = (referencia.year if referencia else 2020) - 2
        if not cerca <= escrito <= cerca + 12:
            return None
    ultimo, corrida = con_anio(1, numero_de_mes, escrito, referencia)
    if ultimo is None:
        return FechaLeida(*hallado.span(), Forma.MES, None, None, escrito is None)
    if escrito is None and referencia:
        ultimo, corrida = _mes_que_no_paso(ultimo, referencia)
    primero = ultimo
    if previos := re.findall(MES, hallado["previas"]):
        inicial = mes(previos[0])
        primero = date(ultimo.year - (inicial > ultimo.month), inicial, 1)
    fin = calendario.ultimo_dia(ultimo.year, ultimo.month)
    return FechaLeida(*hallado.span(), Forma.MES, primero, fin, escrito is None, corrida)


def _mes_que_no_paso(dia: date, referencia: date) -> tuple[date, bool]:
    fin = calendario.ultimo_dia(dia.year, dia.month)
    if fin < referencia - timedelta(weeks=SEMANAS_PARA_CORRER):
        return dia.replace(year=dia.year + 1), True
    return dia, dia.year > referencia.year


def _leer_dia_de_semana(hallado: re.Match[str], referencia: date | None) -> FechaLeida | None:
    numero = int(hallado["dia"]) if hallado["dia"] else None
    if numero is not None and not 1 <= numero <= 31:
        return None
    fecha = None
    if referencia:
        pedido = DIAS_DE_SEMANA.get(hallado["semana"])
        dias = [referencia + timedelta(days=n) for n in range(0 if numero else 1, 62)]
        posibles = [d for d in dias if numero in (None, d.day)]
        fecha = next((d for d in posibles if pedido in {None, d.weekday()}), posibles[0])
    forma = Forma.LARGA if numero else Forma.SEMANA
    return _con_semana(hallado, FechaLeida(*hallado.span(), forma, fecha, fecha, True))


def _con_semana(hallado: re.Match[str], leida: FechaLeida) -> FechaLeida:
    """Marca si el día de semana escrito no es el de la fecha (en un rango, el de su primer día)."""
    escrito = DIAS_DE_SEMANA.get(hallado["semana"] or "")
    if escrito is None or leida.primero is None or leida.primero.weekday() == escrito:
        return leida
    return replace(leida, discrepa=True)


_Lector = Callable[[re.Match[str], date | None], FechaLeida | None]
_GRAMATICA: tuple[tuple[re.Pattern[str], _Lector], ...] = (
    (_LARGA, _leer_larga),
    (_DE_ESTE_MES, _leer_de_este_mes),
    (_ISO, _leer_numerica),
    (_NUMERICA, _leer_numerica),
    (_CORTA, _leer_numerica),
    (_MES, _leer_mes),
    (_DIA_DE_SEMANA, _leer_dia_de_semana),
    (_DIA_SOLO, _leer_dia_de_semana),
)
