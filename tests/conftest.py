"""Lo común a todas las pruebas."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import pytest

RAIZ = Path(__file__).parents[1]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Con ACTAS_EXIGE_TODO=1 (integración continua) una prueba omitida es una falla."""
    informe = yield
    if informe.skipped and os.environ.get("ACTAS_EXIGE_TODO") == "1":
        informe.outcome = "failed"
        informe.longrepr = f"se omitió y aquí se exige todo: {informe.longrepr}"
    return informe


@pytest.fixture(scope="session")
def ejemplos() -> Path:
    """Devuelve la carpeta de las actas de ejemplo."""
    return RAIZ / "ejemplos"
