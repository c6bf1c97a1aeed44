"""Cuánto tarda la lista del registro con filtros. `make medir` lo llama después de la redacción.

La página `/registro` y la API, por HTTP y de punta a punta, con un registro inventado de 2 896
filas (el tamaño que se conoce) y otro de 100 000. Meta del proyecto: 200 ms y 500 ms. Mide SQLite
y, si `ACTAS_MEDIR_POSTGRES` da la dirección de un PostgreSQL, también ese, en un esquema que borra.

Las máquinas son compartidas: junto al reloj va el tiempo de CPU de este proceso, que con SQLite es
todo lo que cuesta la lista; con PostgreSQL falta lo que gasta el servidor.
"""

from __future__ import annotations

import http.client
import os
import statistics
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from rich.console import Console
from rich.table import Table

from api.ajustes import Ajustes
from api.app import crear_app
from api.atendiendo import atendiendo
from registro.base import abrir
from registro.muestra import cargar_muestra, lugar_de_medida

TAMANIOS: Final = {2_896: 200, 100_000: 500}
"""Filas del registro y la meta, en milisegundos."""

VUELTAS: Final = 12

PEDIDOS: Final[tuple[tuple[str, dict[str, str]], ...]] = (
    ("/registro", {}),
    ("/registro", {"pagina": "ultima"}),
    ("/registro", {"texto": "reparaciones"}),
    ("/registro", {"texto": "comunidad"}),
    ("/registro", {"texto": "puente nauta 2000100"}),
    ("/registro", {"texto": '"la posta médica de Nauta"'}),
    ("/registro", {"texto": "palabrainexistente"}),
    ("/registro", {"responsable": "ministerios"}),
    ("/registro", {"region": "Loreto", "estado": "en_proceso"}),
    ("/registro", {"unidad": "Corredor", "tipo": "por_determinar"}),
    ("/registro", {"plazo": "vencido"}),
    ("/registro", {"plazo": "sin_fecha", "clase": "compromiso"}),
    ("/registro", {"espacio": "7"}),
    (
        "/registro",
        {
            "texto": "construir",
            "responsable": "gobierno regional",
            "estado": "en_proceso",
            "tipo": "actividad",
            "unidad": "Amazonía",
            "region": "Loreto",
            "plazo": "vencido",
        },
    ),
    ("/api/v1/registro", {"texto": "agua", "limite": "200"}),
)


def main() -> None:
    """Carga cada registro, pide la lista con cada filtro e informa los tiempos."""
    pantalla = Console()
    for motor in ("SQLite", "PostgreSQL"):
        servidor = os.environ.get("ACTAS_MEDIR_POSTGRES", "")
        if motor == "PostgreSQL" and not servidor:
            pantalla.print("PostgreSQL no se midió: falta ACTAS_MEDIR_POSTGRES.")
            return
        for filas, meta in TAMANIOS.items():
            lugar = lugar_de_medida(servidor) if motor == "PostgreSQL" else nullcontext("")
            with lugar as url, tempfile.TemporaryDirectory() as carpeta:
                ajustes = Ajustes(carpeta=Path(carpeta), base=url)
                base = abrir(ajustes.url_de_base)
                cargar_muestra(base, filas)
                base.cerrar()
                with atendiendo(crear_app(ajustes)) as puerto:
                    pantalla.print(_medir(puerto, f"{motor}, {filas} filas", filas, meta))


def _medir(puerto: int, titulo: str, filas: int, meta: int) -> Table:
    tabla = Table(
        "Lista", "Filas", "CPU", "p50", "p95", "peor", title=f"{titulo} (meta: {meta} ms)"
    )
    conexion = http.client.HTTPConnection("127.0.0.1", puerto, timeout=60)
    peores = []
    for ruta, filtros in PEDIDOS:
        total = _total(conexion, filtros)
        puestos = filtros | ({"pagina": str(-(-total // 25))} if "pagina" in filtros else {})
        direccion = f"{ruta}?{urlencode(puestos)}"
        for _ in range(2):
            _pedir(conexion, direccion)
        gastado = time.process_time()
        tiempos = [_pedir(conexion, direccion)[0] for _ in range(VUELTAS)]
        cpu = 1000 * (time.process_time() - gastado) / VUELTAS
        cortes = statistics.quantiles(tiempos, n=20, method="inclusive")
        peores.append(cortes[18])
        tabla.add_row(
            ruta + (f" {' '.join(f'{n}={v}' for n, v in filtros.items())}" if filtros else ""),
            str(total),
            *(f"{ms:.0f} ms" for ms in (cpu, cortes[9], cortes[18], max(tiempos))),
        )
    conexion.close()
    carga, nucleos = os.getloadavg()[0], os.cpu_count() or 1
    tabla.caption = (
        f"El p95 más alto: {max(peores):.0f} ms de {meta}. Carga de la máquina: "
        f"{carga:.1f} procesos en {nucleos} núcleos."
    )
    return tabla


def _total(conexion: http.client.HTTPConnection, filtros: dict[str, str]) -> int:
    puestos = {n: v for n, v in filtros.items() if n != "pagina"} | {"limite": "1"}
    _, cuerpo = _pedir(conexion, f"/api/v1/registro?{urlencode(puestos)}")
    return int(cuerpo.rpartition(b'"total": ')[2].rstrip(b"}"))


def _pedir(conexion: http.client.HTTPConnection, direccion: str) -> tuple[float, bytes]:
    inicio = time.perf_counter()
    conexion.request("GET", direccion)
    respuesta = conexion.getresponse()
    cuerpo = respuesta.read()
    if respuesta.status != 200:
        raise SystemExit(f"{direccion} respondió {respuesta.status}")
    return 1000 * (time.perf_counter() - inicio), cuerpo


if __name__ == "__main__":
    main()
