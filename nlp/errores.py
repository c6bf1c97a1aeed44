"""Errores del análisis.

ErrorDeNlp                  lleva `consejo`
├── ModeloInservible        un modelo está, pero no es el de su ficha o no sirve aquí
└── ConjuntoAusente         falta un conjunto etiquetado que se pidió para entrenar o medir
"""

from __future__ import annotations

from typing import ClassVar


class ErrorDeNlp(Exception):
    """No se puede analizar o entrenar; `consejo` dice qué hacer."""

    consejo: ClassVar[str] = "Revise la instalación con `actas doctor`."


class ModeloInservible(ErrorDeNlp):
    """El cargador de modelos rechazó un modelo."""

    consejo = "Vuelva a generar los modelos con `make entrenar`."


class ConjuntoAusente(ErrorDeNlp):
    """No está el archivo de un conjunto etiquetado."""

    consejo = "Indique con --datos la carpeta que tiene los conjuntos; docs/datos.md dice cuáles."
