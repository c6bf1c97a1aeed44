"""Importa el registro del tamaño del mazo, mide cuánto tarda y deja su hoja de cuadre.

Uso: `python scripts/medir_mazo.py CARPETA [URL_DE_BASE_VACIA]`. Sin dirección usa un SQLite dentro
de la carpeta. Fabrica las cuatro matrices, las importa, cuadra las cifras de
`ejemplos/registro/mazo.csv`, escribe `cuadre.xlsx`, vuelve a importar lo exportado y verifica la
cadena. Sale con 1 si algo no cuadra o la importación pasa de 60 s.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(RAIZ), str(RAIZ / "ejemplos" / "fabrica")]

import registro_del_mazo  # noqa: E402

from registro.actores import Actor, Oficina  # noqa: E402
from registro.anexos import Anexo, a_xlsx  # noqa: E402
from registro.base import abrir  # noqa: E402
from registro.cuadre import a_xlsx as hoja_de_cuadre  # noqa: E402
from registro.cuadre import cuadrar, leer_cifras  # noqa: E402
from registro.ensayo import Veredicto, ensayar  # noqa: E402
from registro.importar import importar  # noqa: E402
from registro.listas import listar_compromisos  # noqa: E402
from registro.originales import Originales  # noqa: E402
from registro.verificar import leer, verificar  # noqa: E402

TOPE = 60.0
"""Segundos que puede durar la importación de las cuatro matrices."""

ACTOR = Actor("Carmen Quispe", Oficina.SSGC)


def principal(carpeta: Path, url: str) -> int:
    """Importa, cuadra, reimporta y verifica; devuelve 0 si todo está en orden."""
    base, originales = abrir(url), Originales(carpeta / "originales")
    ahora = datetime.now(UTC)
    rutas = registro_del_mazo.fabricar(carpeta / "matrices")
    reloj, cpu, nuevas = time.perf_counter(), time.process_time(), 0
    for ruta in rutas:
        ensayo = importar(base, originales, ACTOR, ruta.read_bytes(), ruta.name, ahora)
        nuevas += ensayo.cuentas[Veredicto.NUEVA]
    reloj, cpu = time.perf_counter() - reloj, time.process_time() - cpu
    print(f"{base.motor.dialect.name}: {nuevas} nuevas en {reloj:.1f} s ({cpu:.1f} s de CPU)")
    cifras = leer_cifras(
        (RAIZ / "ejemplos" / "registro" / "mazo.csv").read_text("utf-8").splitlines()
    )
    cuadre = cuadrar(base, cifras)
    (carpeta / "cuadre.xlsx").write_bytes(hoja_de_cuadre(cuadre, ahora))
    print(f"{len(cifras)} cifras, {cuadre.diferencias} sin cuadrar; cabeza {cuadre.cabeza}")
    vuelta = ensayar(base, a_xlsx(listar_compromisos(base), Anexo.DOS), "anexo2.xlsx")
    print(f"reimportar el Anexo 2: { ({str(v): n for v, n in vuelta.cuentas.items() if n}) }")
    informe = verificar(*leer(url))
    print(f"{informe.hechos} hechos, {len(informe.defectos)} defectos")
    base.cerrar()
    iguales = vuelta.cuentas[Veredicto.IGUAL] == len(vuelta.filas) == nuevas
    return int(bool(cuadre.diferencias or informe.defectos) or not iguales or reloj > TOPE)


if __name__ == "__main__":
    destino = Path(sys.argv[1])
    destino.mkdir(parents=True, exist_ok=True)
    sys.exit(
        principal(
            destino, sys.argv[2] if len(sys.argv) > 2 else f"sqlite:///{destino / 'actas.db'}"
        )
    )
