"""Ejecuta, encerrado, un programa que solo lee su entrada y escribe su salida: tesseract.

No ve más disco que sus bibliotecas y sus datos, no escribe en ninguna parte, no tiene red, no crea
procesos y muere con quien lo pidió. Cada capa vale sola; la que el sistema admite se exige.
"""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import IO, Final

from ingesta.contencion import encierro, landlock, seccomp
from ingesta.contencion.arranque import RAIZ
from ingesta.contencion.encierro import Capa
from ingesta.contencion.lanzador import SIN_AISLAR
from ingesta.contencion.limites import MB, valor
from ingesta.contencion.sistema import EN_LINUX

PROGRAMA: Final = (
    f"import sys; sys.path.insert(0, {RAIZ!r}); "
    "from ingesta.contencion.lanzador import lanzar; lanzar(*sys.argv[1:])"
)
BIBLIOTECAS: Final = (
    *("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache"),
    "/sys/devices/system/cpu",
)
CARGADORES: Final = ("lib64/ld-*.so*", "lib/ld-*.so*")
"""Con ellos empieza todo programa: son lo único que se ejecuta además de él."""

LIMITES: Final = {
    resource.RLIMIT_AS: "reconocer_memoria",
    resource.RLIMIT_FSIZE: "reconocer_escritura",
    resource.RLIMIT_NOFILE: "reconocer_archivos",
    resource.RLIMIT_CORE: "volcado",
}
SIN_PERMISO: Final = frozenset({"execve"})
"""Lo único que se le consiente al filtro de los hijos: convertirse en el programa."""

HACE: Final = {
    "limites": f"memoria de {valor('reconocer_memoria') // MB} MB y una salida de "
    f"{valor('reconocer_escritura') // MB} MB",
    "red": "no tiene red",
    "usuario": f"corre como «{encierro.NADIE}»",
    "privilegios": "no puede ganar privilegios",
    "disco": "Landlock: solo lee sus bibliotecas y sus datos",
    "llamadas": "seccomp: ni conexiones, ni procesos, ni cambios en el disco",
}


class SinAislar(OSError):
    """Falló una capa que este sistema admite y el programa no se ejecutó."""


@contextmanager
def abierto(
    orden: Sequence[str],
    datos: Iterable[str],
    entorno: Mapping[str, str],
    salida: int | IO[bytes],
) -> Iterator[subprocess.Popen[bytes]]:
    """Da el programa en marcha, que espera su entrada; al salir, lo mata si sigue y lo recoge.

    Puede leer además las rutas de `datos`. Si no se le deja ejecutar, sale con un código distinto
    de cero. Lanza SinAislar al salir si no se le pudo encerrar.
    """
    exigidas = ",".join(n for n, capa in capas().items() if capa.activa)
    with _lanzado(orden, datos, entorno, salida, exigidas) as programa:
        yield programa
    if programa.returncode == SIN_AISLAR:
        raise SinAislar("no se pudo encerrar al programa")


@cache
def capas() -> dict[str, Capa]:
    """Encierra a un proceso que no hace nada y devuelve qué capas funcionan en esta máquina.

    Lanza SinAislar si no se pudo probar.
    """
    if not EN_LINUX:
        return dict.fromkeys(HACE, Capa(False, encierro.SOLO_LINUX))
    informe = b""
    with _lanzado((), (), {}, subprocess.PIPE, "") as programa, suppress(subprocess.TimeoutExpired):
        informe, _ = programa.communicate(timeout=valor("arranque"))
    if programa.returncode:
        raise SinAislar("no se pudo probar el encierro")
    fallas = dict(linea.split("\t", 1) for linea in informe.decode().splitlines())
    return {n: Capa(n not in fallas, fallas.get(n, hace)) for n, hace in HACE.items()}


@contextmanager
def _lanzado(
    orden: Sequence[str],
    datos: Iterable[str],
    entorno: Mapping[str, str],
    salida: int | IO[bytes],
    exigidas: str,
) -> Iterator[subprocess.Popen[bytes]]:
    segundos = 2 * valor("reconocer_segundos")
    limites = {r: valor(n) for r, n in LIMITES.items()} | {resource.RLIMIT_CPU: segundos}
    cuenta = encierro.cuenta_de_nadie() if os.geteuid() == 0 else ()
    with _lista_de_disco(orden, datos) as lista:
        programa = subprocess.Popen(  # noqa: S603
            [
                *(sys.executable, "-I", "-S", "-c", PROGRAMA),
                str(os.getpid()),
                "".join(map(str, lista)),
                _filtro().hex(),
                ":".join(map(str, cuenta)),
                ",".join(f"{recurso}:{tope}" for recurso, tope in limites.items()),
                exigidas,
                *orden,
            ],
            stdin=subprocess.PIPE,
            stdout=salida,
            stderr=subprocess.DEVNULL,
            env=dict(entorno),
            pass_fds=lista,
            start_new_session=True,
        )
    with programa:
        try:
            yield programa
        finally:
            programa.kill()


@contextmanager
def _lista_de_disco(orden: Sequence[str], datos: Iterable[str]) -> Iterator[list[int]]:
    """Da el descriptor de la lista de Landlock del programa; ninguno si el núcleo no la ofrece."""
    programas = [*orden[:1], *(str(c) for g in CARGADORES for c in Path("/").glob(g))]
    legibles = [c for c in (*BIBLIOTECAS, *datos) if Path(c).exists()]
    try:
        lista = landlock.preparar(legibles, [p for p in programas if Path(p).exists()])
    except OSError:
        yield []
        return
    try:
        yield [lista]
    finally:
        os.close(lista)


@cache
def _filtro() -> bytes:
    """Devuelve el filtro del programa, que no puede mandar señales ni a sí mismo."""
    try:
        return seccomp.programa(platform.machine(), 0, SIN_PERMISO)
    except seccomp.ArquitecturaDesconocida:
        return b""
