"""Cuánto tarda la revisión mientras se escribe. `make medir` lo llama después de las actas.

Junto a los percentiles va la CPU de cada pedido, de quien revisa y de quien atiende: con la máquina
ocupada los percentiles crecen por la espera y ella no.

`/v2/check` de una cláusula de sesenta palabras, por HTTP y de punta a punta, con textos distintos
para que ninguna respuesta salga de la memoria. Meta del proyecto: percentil 99 de 50 ms o menos.
"""

from __future__ import annotations

import http.client
import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import Final
from urllib.parse import quote

from rich.console import Console

from api.ajustes import Ajustes
from api.app import crear_app
from api.atendiendo import atendiendo

PEDIDOS: Final = 500
CLAUSULA: Final = (
    "La Municipalidad Distrital de Ocoruro se compromete a apoyar a las {} familias del centro "
    "poblado de Huayllani con maquinaria y combustible para la limpieza del canal de riego, y "
    "coordinará con la Dirección Regional de Agricultura la entrega de semillas y abono a la "
    "brevedad posible, previa disponibilidad presupuestal, hasta que la comunidad presente el "
    "padrón de beneficiarios ante la mesa en treinta días."
)


def main() -> None:
    """Atiende en un puerto libre, pide las revisiones una tras otra e informa los percentiles."""
    with tempfile.TemporaryDirectory() as carpeta:
        app = crear_app(Ajustes(carpeta=Path(carpeta)))
        with atendiendo(app) as puerto:
            redactor = app.state.servicios.redactor
            medir(puerto, 0)
            antes = time.process_time(), _cpu(redactor.obrero.pid)
            tiempos = medir(puerto)
            atiende = 1000 * (time.process_time() - antes[0]) / len(tiempos)
            revisa = 1000 * (_cpu(redactor.obrero.pid) - antes[1]) / len(tiempos)
    cortes = statistics.quantiles(tiempos, n=100)
    Console().print(
        f"/v2/check, {len(CLAUSULA.split())} palabras, {len(tiempos)} pedidos: "
        f"p50 {cortes[49]:.0f} ms · p95 {cortes[94]:.0f} ms · p99 {cortes[98]:.0f} ms · "
        f"CPU por pedido: {revisa:.1f} ms al revisar y {atiende:.1f} ms al atender y pedir"
    )


def medir(puerto: int, pedidos: int = PEDIDOS) -> list[float]:
    """Devuelve los milisegundos de cada pedido; los diez primeros, que calientan, no cuentan."""
    conexion = http.client.HTTPConnection("127.0.0.1", puerto, timeout=180)
    tiempos = [_pedir(conexion, CLAUSULA.format(numero)) for numero in range(100, 110 + pedidos)]
    conexion.close()
    return tiempos[10:]


def _cpu(pid: int) -> float:
    """Devuelve los segundos de CPU de un proceso vivo."""
    campos = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(campos[11]) + int(campos[12])) / os.sysconf("SC_CLK_TCK")


def _pedir(conexion: http.client.HTTPConnection, texto: str) -> float:
    inicio = time.perf_counter()
    conexion.request("POST", "/v2/check", f"language=es&text={quote(texto)}")
    respuesta = conexion.getresponse()
    respuesta.read()
    if respuesta.status != 200:
        raise SystemExit(f"/v2/check respondió {respuesta.status}")
    return 1000 * (time.perf_counter() - inicio)


if __name__ == "__main__":
    main()
