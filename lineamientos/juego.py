"""El juego de reglas vigente: las del programa y lo que una oficina añade, silencia o regradúa.

La carpeta de la oficina (`ACTAS_REGLAS`) trae reglas propias, con el mismo formato que las
nuestras y otro código, y un `ajustes.toml` que no toca nuestros archivos:

    silenciar = ["R08"]

    [gravedad]
    T05 = "aviso"
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from lineamientos.errores import ReglaDesconocida, ReglaInvalida
from lineamientos.hallazgo import Gravedad
from lineamientos.lectura import Fuente, leer_regla
from lineamientos.regla import Regla

AJUSTES = "ajustes.toml"


@lru_cache(maxsize=8)
def cargar_reglas(carpeta: Path | None = None) -> tuple[Regla, ...]:
    """Lee las reglas del programa y, si se da, aplica la carpeta de una oficina.

    Salen en orden de código. Levanta `ReglaInvalida` con el archivo, la línea y lo admitido.
    """
    propias = files("lineamientos").joinpath("reglas")
    reglas = {
        regla.codigo: regla
        for archivo in propias.iterdir()
        if archivo.name.endswith(".toml")
        for regla in [leer_regla(archivo.name, archivo.read_text(encoding="utf-8"))]
    }
    if carpeta is not None:
        for regla in _de_la_oficina(carpeta, reglas):
            reglas[regla.codigo] = regla
        reglas = _ajustadas(carpeta, reglas)
    return tuple(reglas[codigo] for codigo in sorted(reglas))


def buscar_regla(codigo: str, carpeta: Path | None = None) -> Regla:
    """Devuelve la regla de ese código; levanta `ReglaDesconocida` si no existe."""
    for regla in cargar_reglas(carpeta):
        if regla.codigo == codigo.strip().upper():
            return regla
    raise ReglaDesconocida(f"No hay ninguna regla «{codigo}».")


def _de_la_oficina(carpeta: Path, vigentes: Iterable[str]) -> Iterator[Regla]:
    try:
        archivos = sorted(carpeta.iterdir())
    except OSError as error:
        raise ReglaInvalida(f"{carpeta}: la carpeta de reglas no se puede leer.") from error
    vistas = set(vigentes)
    for archivo in archivos:
        if archivo.suffix != ".toml" or archivo.name == AJUSTES:
            continue
        regla = leer_regla(archivo.name, _texto(archivo), oficina=True)
        if regla.codigo in vistas:
            raise ReglaInvalida(
                f"{archivo.name}:1: el código {regla.codigo} ya existe; use otro, o cambie esa "
                f"regla en «{AJUSTES}» (claves: gravedad, silenciar)."
            )
        vistas.add(regla.codigo)
        yield regla


def _ajustadas(carpeta: Path, reglas: dict[str, Regla]) -> dict[str, Regla]:
    archivo = carpeta / AJUSTES
    if not archivo.is_file():
        return reglas
    fuente = Fuente.leer(AJUSTES, _texto(archivo))
    fuente.admitir("la clave", fuente.datos, {"silenciar", "gravedad"})
    silenciar, gravedad = fuente.datos.get("silenciar", []), fuente.datos.get("gravedad", {})
    if not isinstance(silenciar, list):
        fuente.rechazar("silenciar", "«silenciar» debe ser una lista de códigos.")
    if not isinstance(gravedad, dict):
        fuente.rechazar("gravedad", "«gravedad» debe ser una tabla de código y gravedad.")
    fuente.admitir("el código", [*silenciar, *gravedad], reglas)
    nuevas = {c: fuente.valor(Gravedad, g, c) for c, g in gravedad.items()}
    return {
        codigo: replace(regla, gravedad=nuevas.get(codigo, regla.gravedad))
        for codigo, regla in reglas.items()
        if codigo not in silenciar
    }


def _texto(archivo: Path) -> str:
    try:
        return archivo.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ReglaInvalida(f"{archivo.name}:1: no se puede leer como texto UTF-8.") from error
