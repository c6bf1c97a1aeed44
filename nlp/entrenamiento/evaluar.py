"""Mide lo propuesto: ítems de actas enteras y clase de oraciones sueltas.

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
from nlp.entrenamiento.corpus import Ejemplo
from nlp.plegado import plegar
from nlp.propuesta import ActaAnalizada, Clase, Propuesta, Tipo
from nlp.tuberia import Tuberia

COINCIDENCIA = 0.6
CLASES = (Clase.PEDIDO, Clase.COMPROMISO, Clase.TAREA)
_CABECERA = f"{'clase':<18}{'n':>5}{'precisión':>11}{'exhaust.':>10}{'F1':>7}"
_CAMPOS = ("tipo", "responsable", "plazo", "fecha_limite", "aceptacion", "pedido_de_origen")


@dataclass(frozen=True, slots=True)
class PorClase:
    """Aciertos, propuestos y esperados de una clase."""

    aciertos: int = 0
    propuestos: int = 0
    esperados: int = 0

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
    """Resultado sobre una o más actas. `campos` trae (exactos, comparados) por campo."""

    actas: int
    esperados: int
    encontrados: int
    clases: Mapping[Clase, PorClase]
    campos: Mapping[str, tuple[int, int]]
    fallas: Sequence[str] = field(default=())

    def tabla(self) -> str:
        """Devuelve las cifras en texto, una fila por clase y una por campo."""
        filas = [
            f"{self.actas} actas, {self.esperados} ítems; encontrados "
            f"{_porcentaje(self.encontrados, self.esperados)} (de cualquier clase)",
            _CABECERA,
        ]
        filas += [_fila(clase, c) for clase, c in self.clases.items()]
        filas += [
            f"{nombre:<18}{comparados:>5}{_porcentaje(exactos, comparados):>11}"
            for nombre, (exactos, comparados) in self.campos.items()
        ]
        return "\n".join(filas)


def medir(actas: Iterable[tuple[ActaAnalizada, Path]]) -> Medida:
    """Mide cada acta analizada contra el JSON de su lectura esperada (`ejemplos/esperado`)."""
    clases: Counter[tuple[str, str]] = Counter()
    campos: Counter[tuple[str, bool]] = Counter()
    fallas: list[str] = []
    total = encontrados = cuenta = 0
    for acta, ruta in actas:
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
            f"{ruta.stem}: sobra [{propuestas[j].clase}] "
            f"{acta.documento.fragmento(propuestas[j].tramo)}"
            for j in sorted(sobran)
        ]
        total, encontrados, cuenta = total + len(esperados), encontrados + len(pares), cuenta + 1
    return Medida(
        cuenta,
        total,
        encontrados,
        {c: _por_clase(clases, c) for c in CLASES},
        {c: (campos[c, True], campos[c, True] + campos[c, False]) for c in _CAMPOS},
        tuple(fallas),
    )


@dataclass(frozen=True, slots=True)
class MedidaDeClases:
    """Resultado sobre oraciones sueltas; `seguras` y `seguras_ciertas` son las que no dudan."""

    clases: Mapping[str, PorClase]
    tipos: Mapping[str, PorClase]
    total: int
    seguras: int
    seguras_ciertas: int

    @property
    def macro_f1(self) -> float:
        """Media simple del F1 de las cuatro clases."""
        return sum(c.f1 for c in self.clases.values()) / len(self.clases)

    def tabla(self) -> str:
        """Devuelve las cifras en texto, una fila por clase y una por tipo."""
        aciertos = sum(c.aciertos for c in self.clases.values())
        return "\n".join([
            f"{self.total} oraciones; macro-F1 {self.macro_f1:.3f}; "
            f"exactitud {_porcentaje(aciertos, self.total)}",
            _CABECERA,
            *(_fila(nombre, c) for nombre, c in {**self.clases, **self.tipos}.items()),
            f"sin duda: {_porcentaje(self.seguras, self.total)}, "
            f"de ellas ciertas {_porcentaje(self.seguras_ciertas, self.seguras)}",
        ])


def medir_clases(tuberia: Tuberia, ejemplos: Sequence[Ejemplo]) -> MedidaDeClases:
    """Clasifica cada oración sola y la compara con su etiqueta; el tipo, solo si es compromiso."""
    clases: Counter[tuple[str, str]] = Counter()
    tipos: Counter[tuple[str, str]] = Counter()
    seguras = ciertas = 0
    for ejemplo in ejemplos:
        leida = tuberia.proponer(ejemplo.texto)[1].clasificacion
        _anotar(clases, ejemplo.clase, leida.clase)
        if ejemplo.tipo:
            _anotar(tipos, ejemplo.tipo, leida.tipo)
        seguras += not leida.duda
        ciertas += not leida.duda and leida.clase is ejemplo.clase
    return MedidaDeClases(
        {c.value: _por_clase(clases, c) for c in Clase},
        {t.value: _por_clase(tipos, t) for t in Tipo},
        len(ejemplos),
        seguras,
        ciertas,
    )


def _anotar(cuenta: Counter[tuple[str, str]], esperada: str, leida: str | None) -> None:
    cuenta[esperada, "esperados"] += 1
    if leida:
        cuenta[leida, "propuestos"] += 1
        cuenta[leida, "aciertos"] += leida == esperada


def _por_clase(cuenta: Counter[tuple[str, str]], clase: str) -> PorClase:
    return PorClase(
        cuenta[clase, "aciertos"], cuenta[clase, "propuestos"], cuenta[clase, "esperados"]
    )


def _fila(nombre: str, c: PorClase) -> str:
    return f"{nombre:<18}{c.esperados:>5}{c.precision:>11.3f}{c.exhaustividad:>10.3f}{c.f1:>7.3f}"


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
    if propuesta.clase is Clase.PEDIDO:
        yield "aceptacion", propuesta.atributos.aceptacion == esperado["aceptacion"]
        return
    if propuesta.clase is Clase.COMPROMISO:
        yield "tipo", propuesta.clasificacion.tipo == esperado["tipo"]
    nombres = {plegar(e.valor) for e in campos.responsable}
    yield "responsable", nombres == {plegar(n) for n in esperado["responsable"]}
    leido = acta.documento.fragmento(campos.plazo.tramo) if campos.plazo else ""
    yield "plazo", _f1(_palabras(leido), _palabras(esperado["plazo"] or "")) >= COINCIDENCIA
    limite = campos.plazo.fecha_limite if campos.plazo else None
    yield "fecha_limite", (limite.isoformat() if limite else None) == esperado["fecha_limite"]
    origen = esperado["pedido_de_origen"]
    pedido = next((p for p in acta.propuestas if p.id == propuesta.pedido_de_origen), None)
    yield (
        "pedido_de_origen",
        (pedido is None) == (origen is None)
        and (
            pedido is None
            or _f1(
                _palabras(acta.documento.fragmento(pedido.tramo)),
                _palabras(esperados[origen]["texto"]),
            )
            >= COINCIDENCIA
        ),
    )


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


def _porcentaje(parte: int, total: int) -> str:
    return f"{100 * parte / total:.1f} %" if total else "–"
