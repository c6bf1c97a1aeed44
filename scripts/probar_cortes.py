"""Mata el servidor (kill -9) mientras se confirman ítems y comprueba que nada reconocido se perdió.

    .venv/bin/python scripts/probar_cortes.py [URL] [--vueltas N] [--items N]

Sin URL usa un SQLite nuevo en una carpeta temporal; con ella, un PostgreSQL, en un esquema que
borra. En cada vuelta arranca `actas servir`, cuatro clientes aceptan por HTTP los ítems de un acta,
cada uno con su clave de idempotencia, y tras una cantidad al azar de respuestas el proceso muere.
Luego el servidor vuelve a arrancar y los clientes repiten con la misma clave lo que quedó sin
respuesta. Sale con 1 si falta algo reconocido, si algo se registró dos veces o a medias, o si la
cadena no verifica.
"""

from __future__ import annotations

import argparse
import http.client
import io
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lineamientos.contrato import ResultadoJson
from nlp.propuesta import Clase
from registro.actores import Actor, Oficina
from registro.base import Base, abrir
from registro.consultas import listar_items, ver_resultado
from registro.cotejo import cotejar
from registro.filtros import Filtros
from registro.flujo import analizar_acta, recibir_acta
from registro.historia import historia_de
from registro.importar import importar
from registro.listas import listar_registros
from registro.muestra import lugar_de_medida
from registro.originales import Originales
from registro.verificar import leer, verificar

CLIENTES = 4
SSGC = Actor("Carmen Quispe", Oficina.SSGC)


class Analizado:
    """Hace de analizador: devuelve siempre un mismo resultado."""

    def __init__(self, resultado: ResultadoJson) -> None:
        self.resultado = resultado

    def analizar_archivo(self, ruta: Path, nombre: str | None = None) -> ResultadoJson:
        """Devuelve el resultado, sin leer el archivo."""
        return self.resultado


def sembrar(base: Base, originales: Originales, actas: int, items: int) -> None:
    """Deja `actas` actas analizadas, de `items` compromisos cada una, por decidir.

    Se importa una matriz para tener ítems con la forma del contrato, y se vuelven a proponer.
    """
    filas = "".join(
        f"La entidad entregará el lote {n}.,Municipalidad {n},Loreto\n" for n in range(items)
    )
    matriz = f"DESCRIPCIÓN DEL COMPROMISO,RESPONSABLE,REGIÓN\n{filas}".encode()
    importar(base, originales, SSGC, matriz, "matriz.csv", datetime.now(UTC))
    resultado = ver_resultado(base, 1)
    assert resultado  # noqa: S101
    for numero in range(actas):
        contenido = io.BytesIO(f"acta {numero}".encode())
        ahora = datetime.now(UTC)
        acta = recibir_acta(base, originales, contenido, f"acta_{numero}.pdf", "SSGC", ahora).acta
        analizar_acta(base, originales, Analizado(resultado), acta.id, ahora)


class Servidor:
    """`actas servir` en un proceso propio, que se puede matar."""

    def __init__(self, carpeta: Path, url: str) -> None:
        with socket.socket() as libre:
            libre.bind(("127.0.0.1", 0))
            self.puerto = int(libre.getsockname()[1])
        ajustes = {"ACTAS_CARPETA": str(carpeta), "ACTAS_BASE": url}
        orden = [
            str(Path(sys.executable).with_name("actas")),
            "servir",
            "--puerto",
            str(self.puerto),
        ]
        self.proceso = subprocess.Popen(  # noqa: S603
            orden, env=os.environ | ajustes, stderr=subprocess.DEVNULL, start_new_session=True
        )
        limite = time.monotonic() + 120
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.puerto), 1).close()
                return
            except OSError:
                if time.monotonic() > limite or self.proceso.poll() is not None:
                    raise SystemExit("el servidor no arrancó") from None
                time.sleep(0.05)

    def matar(self) -> None:
        """kill -9 al servidor y a sus obreros."""
        os.killpg(self.proceso.pid, signal.SIGKILL)
        self.proceso.wait()


def confirmar(puerto: int, acta: int, item: str, clave: str) -> int | None:
    """Acepta un ítem por la API; devuelve el código HTTP, o None si no hubo respuesta."""
    cuerpo = json.dumps({"que": "aceptar", "quien": "Ana", "version": 0, "clase": "compromiso"})
    cabeceras = {"content-type": "application/json", "idempotency-key": clave}
    conexion = http.client.HTTPConnection("127.0.0.1", puerto, timeout=60)
    try:
        ruta = f"/api/v1/actas/{acta}/items/{item}/decisiones"
        conexion.request("POST", ruta, cuerpo, cabeceras)
        respuesta = conexion.getresponse()
        respuesta.read()
        return respuesta.status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        conexion.close()


def confirmar_todos(
    puerto: int, acta: int, items: list[str], al_contestar: Callable[[int], None] | None = None
) -> dict[str, int | None]:
    """Reparte los ítems entre los clientes y devuelve el código que recibió cada uno.

    `al_contestar` recibe cuántos van, después de cada respuesta.
    """
    codigos: dict[str, int | None] = {}

    def cliente(propios: list[str]) -> None:
        for item in propios:
            codigos[item] = confirmar(puerto, acta, item, f"{acta}-{item}")
            if al_contestar:
                al_contestar(len(codigos))

    hilos = [threading.Thread(target=cliente, args=(items[n::CLIENTES],)) for n in range(CLIENTES)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    return codigos


def vuelta(base: Base, url: str, carpeta: Path, acta: int, azar: random.Random) -> dict[str, Any]:
    """Confirma los ítems de un acta con un corte en medio; devuelve las cuentas."""
    items = [i.propuesta.item_id for i in listar_items(base, acta)]
    servidor = Servidor(carpeta, url)
    corte = threading.Timer(azar.uniform(0, 0.05), servidor.matar)
    cuando = azar.randrange(1, len(items) - CLIENTES)
    empezado = threading.Lock()

    def cortar(van: int) -> None:
        if van >= cuando and empezado.acquire(blocking=False):
            corte.start()

    codigos = confirmar_todos(servidor.puerto, acta, items, cortar)
    corte.join()
    reconocidos = {item for item, codigo in codigos.items() if codigo in {200, 201}}
    raros = [codigo for codigo in codigos.values() if codigo not in {200, 201, None}]
    hechos = {i.propuesta.item_id for i in listar_items(base, acta) if i.decision}
    defectos = revisar(base, url)
    servidor = Servidor(carpeta, url)
    faltantes = [item for item in items if item not in reconocidos]
    repetidos = confirmar_todos(servidor.puerto, acta, faltantes)
    servidor.matar()
    registrados = listar_registros(base, Filtros(acta_id=acta), limite=1000).filas
    if any(codigo not in {200, 201} for codigo in repetidos.values()):
        defectos.append(f"acta {acta}: repetir con la misma clave respondió {repetidos}")
    if len(registrados) != len(items):
        defectos.append(f"acta {acta}: {len(registrados)} registrados de {len(items)}")
    return {
        "reconocidos": len(reconocidos),
        "perdidos": len(reconocidos - hechos),
        "sin respuesta pero hechos": len(hechos - reconocidos),
        "raros": len(raros),
        "defectos": [*defectos, *revisar(base, url)],
    }


def revisar(base: Base, url: str) -> list[str]:
    """Devuelve lo que no está en orden: la cadena, el registro y las decisiones a medias."""
    defectos = [*verificar(*leer(url)).defectos, *cotejar(base).defectos]
    registrados = listar_registros(base, Filtros(clase=Clase.COMPROMISO), limite=10_000).filas
    decididas = {
        i.propuesta.id
        for acta in {r.acta_id for r in registrados}
        for i in listar_items(base, acta)
        if i.decision
    }
    a_medias = decididas ^ {r.propuesta_id for r in registrados}
    defectos += [f"propuesta {n}: decisión y registro no concuerdan" for n in sorted(a_medias)]
    hechos = historia_de(base, {"compromiso": [r.id for r in registrados]})
    sin_hecho = {r.id for r in registrados} - {hecho.entidad_id for hecho in hechos}
    return [*defectos, *(f"compromiso {n}: sin historia" for n in sorted(sin_hecho))]


def main() -> int:
    """Corre las vueltas e informa."""
    programa = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    programa.add_argument("url", nargs="?")
    programa.add_argument("--vueltas", type=int, default=10)
    programa.add_argument("--items", type=int, default=100)
    opciones = programa.parse_args()
    azar, cuentas = random.Random(7), []  # noqa: S311
    with ExitStack() as pila:
        carpeta = Path(pila.enter_context(tempfile.TemporaryDirectory()))
        url = f"sqlite:///{carpeta / 'actas.db'}"
        if opciones.url:
            url = pila.enter_context(lugar_de_medida(opciones.url))
        base = abrir(url)
        sembrar(base, Originales(carpeta / "originales"), opciones.vueltas, opciones.items)
        for numero in range(opciones.vueltas):
            cuentas.append(vuelta(base, url, carpeta, numero + 2, azar))
        base.cerrar()
    defectos = [defecto for cuenta in cuentas for defecto in cuenta.pop("defectos")]
    sumas = {nombre: sum(c[nombre] for c in cuentas) for nombre in cuentas[0]}
    detalle = ", ".join(f"{suma} {nombre}" for nombre, suma in sumas.items())
    sys.stdout.write(
        f"{opciones.vueltas} cortes durante {opciones.items} confirmaciones: {detalle}, "
        f"{len(defectos)} defectos.\n"
    )
    for defecto in defectos[:10]:
        sys.stdout.write(f"  {defecto}\n")
    return 1 if defectos or sumas["perdidos"] or sumas["raros"] else 0


if __name__ == "__main__":
    sys.exit(main())
