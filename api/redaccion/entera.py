"""El acta entera del editor como texto, y de un lugar de ese texto a su sitio en el editor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from api.etiquetas import GRAVEDADES
from api.redaccion.cabecera import ROTULOS, datos_escritos, titulo_de
from api.redaccion.vista import utf16
from registro.borradores import LISTAS

if TYPE_CHECKING:
    from lineamientos.acta_en_vivo import HallazgoConLugaresJson

PARTES: Final = {
    "participantes": "PARTICIPANTES",
    "agenda": "AGENDA",
    "anteriores": "ESTADO DE COMPROMISOS ANTERIORES",
    "desarrollo": "DESARROLLO",
    "pedidos": "PEDIDOS",
    "compromisos": "COMPROMISOS",
    "tareas": "TAREAS",
    "proxima_reunion": "PRÓXIMA REUNIÓN",
    "seguimiento": "MECANISMO DE SEGUIMIENTO",
    "constancias": "CONSTANCIAS",
    "cierre": "CIERRE",
}
"""Parte del borrador y su título, en el orden y con las palabras del Word (`plantilla.docx`)."""

DONDE_FALTA: Final = {"C01": "agenda", "C02": "seguimiento"}
"""Regla que señala algo que no está → parte del editor donde se escribe."""

MAS_LUGARES: Final = 8
"""Sitios que se ofrecen de un hallazgo; un acta puede tener cientos de pedidos sin respuesta."""


@dataclass(frozen=True, slots=True)
class Renglon:
    """Un renglón del acta: dónde está en su texto, en qué campo del editor y desde qué letra.

    `campo` es «fila», «libre» o «dato» y `nombre`, cuál. `escrito` es todo lo que el campo dice;
    `desde`, None si el renglón no está en él letra por letra.
    """

    inicio: int
    fin: int
    campo: str
    nombre: str
    escrito: str
    desde: int | None
    clase: str = ""

    def lugar(self, inicio: int, fin: int) -> dict[str, Any]:
        """Devuelve el sitio del editor que ocupa ese tramo, en unidades UTF-16 de su campo."""
        desde, hasta = 0, len(self.escrito)
        if self.desde is not None:
            desde = self.desde + max(inicio, self.inicio) - self.inicio
            hasta = self.desde + min(fin, self.fin) - self.inicio
        return {
            self.campo: self.nombre,
            "desde": utf16(self.escrito, desde),
            "hasta": utf16(self.escrito, hasta),
        }


@dataclass(frozen=True, slots=True)
class ActaEscrita:
    """El texto del acta y sus renglones, en orden."""

    texto: str
    renglones: tuple[Renglon, ...]

    @property
    def filas(self) -> list[tuple[int, int, str]]:
        """Devuelve inicio, fin y clase de cada fila escrita."""
        return [(r.inicio, r.fin, r.clase) for r in self.renglones if r.campo == "fila"]

    @property
    def vacia(self) -> bool:
        """Dice si todavía no hay más que datos generales."""
        return all(r.campo == "dato" for r in self.renglones)

    def lugares(self, tramos: Sequence[tuple[int, int]]) -> list[dict[str, Any]]:
        """Devuelve los sitios del editor que tocan los tramos, sin repetir campo."""
        hallados: dict[tuple[str, str], dict[str, Any]] = {}
        for inicio, fin in tramos:
            for r in self.renglones:
                if r.inicio < fin and inicio < r.fin:
                    hallados.setdefault((r.campo, r.nombre), r.lugar(inicio, fin))
        return list(hallados.values())[:MAS_LUGARES]


def escribir(contenido: Mapping[str, Any]) -> ActaEscrita:
    """Arma el acta como se imprime: título, datos y partes; una parte vacía no deja su título."""
    datos = contenido["datos"]
    titulo = titulo_de(datos)
    acta = _Escritura()
    acta.renglon(titulo, "dato", "titulo", datos["titulo"])
    nombres = {rotulo: nombre for nombre, rotulo in ROTULOS}
    for rotulo, valor in datos_escritos(datos):
        nombre = nombres[rotulo]
        acta.renglon(valor, "dato", nombre, datos[nombre], f"{rotulo}: ")
    for parte, rotulo in PARTES.items():
        if parte in LISTAS:
            escritos = [(i["id"], i["texto"], 0, i["texto"]) for i in contenido[parte]]
        else:
            escritos = [(parte, *trozo) for trozo in _renglones(contenido[parte])]
        campo, clase = ("fila", LISTAS[parte]) if parte in LISTAS else ("libre", "")
        llenos = [e for e in escritos if e[1].strip()]
        if llenos:
            acta.titulo(rotulo)
        for nombre, dicho, desde, escrito in llenos:
            acta.renglon(dicho, campo, nombre, escrito, clase=clase, base=desde)
    return ActaEscrita("\n".join(acta.trozos), tuple(acta.renglones))


def de_acta(
    escrita: ActaEscrita, hallazgos: Sequence[HallazgoConLugaresJson]
) -> list[dict[str, Any]]:
    """Devuelve los hallazgos del acta entera con lo que el editor muestra y adónde llevan."""
    return [
        {
            "regla": h["regla"],
            "gravedad": h["gravedad"],
            "nombre": GRAVEDADES[h["gravedad"]],
            "mensaje": h["mensaje"],
            "explicacion": h["explicacion"],
            "sugerencias": h["sugerencias"],
            "lugares": [{"libre": DONDE_FALTA[h["regla"]], "desde": 0, "hasta": 0}]
            if h["regla"] in DONDE_FALTA
            else escrita.lugares(h["tramos"]),
        }
        for h in hallazgos
    ]


@dataclass(slots=True)
class _Escritura:
    """El acta a medio escribir."""

    trozos: list[str] = field(default_factory=list)
    renglones: list[Renglon] = field(default_factory=list)
    largo: int = 0

    def titulo(self, texto: str) -> None:
        self.trozos.append(texto)
        self.largo += len(texto) + 1

    def renglon(
        self,
        dicho: str,
        campo: str,
        nombre: str,
        escrito: str,
        prefijo: str = "",
        clase: str = "",
        base: int = 0,
    ) -> None:
        limpio = " ".join(dicho.split())
        desde = escrito.find(limpio, base)
        inicio = self.largo + len(prefijo)
        self.renglones.append(
            Renglon(
                inicio,
                inicio + len(limpio),
                campo,
                nombre,
                escrito,
                None if desde < 0 else desde,
                clase,
            )
        )
        self.titulo(prefijo + limpio)


def _renglones(escrito: str) -> Iterator[tuple[str, int, str]]:
    """Da cada renglón de un texto corrido, la letra en que empieza y el texto entero."""
    base = 0
    for renglon in escrito.splitlines(keepends=True):
        yield renglon, base, escrito
        base += len(renglon)
