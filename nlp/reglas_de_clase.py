"""Lecturas que la guía fija y corrigen al modelo: una negativa o un ultimátum no son compromisos.

Las reglas son datos (`datos/reglas_de_clase.toml`), cada una con su fuente. Cuando una contradice
al modelo vale la regla, pero el ítem queda en duda: una persona debe elegir.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from nlp.clasificadores import Muestra
from nlp.plegado import plegar
from nlp.propuesta import Clase, Clasificacion, Seccion, Tipo


@dataclass(frozen=True, slots=True)
class Regla:
    """Una lectura fija: a qué clases corrige, cuándo se cumple y de dónde sale."""

    nombre: str
    fuente: str
    clase: Clase
    de: frozenset[Clase]
    patron: re.Pattern[str] | None
    salvo: re.Pattern[str] | None
    lemas: frozenset[str]
    tipo: Tipo | None
    fuera_de: frozenset[Seccion]
    solo_en: frozenset[Seccion]
    en_actas: bool

    def vale(self, muestra: Muestra, clase: Clase, accion: Callable[[], str | None]) -> bool:
        """Dice si la regla corrige esa clase en ese texto y lugar; `accion` da su infinitivo."""
        if clase not in self.de or muestra.seccion in self.fuera_de:
            return False
        if self.solo_en and muestra.seccion not in self.solo_en:
            return False
        plano = plegar(muestra.texto)
        if self.salvo and self.salvo.search(plano):
            return False
        if self.patron and self.patron.search(plano):
            return True
        return bool(self.lemas) and accion() in self.lemas


@lru_cache(maxsize=1)
def reglas() -> tuple[Regla, ...]:
    """Devuelve las reglas en el orden en que se prueban."""
    ruta = files("nlp") / "datos" / "reglas_de_clase.toml"
    return tuple(
        Regla(
            r["nombre"],
            r["fuente"],
            Clase(r["clase"]),
            frozenset(map(Clase, r["de"])),
            _unir(r.get("patrones")),
            _unir(r.get("salvo")),
            frozenset(r.get("lemas", ())),
            Tipo(r["tipo"]) if "tipo" in r else None,
            frozenset(map(Seccion, r.get("fuera_de", ()))),
            frozenset(map(Seccion, r.get("solo_en", ()))),
            r.get("en_actas", False),
        )
        for r in tomllib.loads(ruta.read_text(encoding="utf-8"))["regla"]
    )


def _unir(patrones: list[str] | None) -> re.Pattern[str] | None:
    return re.compile("|".join(patrones)) if patrones else None


def corregir(
    muestra: Muestra,
    leida: Clasificacion,
    accion: Callable[[], str | None],
    en_acta: bool = False,
) -> Clasificacion:
    """Devuelve la clasificación según la primera regla que la corrija, o la misma.

    La corregida conserva las probabilidades del modelo y queda en duda. `en_acta` dice que el texto
    se lee con su acta delante y no suelto; lo que solo presenta una lista no se corrige.
    """
    if muestra.presenta:
        return leida
    for regla in reglas():
        if (en_acta or not regla.en_actas) and regla.vale(muestra, leida.clase, accion):
            confianza = leida.probabilidades.get(regla.clase)
            return Clasificacion(
                regla.clase, confianza, leida.probabilidades, duda=True, tipo=regla.tipo
            )
    return leida
