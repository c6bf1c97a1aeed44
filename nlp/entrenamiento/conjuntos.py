"""Mide la clase, el tipo y los campos sobre un conjunto etiquetado, oración por oración.

Las mismas cuentas que el evaluador del contrato: macro-F1 de las cuatro clases; responsable y plazo
sobre los compromisos, con coincidencia de palabras (F1 ≥ 0,5) entre lo leído y lo anotado.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from nlp.entrenamiento.evaluar import PorClase, coincidencia
from nlp.propuesta import Clase, Tipo
from nlp.tuberia import Tuberia

COINCIDENCIA_DE_CAMPO = 0.5
CAMPOS = ("responsable", "plazo")


@dataclass(frozen=True, slots=True)
class MedidaDeConjunto:
    """Cifras de un conjunto; las parejas son (aciertos, casos)."""

    n: int
    clases: Mapping[str, PorClase]
    tipos: Mapping[str, PorClase]
    campos: Mapping[str, PorClase]
    fechas: tuple[int, int]
    sin_duda: tuple[int, int]

    def tabla(self) -> str:
        """Devuelve las cifras en texto, una fila por clase, tipo y campo."""
        aciertos, seguros = self.sin_duda
        exactas, escritas = self.fechas
        filas = [
            f"{self.n} oraciones; macro-F1 de clase {_macro(self.clases):.3f}, de tipo "
            f"{_macro(self.tipos):.3f}; sin duda {seguros / self.n:.0%}, y de esas acierta "
            f"{aciertos / max(1, seguros):.1%}",
            f"{'':<14}{'n':>5}{'precisión':>11}{'exhaust.':>10}{'F1':>7}",
        ]
        filas += [
            f"{nombre:<14}{c.esperados:>5}{c.precision:>11.3f}{c.exhaustividad:>10.3f}{c.f1:>7.3f}"
            for grupo in (self.clases, self.tipos, self.campos)
            for nombre, c in grupo.items()
        ]
        if escritas:
            filas.append(f"{'fecha límite':<14}{escritas:>5}  exactas {exactas / escritas:.1%}")
        return "\n".join(filas)


def leer_filas(ruta: Path) -> list[dict[str, Any]]:
    """Lee un JSONL etiquetado."""
    return [json.loads(f) for f in ruta.read_text(encoding="utf-8").splitlines() if f.strip()]


def medir_conjunto(tuberia: Tuberia, filas: Iterable[Mapping[str, Any]]) -> MedidaDeConjunto:
    """Clasifica cada fila con su fecha y sección, si las tiene, y cuenta aciertos."""
    cuentas: Counter[tuple[str, str]] = Counter()
    n = exactas = escritas = aciertos = seguros = 0
    for fila in filas:
        n += 1
        fecha = fila.get("fecha_acta")
        documento, propuesta = tuberia.proponer(
            fila["texto"], date.fromisoformat(fecha) if fecha else None, None
        )
        clase, oro = propuesta.clase.value, fila["clase"]
        _contar(cuentas, clase, oro)
        if not propuesta.clasificacion.duda:
            seguros += 1
            aciertos += clase == oro
        if oro != Clase.COMPROMISO:
            continue
        if fila.get("tipo"):
            tipo = propuesta.clasificacion.tipo
            _contar(cuentas, tipo.value if tipo else "", fila["tipo"])
        campos = propuesta.campos
        leidos = {
            "responsable": " ; ".join(documento.fragmento(e.tramo) for e in campos.responsable),
            "plazo": documento.fragmento(campos.plazo.tramo) if campos.plazo else "",
        }
        for nombre, leido in leidos.items():
            anotado = fila.get(nombre) or ""
            cuentas[nombre, "propuestos"] += bool(leido)
            cuentas[nombre, "esperados"] += bool(anotado)
            if leido and anotado:
                hay = coincidencia(leido, anotado) >= COINCIDENCIA_DE_CAMPO
                cuentas[nombre, "aciertos"] += hay
        if fila.get("fecha_limite"):
            escritas += 1
            limite = campos.plazo.fecha_limite if campos.plazo else None
            exactas += bool(limite) and str(limite) == fila["fecha_limite"]

    def por(nombres: Iterable[str]) -> dict[str, PorClase]:
        claves = ("aciertos", "propuestos", "esperados")
        return {n: PorClase(*(cuentas[n, k] for k in claves)) for n in nombres}

    return MedidaDeConjunto(
        n, por(Clase), por(Tipo), por(CAMPOS), (exactas, escritas), (aciertos, seguros)
    )


def _contar(cuentas: Counter[tuple[str, str]], propuesta: str, oro: str) -> None:
    cuentas[propuesta, "propuestos"] += 1
    cuentas[oro, "esperados"] += 1
    cuentas[oro, "aciertos"] += propuesta == oro


def _macro(grupo: Mapping[str, PorClase]) -> float:
    return sum(c.f1 for c in grupo.values()) / len(grupo)
