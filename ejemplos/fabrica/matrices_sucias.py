"""Cincuenta matrices sucias, hechas con semilla fija, y qué debe pasar con cada una de sus filas.

Uso: `python ejemplos/fabrica/matrices_sucias.py CARPETA` las escribe para mirarlas.

Cada caso es una receta: parte de filas limpias y les pone un defecto de los que traen las matrices
de verdad. Los textos son inventados.
"""

import io
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from comun_matrices import (
    ANEXO_2,
    AVANCE,
    CUI,
    DESCRIPCION,
    ESTADO,
    FECHA,
    NIVEL,
    NUEVE,
    QUIEN,
    REGION,
    SNIP,
    TIPO,
    Caso,
    Lote,
    columna,
    intercalar,
    libro,
    mover,
    texto_csv,
)
from openpyxl import Workbook
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter


def _cabeceras(lote: Lote) -> None:
    lote.con_titulos("variantes de cabecera", ["CASO", "Fecha acta", "TIPO", "Descripción", "U.T.", "DPTO./REGIÓN", "Provincia",
                "Distrito", "SNIP", "CUI", "Estado", "Situación actual", "Entidad responsable", "Nivel", "Involucrados"])  # fmt: skip
    lote.con_titulos("cabecera sin tildes y en minúsculas", [
        "codigo del caso", "fecha del acta", "tipo de compromiso", "descripcion del compromiso", "unidad territorial", "region(es)",
        "provincia(s)", "distrito(s)", "codigo snip", "codigo unificado", "estado actual del compromiso", "avance", "responsable",
        "nivel de gobierno responsable", "colaboradores"])  # fmt: skip
    lote.con_titulos(
        "cabecera con saltos y espacios", [t.replace(" ", "\n ") + "  " for t in ANEXO_2]
    )
    lote.con_titulos("cabecera con dos puntos y asteriscos", [f"{t} (*):" for t in ANEXO_2])
    lote.con_titulos("cabecera con erratas", [t.replace("RESPONSABLE", "RESPONSBLE").replace("COMPROMISO", "COMPROMSIO") for t in ANEXO_2],
                avisos=["se tomó como"])  # fmt: skip
    caso = lote.con_titulos("cabecera en dos filas combinadas", list(ANEXO_2))
    arriba: list[Any] = list(ANEXO_2)
    arriba[REGION : REGION + 3] = ["UBICACIÓN", None, None]
    caso.antes = [arriba]
    caso.titulos = [None] * 5 + ANEXO_2[5:8] + [None] * 7
    columnas = [get_column_letter(n + 1) for n in range(15) if not 5 <= n < 8]
    caso.unir = [*(f"{c}1:{c}2" for c in columnas), "F1:H1"]
    mover(caso, 1)
    caso = lote.con_titulos("cabecera en dos filas sin combinar", list(ANEXO_2))
    caso.antes, caso.titulos = [arriba], [None] * 5 + ANEXO_2[5:8] + [None] * 7
    mover(caso, 1)
    caso = lote.con_titulos("rótulos y filas vacías arriba", list(ANEXO_2))
    caso.antes = [["PRESIDENCIA DEL CONSEJO DE MINISTROS"], [], ["Matriz al 30/04/2021"], []]
    caso.unir = ["A1:O1"]
    mover(caso, 4)
    caso = lote.con_titulos("columnas en otro orden", ANEXO_2[::-1])
    caso.filas = [fila[::-1] for fila in caso.filas]
    caso = lote.con_titulos("columnas de más", [*ANEXO_2, "OBSERVACIONES", "CORREO", None])
    caso.filas = [[*fila, "ver oficio", None, 3] for fila in caso.filas]
    caso.avisos = ["«OBSERVACIONES» no se importa", "sin título"]
    caso = lote.con_titulos("N.° delante y columna repetida", ["N.°", *ANEXO_2, "RESPONSABLE"])
    caso.filas = [[n, *fila, "otro"] for n, fila in enumerate(caso.filas, 1)]
    caso.avisos = ["ya hay otra de lo mismo"]
    caso = lote.con_titulos("Abierto/Cerrado y estado aparte", ["ESTADO", *ANEXO_2])
    caso.filas = [["Abierto", *fila] for fila in caso.filas]
    caso.avisos = ["«ESTADO» no se importa"]
    caso = lote.nuevo("cabecera repetida en cada página")
    caso.filas.insert(3, list(ANEXO_2))
    intercalar(caso, 3, "rechazada", "repite los títulos")
    caso = lote.nuevo("faltan columnas", 4)
    caso.titulos = [ANEXO_2[FECHA], ANEXO_2[DESCRIPCION], ANEXO_2[QUIEN]]
    caso.filas = [[f[FECHA], f[DESCRIPCION], f[QUIEN]] for f in caso.filas]


def _fechas(lote: Lote) -> None:
    dia, serial = date(2019, 3, 7), 43531
    estilos = [
        "07/03/2019",
        "7-3-19",
        "7 de marzo de 2019",
        "2019-03-07",
        serial,
        datetime(2019, 3, 7, 10, 30),  # noqa: DTZ001 - Excel no guarda la zona
    ]
    columna(
        lote.nuevo("fechas en cinco estilos y como fecha"), FECHA, estilos, "fecha_acta", [dia] * 6
    )
    estilos = [
        "07.03.2019",
        "Jueves, 7 de marzo del 2019",
        "7-mar-19",
        "07/03/2019 10:30",
        "7 / 3 / 2019",
        str(serial),
    ]
    columna(lote.nuevo("más estilos de fecha"), FECHA, estilos, "fecha_acta", [dia] * 6)
    caso = lote.nuevo("fechas imposibles")
    for orden, escrita in enumerate([
        "30/02/2019",
        "marzo 2019",
        "07/03/1919",
        "14 y 15/03/2019",
        "por definir",
        "13/13/2019",
    ]):
        caso.filas[orden][FECHA] = escrita
        caso.espera(orden, "dudosa", "fecha")
    caso = lote.nuevo("sin fecha")
    for fila in caso.filas:
        fila[FECHA] = None


def _tipo_y_estado(lote: Lote) -> None:
    columna(lote.nuevo("«201 PIP» y otras erratas del tipo"), TIPO,
             ["201 PIP", "PIPs", "362 actividades", "P.I.P.", "Obras por Impuestos", "ACTIVIDAD "], "tipo",
             ["pip", "pip", "actividad", "pip", "pip", "actividad"])  # fmt: skip
    columna(
        lote.nuevo("sin tipo"),
        TIPO,
        ["Por determinar", "", None, "-", "Sin tipo", "s/d"],
        "tipo",
        [None] * 6,
    )
    caso = lote.nuevo("tipos que no son", 3)
    for orden, escrito in enumerate(["PIP/Actividad", "Mixto", "compromiso"]):
        caso.filas[orden][TIPO] = escrito
        caso.espera(orden, "dudosa", "el tipo")
    columna(lote.nuevo("estados en nueve", 9), ESTADO, NUEVE, "estado",
             ["no_iniciado", "en_proceso", "sin_informacion", "suspendido", "inviable", "cumplido", "incumplido", "desestimado",
              "renegociado"])  # fmt: skip
    columna(lote.nuevo("estados en cuatro, con mayúsculas y puntos"), ESTADO,
             ["POR INICIAR", "en  proceso.", "CUMPLIDO ", "Incumplido", "cumplida", "EN PROCESO"], "estado",
             ["no_iniciado", "en_proceso", "cumplido", "incumplido", "cumplido", "en_proceso"])  # fmt: skip
    caso = lote.nuevo("estados que no son", 4)
    for orden, escrito in enumerate(["EN PORCESO", "Abierto", "a medias", "50 %"]):
        caso.filas[orden][ESTADO] = escrito
        caso.espera(orden, "rechazada", "no es del Anexo 7")


def _filas_que_no_son(lote: Lote) -> None:
    caso = lote.nuevo("filas vacías intercaladas")
    for lugar in (5, 3, 1):
        caso.filas.insert(lugar, [None] * 15)
    caso.esperado = {caso.primera + n: "nueva" for n in (0, 2, 3, 5, 6, 8)}
    caso = lote.nuevo("totales intercalados")
    caso.filas.insert(3, [None, None, None, "SUBTOTAL JUNÍN", None, None, None, None, 3])
    caso.filas.append(["TOTAL", None, None, None, None, None, None, None, 6])
    caso.esperado = {
        caso.primera + n: {3: "dudosa", 7: "rechazada"}.get(n, "nueva") for n in range(8)
    }
    caso.motivos = {caso.primera + n: "parece un total" for n in (3, 7)}
    caso = lote.nuevo("rótulo combinado entre filas")
    caso.filas.insert(2, ["UT CENTRO"])
    caso.unir = ["A4:O4"]
    intercalar(caso, 2, "rechazada", "no tiene descripción")
    caso = lote.nuevo("nota al pie")
    caso.filas.append([None, None, None, "Fuente: elaboración propia de la oficina"])
    caso.espera(6, "dudosa", "solo trae la descripción")
    caso = lote.nuevo("solo fuera de las columnas")
    caso.titulos = [*ANEXO_2, None]
    caso.filas.append([None] * 15 + ["pendiente de revisar"])
    caso.espera(6, "rechazada", "fuera de las columnas")
    caso.avisos = ["sin título"]
    caso = lote.nuevo("descripción sin palabras", 4)
    for orden, escrita in enumerate(["123", "-", "…", 45]):
        caso.filas[orden][DESCRIPCION] = escrita
        caso.espera(orden, "dudosa", "no tiene palabras")


def _celdas(lote: Lote) -> None:
    caso = lote.nuevo("celdas combinadas hacia abajo")
    for fila in caso.filas[1:3]:
        fila[0] = fila[REGION] = None
    caso.unir = ["A2:A4", "F2:F4"]
    caso.espera(2, "nueva", caso=caso.filas[0][0], regiones=("Junín",))
    caso = lote.nuevo("descripción combinada en dos filas", 4)
    caso.filas[2][DESCRIPCION] = None
    caso.filas[2][FECHA] = caso.filas[1][FECHA]
    caso.filas[2][QUIEN] = "Ministerio de Educación"
    caso.unir = ["D3:D4"]
    caso.espera(2, "dudosa", "repite la fila 3")
    caso = lote.nuevo("combinada más allá de los datos", 4)
    caso.filas += [[None] * 15 for _ in range(4)]
    caso.unir = ["A5:A9"]
    caso = lote.nuevo("saltos de línea en las celdas", 3)
    caso.filas[0][QUIEN], caso.filas[0][NIVEL] = (
        "1. Ministerio de Salud\n2. Minera Aurora S. A.",
        "Nacional\nNo aplica",
    )
    caso.espera(0, "nueva", responsables=("Ministerio de Salud", "Minera Aurora S. A."))
    caso.filas[1][DESCRIPCION] = caso.filas[1][DESCRIPCION].replace(" a la ", "\n\na la ")
    caso = lote.nuevo("números como texto y texto como número", 4)
    caso.filas[0][SNIP], caso.filas[1][CUI], caso.filas[2][SNIP], caso.filas[3][0] = (
        999123.0,
        "2999001",
        999124,
        2019,
    )
    caso.espera(0, "nueva", codigo_snip="999123")
    caso.espera(1, "nueva", codigo_unificado="2999001")
    caso.espera(2, "nueva", codigo_snip="999124")
    caso.espera(3, "nueva", caso="2019")
    caso = lote.nuevo("códigos que no son", 4)
    for orden, escrito in enumerate(["EN TRÁMITE", 2.5e6 + 0.5, "2,99E+06", "por definir"]):
        caso.filas[orden][CUI] = escrito
        caso.espera(orden, "dudosa", "código")
    caso = lote.nuevo("lo que Excel volvió fecha u hora", 3)
    caso.filas[0][0], caso.filas[1][AVANCE], caso.filas[2][AVANCE] = (
        date(2019, 5, 1),
        time(10, 30),
        timedelta(hours=30),
    )
    for orden in range(3):
        caso.espera(orden, "dudosa", "fecha u hora")
    caso = lote.nuevo("avance en porcentaje", 3)
    caso.hacer = _con_porcentajes
    caso.espera(0, "nueva", avance="45 %")
    caso = lote.nuevo("espacios duros e invisibles")
    caso.filas = [
        [f"\u00a0\ufeff {v}\u200b  " if isinstance(v, str) and v else v for v in f]
        for f in caso.filas
    ]
    caso = lote.nuevo("rayas por vacío")
    for fila in caso.filas:
        fila[SNIP], fila[CUI], fila[AVANCE], fila[14] = "-", "—", "s/d", "--"
    caso.espera(0, "nueva", codigo_snip=None, codigo_unificado=None, avance="", colaboradores=())
    caso = lote.nuevo("tildes perdidas", 4)
    caso.filas[0][REGION], caso.filas[1][REGION] = "JUNIN", "junin"
    for orden in (0, 1):
        caso.espera(orden, "nueva", regiones=("Junín",))
    caso.filas[2][DESCRIPCION] += " para la remediaci?n de suelos"
    caso.filas[3][DESCRIPCION] += " para la remediaciÃ³n de suelos"
    caso.espera(2, "dudosa", "perdido letras")
    caso.espera(3, "dudosa", "mal codificado")
    caso = lote.nuevo("lugares con comas, barras e «y»", 4)
    escritos = ["Junín, Pasco", "Junín / Pasco", "Junín y Pasco", "Junin;Pasco"]
    columna(caso, REGION, escritos, "regiones", [("Junín", "Pasco")] * 4)
    caso = lote.nuevo("región que no existe", 2)
    caso.filas[0][REGION] = "Junnín"
    caso.espera(0, "dudosa", "UBIGEO")
    caso = lote.nuevo("errores y fórmulas de Excel", 4)
    caso.filas[0][FECHA], caso.filas[1][DESCRIPCION], caso.filas[2][AVANCE] = (
        "#REF!",
        "#N/A",
        "=A1&B1",
    )
    caso.filas[3] = [None, None, None, '="El compromiso "&A2'] + [None] * 11
    caso.espera(0, "dudosa", "#REF!")
    caso.espera(1, "rechazada", "no tiene descripción")
    caso.espera(2, "dudosa", "fórmula")
    caso.espera(3, "rechazada", "no tiene descripción")


def _hojas_y_archivos(lote: Lote) -> None:
    caso = lote.nuevo("filas repetidas")
    caso.filas += [list(caso.filas[0]), list(caso.filas[3])]
    caso.filas[7][DESCRIPCION] = caso.filas[7][DESCRIPCION].upper() + "  "
    caso.espera(6, "dudosa", "repite la fila 2")
    caso.espera(7, "dudosa", "repite la fila 5")
    caso = lote.nuevo("hojas de más")
    caso.hacer = lambda c: libro(c, ("Lista", [["Estados"], ["Cumplido"]]), ("Vacía", []))
    caso.avisos = ["La hoja «Lista» no tiene los títulos de una matriz: 2 filas sin leer."]
    caso = lote.nuevo("la matriz en la segunda hoja", 4)
    caso.hacer = _en_la_segunda
    caso.avisos = ["La hoja «Portada»"]
    caso = lote.nuevo("CSV de Windows con punto y coma")
    caso.hacer = lambda c: texto_csv(c, ";", "cp1252")
    caso = lote.nuevo("CSV con tabuladores en UTF-16")
    caso.hacer = lambda c: texto_csv(c, "\t", "utf-16")
    caso = lote.nuevo("CSV codificado dos veces", 3)
    caso.hacer = lambda c: (
        texto_csv(c).decode("utf-8").encode("utf-8").decode("cp1252").encode("utf-8")
    )
    caso.avisos = ["se tomó como"]
    for orden, fila in enumerate(caso.filas):
        fila[DESCRIPCION] += " según el cronograma del año"
        caso.espera(orden, "dudosa", "mal codificado")


def casos() -> list[Caso]:
    """Devuelve los cincuenta casos."""
    lote = Lote()
    for receta in (
        _cabeceras,
        _fechas,
        _tipo_y_estado,
        _filas_que_no_son,
        _celdas,
        _hojas_y_archivos,
    ):
        receta(lote)
    return lote.hechos


def _con_porcentajes(caso: Caso) -> bytes:
    armado = Workbook()
    hoja = armado.worksheets[0]
    for fila in (caso.titulos, *caso.filas):
        hoja.append(fila)
    for orden in range(len(caso.filas)):
        celda = hoja.cell(orden + 2, AVANCE + 1)
        celda.value, celda.number_format = 0.45 + orden / 10, "0%"
        celda.fill = PatternFill("solid", fgColor="FFFF00")
    salida = io.BytesIO()
    armado.save(salida)
    return salida.getvalue()


def _en_la_segunda(caso: Caso) -> bytes:
    armado = Workbook()
    armado.worksheets[0].title = "Portada"
    armado.worksheets[0].append(["Matriz de compromisos"])
    hoja = armado.create_sheet("Datos")
    for fila in (caso.titulos, *caso.filas):
        hoja.append(fila)
    salida = io.BytesIO()
    armado.save(salida)
    return salida.getvalue()


if __name__ == "__main__":
    destino = Path(sys.argv[1])
    destino.mkdir(parents=True, exist_ok=True)
    for hecho in casos():
        (destino / hecho.archivo).write_bytes(hecho.contenido())
        print(hecho.archivo)
