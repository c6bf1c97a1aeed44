"""Muchos procesos cambian las mismas filas a la vez; cuenta lo guardado, los choques y las fallas.

    .venv/bin/python scripts/probar_concurrencia.py [URL] [--escritores N] [--cambios N] [--filas N]

Sin URL usa un SQLite nuevo en una carpeta temporal; con ella, un PostgreSQL, en un esquema que
borra. Cada escritor es un proceso con su propia conexión: lee una fila, anota su avance con la
versión que vio y, si otro la cambió antes, vuelve a leerla. Sale con 1 si se perdió un cambio, si a
alguien se le dijo que la base no responde, o si la cadena o el registro no verifican.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from nlp.propuesta import Clase
from registro.actores import Actor, Oficina
from registro.base import abrir
from registro.consultas import ver_registro
from registro.cotejo import cotejar
from registro.errores import ErrorDeRegistro, VersionDesfasada
from registro.historia import historia_de
from registro.importar import importar
from registro.muestra import lugar_de_medida
from registro.originales import Originales
from registro.verificar import leer, verificar
from registro.vida import actualizar

SSGC = Actor("Carmen Quispe", Oficina.SSGC)
SSGD = Actor("Diego Rojas", Oficina.SSGD)


def escribir(url: str, quien: int, cambios: int, filas: int, salida: multiprocessing.Queue) -> None:
    """Hace los cambios y deja en `salida` lo guardado, los choques, las fallas y la espera."""
    base, azar = abrir(url), random.Random(quien)  # noqa: S311
    guardados, fallas, choques, peor = [], [], 0, 0.0
    for vuelta in range(cambios):
        numero, avance = azar.randint(1, filas), f"{quien}-{vuelta}"
        while True:
            version = ver_registro(base, Clase.COMPROMISO, numero).version
            inicio = time.monotonic()
            try:
                actualizar(base, SSGD, numero, avance, version, datetime.now(UTC))
                guardados.append(avance)
            except VersionDesfasada:
                choques += 1
                continue
            except ErrorDeRegistro as error:
                fallas.append(f"{error} {error.__cause__}")
            finally:
                peor = max(peor, time.monotonic() - inicio)
            break
    base.cerrar()
    salida.put((guardados, choques, fallas, peor))


def probar(url: str, carpeta: Path, escritores: int, cambios: int, filas: int) -> bool:
    """Corre a todos los escritores e informa; devuelve si todo está como debe."""
    base = abrir(url)
    matriz = "DESCRIPCIÓN DEL COMPROMISO,RESPONSABLE,ESTADO\n" + "".join(
        f"La entidad entregará el lote {n}.,Municipalidad {n},En proceso\n" for n in range(filas)
    )
    originales = Originales(carpeta / "originales")
    importar(base, originales, SSGC, matriz.encode(), "matriz.csv", datetime.now(UTC))
    contexto = multiprocessing.get_context("spawn")
    salida = contexto.Queue()
    inicio = time.monotonic()
    procesos = [
        contexto.Process(target=escribir, args=(url, n, cambios, filas, salida))
        for n in range(escritores)
    ]
    for proceso in procesos:
        proceso.start()
    partes = [salida.get() for _ in procesos]
    for proceso in procesos:
        proceso.join()
    tardo = time.monotonic() - inicio
    guardados = Counter(avance for parte in partes for avance in parte[0])
    fallas = [falla for parte in partes for falla in parte[2]]
    numeros = list(range(1, filas + 1))
    subidas = sum(ver_registro(base, Clase.COMPROMISO, n).version - 1 for n in numeros)
    hechos = historia_de(base, {"compromiso": numeros})
    anotados = Counter(h.despues["avance"] for h in hechos if h.que == "avance_anotado")
    defectos = [*verificar(*leer(url)).defectos, *cotejar(base, originales).defectos]
    base.cerrar()
    perdidos = sum((guardados - anotados).values()) + abs(subidas - sum(guardados.values()))
    sys.stdout.write(
        f"{escritores} escritores × {cambios} cambios en {filas} filas: "
        f"{sum(guardados.values())} guardados, {perdidos} perdidos, "
        f"{sum(p[1] for p in partes)} choques dichos como choques, "
        f"{len(fallas)} «la base no responde», {len(defectos)} defectos; "
        f"{tardo:.1f} s, la espera más larga {max(p[3] for p in partes):.2f} s.\n"
    )
    for falla in [*fallas[:5], *defectos[:5]]:
        sys.stdout.write(f"  {falla}\n")
    return not (perdidos or fallas or defectos) and len(guardados) == escritores * cambios


def main() -> int:
    """Prueba la base que se diga."""
    programa = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    programa.add_argument("url", nargs="?")
    programa.add_argument("--escritores", type=int, default=16)
    programa.add_argument("--cambios", type=int, default=100)
    programa.add_argument("--filas", type=int, default=50)
    opciones = programa.parse_args()
    with ExitStack() as pila:
        carpeta = Path(pila.enter_context(tempfile.TemporaryDirectory()))
        url = f"sqlite:///{carpeta / 'actas.db'}"
        if opciones.url:
            url = pila.enter_context(lugar_de_medida(opciones.url))
        bien = probar(url, carpeta, opciones.escritores, opciones.cambios, opciones.filas)
    return 0 if bien else 1


if __name__ == "__main__":
    sys.exit(main())
