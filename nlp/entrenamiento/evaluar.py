"""Mide lo propuesto para actas enteras: ítems, clases, campos y enlaces.

Un ítem propuesto y uno esperado son el mismo si sus palabras coinciden bastante (F1 ≥ 0,6); se
emparejan de mayor a menor coincidencia, uno con uno. En las actas, «otro» no se anota ni se mide.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingesta.documento import Documento
from nlp.acta_analizada import ActaAnalizada
from nlp.catalogo import entidad_por_nombre
from nlp.plegado import plegar
from nlp.propuesta import Clase, Propuesta

COINCIDENCIA = 0.6
CLASES = (Clase.PEDIDO, Clase.COMPROMISO, Clase.TAREA)
CAMPOS = (
    "tipo",
    "responsable",
    "entidades del catálogo",
    "plazo",
    "metodo",
    "fecha_limite",
    "aceptacion",
    "pedido_de_origen",
    "atributos",
)
"""Lo que se compara en un ítem bien hallado y de clase correcta."""

ATRIBUTOS = ("condicional", "negativo", "reiterado", "referido")


@dataclass(frozen=True, slots=True)
class PorClase:
    """Aciertos, propuestos y esperados de una clase."""

    aciertos: int = 0
    propuestos: int = 0
    esperados: int = 0

    def __add__(self, otra: PorClase) -> PorClase:
        """Suma las cuentas."""
        return PorClase(
            self.aciertos + otra.aciertos,
            self.propuestos + otra.propuestos,
            self.esperados + otra.esperados,
        )

    @property
    def precision(self) -> float:
        """Parte de lo propuesto que es cierta."""
        return self.aciertos / self.propuestos if self.propuestos else 0.0

    @property
    def exhaustividad(self) -> float:
        """Parte de lo esperado que se propuso."""
        return self.aciertos / self.esperados if self.esperados else 0.0

    @property
    def f1(self) -> float:
        """Media armónica de precisión y exhaustividad."""
        suma = self.precision + self.exhaustividad
        return 2 * self.precision * self.exhaustividad / suma if suma else 0.0


@dataclass(frozen=True, slots=True)
class Medida:
    """Resultado sobre una o más actas; se suman. `campos` trae (exactos, comparados) por campo."""

    actas: int
    esperados: int
    encontrados: int
    clases: Mapping[Clase, PorClase]
    campos: Mapping[str, tuple[int, int]]
    fallas: Sequence[str] = field(default=())

    def __add__(self, otra: Medida) -> Medida:
        """Junta dos medidas de actas distintas."""
        return Medida(
            self.actas + otra.actas,
            self.esperados + otra.esperados,
            self.encontrados + otra.encontrados,
            {c: self.clases[c] + otra.clases[c] for c in CLASES},
            {
                n: (self.campos[n][0] + otra.campos[n][0], self.campos[n][1] + otra.campos[n][1])
                for n in CAMPOS
            },
            (*self.fallas, *otra.fallas),
        )

    @property
    def items(self) -> PorClase:
        """Devuelve la cuenta de las tres clases juntas: un acierto es el mismo ítem y su clase."""
        return sum(self.clases.values(), PorClase())


def medir(actas: Iterable[tuple[ActaAnalizada, Path]]) -> Medida:
    """Mide y suma cada acta analizada contra el JSON de su lectura esperada."""
    nada = Medida(0, 0, 0, dict.fromkeys(CLASES, PorClase()), dict.fromkeys(CAMPOS, (0, 0)))
    return sum((medir_acta(acta, ruta) for acta, ruta in actas), nada)


def medir_acta(acta: ActaAnalizada, ruta: Path) -> Medida:
    """Mide un acta contra el JSON de su lectura esperada (`ejemplos/LEEME.md`)."""
    clases: Counter[tuple[str, str]] = Counter()
    campos: Counter[tuple[str, bool]] = Counter()
    fallas: list[str] = []
    esperados = json.loads(ruta.read_text(encoding="utf-8"))["items"]
    propuestas = [p for p in acta.propuestas if p.clase is not Clase.OTRO]
    pares = emparejar(acta.documento, propuestas, esperados)
    for i, esperado in enumerate(esperados):
        clases[Clase(esperado["clase"]), "esperados"] += 1
        propuesta = propuestas[pares[i]] if i in pares else None
        fallas += _fallas(ruta.stem, esperado, propuesta)
        if propuesta and propuesta.clase == esperado["clase"]:
            clases[propuesta.clase, "aciertos"] += 1
            for campo, exacto in _comparar(acta, propuesta, esperado, esperados):
                campos[campo, exacto] += 1
    clases.update((p.clase, "propuestos") for p in propuestas)
    sobran = set(range(len(propuestas))) - set(pares.values())
    fallas += [
        f"{ruta.stem}: sobra [{p.clase}] {acta.documento.fragmento(p.tramo)}"
        for p in (propuestas[j] for j in sorted(sobran))
    ]
    return Medida(
        1,
        len(esperados),
        len(pares),
        {c: _por_clase(clases, c) for c in CLASES},
        {c: (campos[c, True], campos[c, True] + campos[c, False]) for c in CAMPOS},
        tuple(fallas),
    )


def _por_clase(cuenta: Counter[tuple[str, str]], clase: str) -> PorClase:
    return PorClase(
        cuenta[clase, "aciertos"], cuenta[clase, "propuestos"], cuenta[clase, "esperados"]
    )


def emparejar(
    documento: Documento, propuestas: Sequence[Propuesta], esperados: Sequence[Mapping[str, Any]]
) -> dict[int, int]:
    """Devuelve, por índice de ítem esperado, el índice de la propuesta que es el mismo ítem."""
    leidas = [_palabras(documento.fragmento(p.tramo)) for p in propuestas]
    parecidos = [
        (parecido, -abs(i - j), i, j)
        for i, e in enumerate(esperados)
        for j, leida in enumerate(leidas)
        if (parecido := _f1(_palabras(e["texto"]), leida)) >= COINCIDENCIA
    ]
    pares: dict[int, int] = {}
    for _, _, i, j in sorted(parecidos, reverse=True):
        if i not in pares and j not in pares.values():
            pares[i] = j
    return pares


def _comparar(
    acta: ActaAnalizada,
    propuesta: Propuesta,
    esperado: Mapping[str, Any],
    esperados: Sequence[Mapping[str, Any]],
) -> Iterable[tuple[str, bool]]:
    campos = propuesta.campos
    if esperado.get("atributos") is not None:
        leidos = {a for a in ATRIBUTOS if getattr(propuesta.atributos, a)}
        yield "atributos", leidos == set(esperado["atributos"])
    if propuesta.clase is Clase.PEDIDO:
        yield "aceptacion", propuesta.atributos.aceptacion == esperado["aceptacion"]
        return
    if propuesta.clase is Clase.COMPROMISO:
        yield "tipo", propuesta.clasificacion.tipo == esperado["tipo"]
    nombres = {plegar(e.valor) for e in campos.responsable}
    yield "responsable", nombres == {plegar(n) for n in esperado["responsable"]}
    for nombre in esperado["responsable"]:
        if entidad_por_nombre(nombre):
            yield "entidades del catálogo", plegar(nombre) in nombres
    leido = acta.documento.fragmento(campos.plazo.tramo) if campos.plazo else ""
    yield "plazo", _f1(_palabras(leido), _palabras(esperado["plazo"] or "")) >= COINCIDENCIA
    if esperado.get("metodo"):
        yield "metodo", campos.plazo is not None and campos.plazo.metodo == esperado["metodo"]
    limite = campos.plazo.fecha_limite if campos.plazo else None
    yield "fecha_limite", (limite.isoformat() if limite else None) == esperado["fecha_limite"]
    yield "pedido_de_origen", _mismo_origen(acta, propuesta, esperado, esperados)


def _mismo_origen(
    acta: ActaAnalizada,
    propuesta: Propuesta,
    esperado: Mapping[str, Any],
    esperados: Sequence[Mapping[str, Any]],
) -> bool:
    origen = esperado["pedido_de_origen"]
    pedido = next((p for p in acta.propuestas if p.id == propuesta.pedido_de_origen), None)
    if pedido is None or origen is None:
        return pedido is None and origen is None
    leido = acta.documento.fragmento(pedido.tramo)
    return coincidencia(leido, esperados[origen]["texto"]) >= COINCIDENCIA


def _fallas(nombre: str, esperado: Mapping[str, Any], propuesta: Propuesta | None) -> list[str]:
    if propuesta and propuesta.clase == esperado["clase"]:
        return []
    leida = propuesta.clase if propuesta else "falta"
    return [f"{nombre}: {esperado['clase']} → {leida}: {esperado['texto']}"]


def coincidencia(a: str, b: str) -> float:
    """F1 de las palabras de dos textos, sin mirar mayúsculas, tildes ni orden."""
    return _f1(_palabras(a), _palabras(b))


def _palabras(texto: str) -> Counter[str]:
    return Counter(re.findall(r"[a-z0-9]+", plegar(texto)))


def _f1(a: Counter[str], b: Counter[str]) -> float:
    """F1 de dos bolsas de palabras; dos vacías son iguales."""
    comunes = sum((a & b).values())
    return 2 * comunes / (a.total() + b.total()) if a or b else 1.0
