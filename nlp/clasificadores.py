"""Clasifica segmentos: pedido, compromiso, tarea u otro, y PIP o actividad. Solo predice.

Primero van las reglas de lo que con certeza es «otro»; después el modelo, cuyas probabilidades se
ajustan por el lugar del texto en el acta (`nlp/datos/pesos_por_lugar.toml`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from modelos.cargador import CARPETA, Modelo, ModeloAusente, ModeloIncompatible, cargar
from nlp.mezcla import Clasificador
from nlp.palabras import Palabras
from nlp.plegado import plegar
from nlp.propuesta import Clase, Clasificacion, Seccion, Tipo
from nlp.rasgos import rasgos, rasgos_de_tipo
from nlp.vectores import Entrada


@dataclass(frozen=True, slots=True)
class Muestra:
    """Un texto por clasificar y su lugar en el acta.

    `texto` incluye el encabezado de su lista, si lo tiene. `presenta` marca lo que solo introduce
    una lista y `columna`, el papel de su columna en una tabla.
    """

    texto: str
    seccion: Seccion | None = None
    columna: str | None = None
    presenta: bool = False


@dataclass(frozen=True, slots=True)
class _Aprendido:
    modelo: Modelo
    clasificador: Clasificador
    umbral: float


class Clasificadores:
    """Los modelos de clase y de tipo. Sin ellos, todo es «otro» y queda en duda."""

    def __init__(self, carpeta: Path = CARPETA) -> None:
        self._clase = _leer("clase", carpeta)
        self._tipo = _leer("tipo", carpeta)

    @property
    def versiones(self) -> dict[str, str]:
        """Devuelve el nombre y la versión de cada modelo presente («clase» → «clase 2026.1»)."""
        presentes = (m for m in (self._clase, self._tipo) if m)
        return {m.modelo.nombre: m.modelo.version for m in presentes}

    def clasificar(self, muestras: Sequence[Muestra]) -> list[Clasificacion]:
        """Devuelve la clasificación de cada muestra, en el mismo orden."""
        resultado = [_por_regla(m) for m in muestras]
        pendientes = [i for i, c in enumerate(resultado) if c is None]
        if self._clase is None:
            return [c or Clasificacion(Clase.OTRO, None, {}, True) for c in resultado]
        clases = [Clase(c) for c in self._clase.clasificador.clases]
        entradas = [Entrada(m.texto, rasgos(m.texto)) for m in (muestras[i] for i in pendientes)]
        tabla = self._clase.clasificador.probabilidades(entradas)
        for i, fila in zip(pendientes, tabla, strict=True):
            crudas = dict(zip(clases, map(float, fila), strict=True))
            resultado[i] = _decidir(_ajustar(crudas, muestras[i]), self._clase.umbral)
        return self._con_tipo(muestras, [c for c in resultado if c])

    def _con_tipo(
        self, muestras: Sequence[Muestra], clasificaciones: list[Clasificacion]
    ) -> list[Clasificacion]:
        """Da tipo a los compromisos; si no es seguro, el ítem queda en duda."""
        indices = [i for i, c in enumerate(clasificaciones) if c.clase is Clase.COMPROMISO]
        if self._tipo is None or not indices:
            return clasificaciones
        textos = [muestras[i].texto for i in indices]
        tabla = self._tipo.clasificador.probabilidades([
            Entrada(t, rasgos_de_tipo(t)) for t in textos
        ])
        for i, fila in zip(indices, tabla, strict=True):
            confianza = round(float(fila.max()), 4)
            clasificaciones[i] = replace(
                clasificaciones[i],
                duda=clasificaciones[i].duda or confianza < self._tipo.umbral,
                tipo=Tipo(self._tipo.clasificador.clases[int(fila.argmax())]),
                confianza_tipo=confianza,
            )
        return clasificaciones


def _leer(nombre: str, carpeta: Path) -> _Aprendido | None:
    try:
        modelo = cargar(nombre, carpeta)
        palabras = _leer_palabras(modelo, carpeta) if "palabras" in modelo.ficha else None
    except ModeloAusente:
        return None
    clasificador = Clasificador.leer(modelo.ruta, palabras)
    return _Aprendido(modelo, clasificador, modelo.ficha["umbral_de_duda"])


def _leer_palabras(modelo: Modelo, carpeta: Path) -> Palabras:
    palabras = cargar("palabras", carpeta)
    if palabras.ficha["artefacto"]["sha256"] != modelo.ficha["palabras"]["sha256"]:
        raise ModeloIncompatible(f"«{modelo.nombre}» se entrenó con otras palabras")
    return Palabras.leer(palabras.ruta)


@lru_cache(maxsize=1)
def _datos() -> dict[str, Any]:
    ruta = files("nlp") / "datos" / "pesos_por_lugar.toml"
    return tomllib.loads(ruta.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _siempre_otro() -> re.Pattern[str]:
    return re.compile("|".join(_datos()["reglas"]["otro"]))


def _por_regla(muestra: Muestra) -> Clasificacion | None:
    """«Otro» por regla lleva confianza None: no la calculó ningún modelo.

    Las filas que dan cuenta de compromisos anteriores no proponen compromisos nuevos.
    """
    es_estado = muestra.seccion is Seccion.ESTADO_DE_COMPROMISOS and muestra.columna
    if muestra.presenta or es_estado or _siempre_otro().search(plegar(muestra.texto)):
        return Clasificacion(Clase.OTRO, None, {}, False)
    return None


def _ajustar(crudas: Mapping[Clase, float], muestra: Muestra) -> dict[Clase, float]:
    pesos = _datos()["columna"].get(muestra.columna) or (
        _datos()["seccion"].get(muestra.seccion, {}) if muestra.seccion else {}
    )
    pesadas = {c: p * pesos.get(c.value, 1.0) for c, p in crudas.items()}
    total = sum(pesadas.values())
    return {c: round(p / total, 4) for c, p in pesadas.items()}


def _decidir(probabilidades: Mapping[Clase, float], umbral: float) -> Clasificacion:
    clase = max(probabilidades, key=lambda c: probabilidades[c])
    confianza = probabilidades[clase]
    return Clasificacion(clase, confianza, probabilidades, confianza < umbral)
