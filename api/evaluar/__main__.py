"""Mide la calidad y escribe `docs/calidad.md`. `make evaluar` lo llama.

Con `--datos CARPETA` mide también los conjuntos de desarrollo de esa carpeta; sin ella, solo lo que
hay en el repositorio. `--completo` vuelve a entrenar lo necesario para la curva de aprendizaje y la
ablación (minutos). El avance va al error estándar.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console

from api import medir_lengua
from api.evaluar import completo as costoso
from api.evaluar.graficos import graficos
from api.evaluar.informe import documento
from api.evaluar.reglas import medir as medir_reglas
from api.evaluar.reunir import (
    TAL_CUAL,
    Evaluacion,
    juntar,
    reunir_actas,
    reunir_conjuntos,
    reunir_lo_escrito,
)
from lineamientos.analisis import crear_analizador
from modelos.cargador import CARPETA, ModeloAusente, cargar
from nlp.entrenamiento.acuerdo import acuerdos
from nlp.entrenamiento.medidas import COBERTURA, EXACTITUD_SIN_DUDA, MACRO_F1
from nlp.entrenamiento.medidas_lugares import medir_ubigeo

DOCUMENTO = Path(__file__).parents[2] / "docs" / "calidad.md"


def main() -> None:
    """Mide, escribe el documento y sus gráficos y resume en la terminal."""
    lector = argparse.ArgumentParser(description=__doc__)
    lector.add_argument("--datos", type=Path, help="carpeta con los conjuntos de desarrollo")
    lector.add_argument(
        "--completo", action="store_true", help="curva, ablación y escenas apartadas"
    )
    lector.add_argument("--salida", type=Path, default=DOCUMENTO, help="documento que se escribe")
    lector.add_argument("--fallas", action="store_true", help="lista cada ítem de acta mal leído")
    lector.add_argument("--sin-velocidad", action="store_true", help="no mide tiempos ni memoria")
    opciones = lector.parse_args()
    avance = Console(stderr=True, highlight=False)
    inicio = time.monotonic()

    def avisar(paso: str) -> None:
        avance.print(f"[dim]{time.monotonic() - inicio:6.0f} s[/] {paso}")

    evaluacion = evaluar(
        opciones.datos, opciones.completo, not opciones.sin_velocidad, opciones.salida, avisar
    )
    escribir(evaluacion, opciones.salida)
    pantalla = Console(highlight=False, soft_wrap=True)
    _resumir(evaluacion, pantalla)
    if opciones.fallas:
        for actas in evaluacion.actas:
            for medida in actas.variantes[TAL_CUAL].values():
                pantalla.print("\n".join(medida.fallas), markup=False)
    pantalla.print(f"Escrito: {opciones.salida}")


def evaluar(
    datos: Path | None,
    completo: bool,
    velocidad: bool,
    salida: Path,
    avisar: Callable[[str], None],
) -> Evaluacion:
    """Mide todo lo pedido. Lo completo se guarda junto al documento y se reutiliza después."""
    analizador = crear_analizador()
    modelo = _huella_del_modelo()
    archivo = salida.parent / "calidad" / "completo.json"
    if completo:
        costoso.guardar(costoso.medir_completo(datos, modelo, avisar), archivo)
    conjuntos = list(reunir_conjuntos(analizador, datos, avisar))
    actas = list(reunir_actas(analizador, avisar))
    avisar("reglas de redacción")
    reglas = list(medir_reglas(analizador, datos))
    avisar("UBIGEO de cada distrito")
    if velocidad:
        avisar("velocidad y memoria")
    return Evaluacion(
        datetime.now(ZoneInfo("America/Lima")).date().isoformat(),
        analizador.tuberia.modelos,
        conjuntos,
        juntar(conjuntos),
        [reunir_lo_escrito(analizador, avisar)],
        actas,
        costoso.leer(archivo),
        modelo,
        acuerdos(),
        medir_lengua.medir(analizador.tuberia) if velocidad else None,
        medir_ubigeo(),
        reglas,
    )


def escribir(evaluacion: Evaluacion, salida: Path) -> None:
    """Escribe el documento y, en `calidad/` a su lado, los gráficos."""
    carpeta = salida.parent / "calidad"
    carpeta.mkdir(parents=True, exist_ok=True)
    salida.write_text(documento(evaluacion), encoding="utf-8")
    for nombre, dibujo in graficos(evaluacion).items():
        (carpeta / nombre).write_text(dibujo, encoding="utf-8")


def _huella_del_modelo() -> str:
    try:
        return str(cargar("clase", CARPETA).ficha["artefacto"]["sha256"])
    except ModeloAusente:
        return ""


def _resumir(evaluacion: Evaluacion, pantalla: Console) -> None:
    if not evaluacion.reales:
        pantalla.print("Sin conjuntos reales (falta DATOS): solo se midió lo del repositorio.")
    for conjunto in evaluacion.conjuntos:
        if conjunto.nombre != "escritos":
            cifras = (MACRO_F1, COBERTURA, EXACTITUD_SIN_DUDA)
            leidas = " · ".join(f"{x.titulo} {x.medir(conjunto.casos).valor:.3f}" for x in cifras)
            pantalla.print(f"{conjunto.titulo} ({len(conjunto.casos)}): {leidas}")
    for actas in evaluacion.actas:
        medidas = list(actas.variantes[TAL_CUAL].values())
        items = sum((x.items for x in medidas[1:]), medidas[0].items)
        pantalla.print(
            f"actas, {actas.nombre} ({len(medidas)}, {items.esperados} ítems): F1 {items.f1:.3f}"
        )


if __name__ == "__main__":
    main()
