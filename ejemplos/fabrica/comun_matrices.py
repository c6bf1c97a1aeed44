"""Lo común a las matrices fabricadas: los títulos oficiales, y el caso de una matriz con defectos.

`Caso.esperado` va de número de fila del archivo a veredicto; lo que no está ahí no es una fila.
"""

import csv
import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from openpyxl import Workbook

ANEXO_2 = [
    "CÓDIGO DEL CASO",
    "FECHA DEL ACTA",
    "TIPO DE COMPROMISO",
    "DESCRIPCIÓN DEL COMPROMISO",
    "UNIDAD TERRITORIAL",
    "REGIÓN(ES)",
    "PROVINCIA(S)",
    "DISTRITO(S)",
    "CODIGO SNIP",
    "CÓDIGO UNIFICADO",
    "ESTADO ACTUAL DEL COMPROMISO",
    "AVANCE",
    "RESPONSABLE",
    "NIVEL DE GOBIERNO RESPONSABLE",
    "COLABORADORES",
]
FUERA_DEL_ANEXO_5 = {
    "CÓDIGO DEL CASO",
    "CODIGO SNIP",
    "CÓDIGO UNIFICADO",
    "AVANCE",
    "COLABORADORES",
}
ANEXO_5 = [titulo for titulo in ANEXO_2 if titulo not in FUERA_DEL_ANEXO_5]
FECHA, TIPO, DESCRIPCION, REGION, SNIP, CUI, ESTADO, AVANCE, QUIEN, NIVEL = (
    1,
    2,
    3,
    5,
    8,
    9,
    10,
    11,
    12,
    13,
)
OBJETOS = [
    "bombas de agua",
    "laptops",
    "módulos de riego",
    "cocinas mejoradas",
    "toneladas de semilla",
    "aulas",
]
QUIENES = [("Ministerio de Salud", "Nacional"), ("Gobierno Regional de Junín", "Regional"),
           ("Municipalidad Distrital de Morococha", "Local"), ("Minera Aurora S. A.", "No aplica")]  # fmt: skip
CUATRO = ["Por iniciar", "En proceso", "Cumplido", "Incumplido"]
NUEVE = ["Abierto – No iniciado", "Abierto – En proceso", "Abierto – Sin información", "Abierto – Suspendido",
         "Abierto – Inviable", "Cerrado – Cumplido", "Cerrado – Incumplido", "Cerrado – Desestimado",
         "Cerrado – Renegociado/Redefinido"]  # fmt: skip


@dataclass
class Caso:
    """Una matriz: su archivo, el veredicto de cada fila y valores que deben leerse."""

    nombre: str
    titulos: list[Any] = field(default_factory=lambda: list(ANEXO_2))
    filas: list[list[Any]] = field(default_factory=list)
    antes: list[list[Any]] = field(default_factory=list)
    unir: list[str] = field(default_factory=list)
    esperado: dict[int, str] = field(default_factory=dict)
    valores: dict[int, dict[str, Any]] = field(default_factory=dict)
    avisos: list[str] = field(default_factory=list)
    motivos: dict[int, str] = field(default_factory=dict)
    hacer: Callable[["Caso"], bytes] | None = None

    @property
    def archivo(self) -> str:
        return f"{self.nombre.replace(' ', '-').replace('/', '-')}.{'csv' if self.nombre.startswith('CSV') else 'xlsx'}"

    @property
    def primera(self) -> int:
        """Devuelve el número de la primera fila de datos."""
        return len(self.antes) + 2

    def contenido(self) -> bytes:
        return self.hacer(self) if self.hacer else libro(self)

    def espera(self, orden: int, veredicto: str, motivo: str = "", **valores: Any) -> None:
        """Anota qué debe pasar con la fila de datos número `orden`, desde 0."""
        self.esperado[self.primera + orden] = veredicto
        if motivo:
            self.motivos[self.primera + orden] = motivo
        if valores:
            self.valores[self.primera + orden] = valores


def libro(caso: Caso, *otras: tuple[str, list[list[Any]]]) -> bytes:
    """Escribe el XLSX, con otras hojas detrás."""
    salida = io.BytesIO()
    armado = Workbook()
    hoja = armado.worksheets[0]
    hoja.title = "Matriz"
    for fila in (*caso.antes, caso.titulos, *caso.filas):
        hoja.append(fila)
    for rango in caso.unir:
        hoja.merge_cells(rango)
    for nombre, filas in otras:
        nueva = armado.create_sheet(nombre)
        for fila in filas:
            nueva.append(fila)
    armado.save(salida)
    return salida.getvalue()


def texto_csv(caso: Caso, separador: str = ",", codificacion: str = "utf-8-sig") -> bytes:
    salida = io.StringIO(newline="")
    escritor = csv.writer(salida, delimiter=separador)
    for fila in (*caso.antes, caso.titulos, *caso.filas):
        escritor.writerow([f"{v:%d/%m/%Y}" if isinstance(v, date) else v for v in fila])
    return salida.getvalue().encode(codificacion)


def limpias(numero: int, cuantas: int = 6) -> list[list[Any]]:
    """Da filas sin defectos, distintas en cada matriz."""
    azar = random.Random(numero)  # noqa: S311
    filas = []
    for orden in range(cuantas):
        quien, nivel = azar.choice(QUIENES)
        cantidad = 100 * numero + orden + 2
        dia = date(2013 + numero % 8, 1 + orden % 12, 1 + numero % 28)
        texto = (
            f"{quien} entregará {cantidad} {azar.choice(OBJETOS)} a la comunidad de Nueva Esperanza"
        )
        filas.append([
            f"2019-{numero:03}",
            dia,
            "Actividad",
            texto,
            "UT Centro",
            "Junín",
            "Yauli",
            "Morococha",
            None,
            None,
            azar.choice(CUATRO),
            "",
            quien,
            nivel,
            None,
        ])
    return filas


class Lote:
    """Los casos hechos hasta ahora; el número de orden es la semilla de cada uno."""

    def __init__(self) -> None:
        self.hechos: list[Caso] = []

    def nuevo(self, nombre: str, cuantas: int = 6) -> Caso:
        """Agrega un caso con filas limpias que deben entrar todas."""
        caso = Caso(nombre, filas=limpias(len(self.hechos) + 1, cuantas))
        for orden in range(cuantas):
            caso.espera(orden, "nueva")
        self.hechos.append(caso)
        return caso

    def con_titulos(self, nombre: str, titulos: list[Any], avisos: Sequence[str] = ()) -> Caso:
        """Agrega un caso con filas limpias bajo otros títulos."""
        caso = self.nuevo(nombre)
        caso.titulos = titulos
        caso.avisos = list(avisos)
        return caso


def columna(caso: Caso, cual: int, escritos: list[Any], campo: str, leidos: list[Any]) -> Caso:
    """Escribe una columna y anota cómo debe leerse cada celda."""
    for orden, (escrito, leido) in enumerate(zip(escritos, leidos, strict=True)):
        caso.filas[orden][cual] = escrito
        caso.espera(orden, "nueva", **{campo: leido})
    return caso


def mover(caso: Caso, cuantas: int) -> None:
    """Baja lo esperado tantas filas."""
    caso.esperado = {n + cuantas: v for n, v in caso.esperado.items()}


def intercalar(caso: Caso, orden: int, veredicto: str, motivo: str) -> None:
    """Anota qué debe pasar con una fila puesta entre las limpias."""
    corte = caso.primera + orden
    caso.esperado = {n + (n >= corte): v for n, v in caso.esperado.items()}
    caso.espera(orden, veredicto, motivo)
