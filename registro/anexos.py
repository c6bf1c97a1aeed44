"""Las matrices oficiales: Anexo 2 (15 columnas) y Anexo 5 (10), en XLSX y CSV.

Los títulos y su orden son los del Protocolo para el monitoreo y seguimiento de compromisos, anexos
2 y 5; «CODIGO SNIP» va sin tilde, como en el original. El estado es el de espacios no priorizados;
lo desestimado y lo renegociado no se reporta.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from nlp.propuesta import NivelDeGobierno, Tipo
from registro.compromiso import Compromiso
from registro.estados import ESTADOS
from registro.historia import Cabeza

_LARGO_DE_CELDA = 32_767
"""Caracteres que Excel admite en una celda."""

_CORTADO = " […texto cortado: el completo está en el registro]"
_PARECE_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FONDO_DE_TITULO = PatternFill("solid", fgColor="FFD9E2F3")
_TITULO = Alignment(wrap_text=True, vertical="center", horizontal="center")
_CUERPO = Alignment(wrap_text=True, vertical="top")

_TIPOS: Final[Mapping[Tipo | None, str]] = {
    Tipo.PIP: "PIP",
    Tipo.ACTIVIDAD: "Actividad",
    None: "Por determinar",
}
_NIVELES: Final[Mapping[NivelDeGobierno, str]] = {
    NivelDeGobierno.NACIONAL: "Nacional",
    NivelDeGobierno.REGIONAL: "Regional",
    NivelDeGobierno.LOCAL: "Local",
    NivelDeGobierno.NO_APLICA: "No aplica",
}


class Anexo(IntEnum):
    """Matriz oficial que se exporta."""

    DOS = 2
    CINCO = 5


@dataclass(frozen=True, slots=True)
class Columna:
    """Una columna: título exacto, qué dato lleva y su ancho en caracteres.

    `en_anexo_5` dice si también es de la matriz de diez columnas.
    """

    titulo: str
    valor: Callable[[Compromiso], str | date | None]
    ancho: int
    en_anexo_5: bool = False


def _unir(partes: Iterable[str]) -> str:
    return "; ".join(partes)


def _niveles(compromiso: Compromiso) -> str:
    hallados = (_NIVELES[quien.nivel] for quien in compromiso.responsables if quien.nivel)
    return _unir(dict.fromkeys(hallados))


COLUMNAS: Final = (
    Columna("CÓDIGO DEL CASO", lambda c: c.caso, 16),
    Columna("FECHA DEL ACTA", lambda c: c.fecha_acta, 14, en_anexo_5=True),
    Columna("TIPO DE COMPROMISO", lambda c: _TIPOS[c.tipo], 16, en_anexo_5=True),
    Columna(
        "DESCRIPCIÓN DEL COMPROMISO", lambda c: c.descripcion or c.denominacion, 70, en_anexo_5=True
    ),
    Columna("UNIDAD TERRITORIAL", lambda c: c.unidad_territorial, 20, en_anexo_5=True),
    Columna("REGIÓN(ES)", lambda c: _unir(c.regiones), 18, en_anexo_5=True),
    Columna("PROVINCIA(S)", lambda c: _unir(c.provincias), 18, en_anexo_5=True),
    Columna("DISTRITO(S)", lambda c: _unir(c.distritos), 18, en_anexo_5=True),
    Columna("CODIGO SNIP", lambda c: c.codigo_snip, 14),
    Columna("CÓDIGO UNIFICADO", lambda c: c.codigo_unificado, 14),
    Columna(
        "ESTADO ACTUAL DEL COMPROMISO",
        lambda c: ESTADOS[c.estado].no_priorizado,
        18,
        en_anexo_5=True,
    ),
    Columna("AVANCE", lambda c: c.avance, 30),
    Columna("RESPONSABLE", lambda c: _unir(q.valor for q in c.responsables), 36, en_anexo_5=True),
    Columna("NIVEL DE GOBIERNO RESPONSABLE", _niveles, 18, en_anexo_5=True),
    Columna("COLABORADORES", lambda c: _unir(c.colaboradores), 36),
)
"""Anexo 2; el Anexo 5 son las marcadas, en el mismo orden."""

ADICIONALES: Final = (
    Columna("N.º EN EL REGISTRO", lambda c: str(c.id), 12),
    Columna("N.º DE ACTA EN EL REGISTRO", lambda c: str(c.acta_id), 14),
    Columna("N.º EN EL ACTA", lambda c: c.numero_en_acta, 12),
    Columna("DENOMINACIÓN", lambda c: c.denominacion, 60),
    Columna("TRANSCRIPCIÓN", lambda c: c.transcripcion, 70),
    Columna("PLAZO", lambda c: c.plazo_texto, 28),
    Columna("FECHA LÍMITE", lambda c: c.fecha_limite, 14),
    Columna("MÉTODO DE CÁLCULO DEL PLAZO", lambda c: c.metodo_plazo, 16),
    Columna("LUGARES", lambda c: _unir(c.lugares), 24),
    Columna("MONTO", lambda c: c.monto, 18),
    Columna("FINANCIAMIENTO", lambda c: c.financiamiento, 28),
    Columna("CONDICIÓN", lambda c: c.condicion, 28),
    Columna("VERIFICACIÓN", lambda c: c.verificacion, 28),
    Columna("ESTADO DEL PROTOCOLO", lambda c: ESTADOS[c.estado].nombre, 24),
)
"""Segunda hoja, optativa: lo que el registro guarda y los anexos no piden, fila por fila."""


def columnas_de(anexo: Anexo) -> tuple[Columna, ...]:
    """Devuelve las columnas de ese anexo, en su orden oficial."""
    return COLUMNAS if anexo is Anexo.DOS else tuple(c for c in COLUMNAS if c.en_anexo_5)


def a_xlsx(
    compromisos: Iterable[Compromiso],
    anexo: Anexo,
    *,
    con_adicionales: bool = False,
    cabeza: Cabeza | None = None,
) -> bytes:
    """Devuelve el libro de Excel con la matriz; `con_adicionales` suma «Campos adicionales».

    Las fechas van como fechas (dd/mm/aaaa) y todo lo demás como texto, también lo que empieza como
    una fórmula. La cabeza de la historia va en las propiedades del libro y al pie de cada página
    impresa: las celdas son solo las oficiales.
    """
    reportados = _reportados(compromisos)
    libro = Workbook()
    libro.remove(libro.worksheets[0])
    _llenar(libro.create_sheet(f"Anexo {anexo}"), columnas_de(anexo), reportados)
    if con_adicionales:
        _llenar(libro.create_sheet("Campos adicionales"), ADICIONALES, reportados)
    if cabeza:
        poner_cabeza(libro, cabeza)
    salida = io.BytesIO()
    libro.save(salida)
    return salida.getvalue()


def poner_cabeza(libro: Any, cabeza: Cabeza) -> None:
    """Deja la cabeza en las propiedades del libro y al pie de cada página impresa."""
    libro.properties.description = f"Cabeza de la historia: {cabeza}"
    for hoja in libro.worksheets:
        hoja.oddFooter.left.text, hoja.oddFooter.left.size = f"Historia {cabeza}", 7
        hoja.oddFooter.right.text = "Página &P de &N"


def a_csv(compromisos: Iterable[Compromiso], anexo: Anexo) -> bytes:
    """Devuelve la matriz en CSV (UTF-8 con marca, comas), con las fechas como dd/mm/aaaa.

    Un CSV no distingue texto de fórmula: lo que empieza como una lleva delante un apóstrofo.
    """
    columnas = columnas_de(anexo)
    salida = io.StringIO(newline="")
    escritor = csv.writer(salida)
    escritor.writerow([columna.titulo for columna in columnas])
    for compromiso in _reportados(compromisos):
        escritor.writerow([_para_csv(columna.valor(compromiso)) for columna in columnas])
    return salida.getvalue().encode("utf-8-sig", "replace")


def _reportados(compromisos: Iterable[Compromiso]) -> list[Compromiso]:
    return [c for c in compromisos if ESTADOS[c.estado].no_priorizado]


def _llenar(hoja: Worksheet, columnas: Sequence[Columna], compromisos: list[Compromiso]) -> None:
    hoja.append([_celda_de_titulo(hoja, columna.titulo) for columna in columnas])
    for compromiso in compromisos:
        hoja.append([_celda(hoja, columna.valor(compromiso)) for columna in columnas])
    for posicion, columna in enumerate(columnas, start=1):
        hoja.column_dimensions[get_column_letter(posicion)].width = columna.ancho
    hoja.freeze_panes = "A2"
    hoja.auto_filter.ref = f"A1:{get_column_letter(len(columnas))}{len(compromisos) + 1}"


def _celda_de_titulo(hoja: Worksheet, titulo: str) -> Cell:
    celda = WriteOnlyCell(hoja, titulo)
    celda.font, celda.fill, celda.alignment = Font(bold=True), _FONDO_DE_TITULO, _TITULO
    return celda


def _celda(hoja: Worksheet, valor: str | date | None) -> Cell:
    celda = WriteOnlyCell(hoja)
    celda.alignment = _CUERPO
    if isinstance(valor, date):
        celda.value, celda.number_format = valor, "dd/mm/yyyy"
    elif valor:
        celda.value, celda.number_format = _que_cabe(valor), "@"
        celda.data_type = "s"
        celda.quotePrefix = valor.startswith(_PARECE_FORMULA)
    return celda


def en_la_celda(valor: str | date | None) -> str | date | None:
    """Devuelve el valor como lo admite Excel; si corta un texto, el texto lo dice."""
    return _que_cabe(valor) if isinstance(valor, str) else valor


def _que_cabe(texto: str) -> str:
    admitido = ILLEGAL_CHARACTERS_RE.sub("�", texto)
    if len(admitido) <= _LARGO_DE_CELDA:
        return admitido
    return admitido[: _LARGO_DE_CELDA - len(_CORTADO)] + _CORTADO


def _para_csv(valor: str | date | None) -> str:
    if isinstance(valor, date):
        return f"{valor:%d/%m/%Y}"
    texto = valor or ""
    return f"'{texto}" if texto.startswith(_PARECE_FORMULA) else texto
