"""Quien analiza las actas recibidas, en un proceso aparte, y dibuja sus páginas en otro.

La cola es la base: toda acta «recibida» o «analizando» se analiza, también tras un reinicio.
"""

from __future__ import annotations

import json
import logging
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, cast

from api.obrero import CIERRE, Apagando, NoArranca, Obrero, Tarea, TareaFallida, rastro, seguir
from api.vigentes import analizador_vigente
from ingesta.paquete import MB
from lineamientos.contrato import ResultadoJson
from registro import consultas, flujo
from registro.base import Base
from registro.errores import ErrorDeRegistro
from registro.originales import Originales

BITACORA = logging.getLogger(__name__)

SEGUNDOS_POR_MB: Final = 4.0
"""Se suman al límite de cada acta: un archivo grande tarda más con derecho."""

DIBUJO: Final = 20.0
VUELTA: Final = 30.0
"""Segundos para dibujar una página y para volver a mirar si hay trabajo."""


class Procesador:
    """Analiza las actas pendientes, de una en una y en un hilo, y dibuja páginas si se le pide."""

    def __init__(self, base: Base, originales: Originales, segundos_por_acta: int) -> None:
        self._base = base
        self._originales = originales
        self._segundos = segundos_por_acta
        self.lector = Obrero(_preparar_lectura)
        self.dibujante = Obrero(_preparar_dibujo)
        self._problemas: dict[int, str] = {}
        self._no_arranca: str | None = None
        self._hay = threading.Event()
        self._fin = threading.Event()
        self._hilo = threading.Thread(target=self._atender_cola, name="actas-cola", daemon=True)

    def iniciar(self) -> None:
        """Empieza por lo que quedó pendiente de la vez anterior."""
        self._hilo.start()

    def detener(self) -> None:
        """Termina; el acta que estaba en curso queda por analizar."""
        self._fin.set()
        self._hay.set()
        for obrero in (self.lector, self.dibujante):
            obrero.detener()
        self._hilo.join(CIERRE)

    def avisar(self) -> None:
        """Dice que llegó un acta nueva."""
        self._hay.set()

    def problema(self, acta_id: int) -> str | None:
        """Devuelve por qué esa acta pendiente no se puede analizar todavía, o None si va bien."""
        return self._no_arranca or self._problemas.get(acta_id)

    def analizar_archivo(self, ruta: Path, nombre: str | None = None) -> ResultadoJson:
        """Analiza en el proceso hijo; si se pasa de tiempo o cae, el resultado es «fallida».

        El tiempo vuelve a empezar con cada página que se reconoce (OCR); de su total se ocupa la
        lectura.

        Raises:
            NoArranca, Apagando: no se intentó; el acta sigue por analizar.
        """
        limite = self._segundos + SEGUNDOS_POR_MB * ruta.stat().st_size / MB
        try:
            respuesta = self.lector.hacer(limite, str(ruta), nombre or ruta.name)
        except TareaFallida as error:
            from lineamientos.analisis import no_leido  # aquí y no arriba: arrastra spaCy

            return no_leido(ruta, str(error), nombre)
        return cast(ResultadoJson, json.loads(respuesta))

    def dibujar(self, sha256: str, pagina: int) -> bytes:
        """Devuelve el PNG de una página (la primera es la 1) de un PDF recibido.

        Raises:
            TareaFallida: la página no existe o no se puede dibujar.
            OriginalDanado: el archivo guardado falta o cambió.
        """
        ruta = str(self._originales.ruta(sha256))
        return self.dibujante.hacer(DIBUJO, ruta, pagina)

    def medir(self, sha256: str) -> list[tuple[float, float]]:
        """Devuelve ancho y alto de cada página, en puntos PDF. Lanza lo mismo que `dibujar`."""
        ruta = str(self._originales.ruta(sha256))
        medidas = json.loads(self.dibujante.hacer(DIBUJO, ruta, 0))
        return [(ancho, alto) for ancho, alto in medidas]

    def _atender_cola(self) -> None:
        while not self._fin.is_set():
            self._hay.clear()
            try:
                self.lector.calentar()
                self._no_arranca = None
                for acta_id in consultas.actas_por_analizar(self._base):
                    self._analizar(acta_id)
            except NoArranca as error:
                BITACORA.error("no se puede leer: %s", error)
                self._no_arranca = str(error)
            except Apagando:
                BITACORA.info("la lectura se interrumpió; sigue en la próxima vuelta")
            except ErrorDeRegistro as error:
                BITACORA.error("no se pudo mirar la cola: %s", error)
            self._hay.wait(VUELTA)

    def _analizar(self, acta_id: int) -> None:
        try:
            flujo.analizar_acta(self._base, self._originales, self, acta_id, datetime.now(UTC))
        except (NoArranca, Apagando):
            raise
        except ErrorDeRegistro as error:
            self._apartar(acta_id, f"{error} {error.consejo}")
        except Exception as error:
            BITACORA.error("%s", rastro(error))
            self._apartar(acta_id, "El programa falló al guardar lo leído. Avise a soporte.")
        else:
            self._problemas.pop(acta_id, None)

    def _apartar(self, acta_id: int, motivo: str) -> None:
        """Deja el acta pendiente y con su motivo a la vista; se vuelve a intentar."""
        BITACORA.error("acta %d sin analizar: %s", acta_id, motivo)
        self._problemas[acta_id] = motivo


def _preparar_lectura() -> Tarea:
    """Carga los modelos, en el hijo; los archivos los abre un nieto encerrado."""
    from ingesta.contencion.contenedor import Contenedor

    contenedor = Contenedor(hijos=1, anotar=lambda _: seguir())
    analizador = analizador_vigente(contenedor.leer)

    def leer(ruta: str, nombre: str) -> bytes:
        return json.dumps(analizador.analizar_archivo(Path(ruta), nombre)).encode()

    return leer


def _preparar_dibujo() -> Tarea:
    from ingesta.contencion.contenedor import Contenedor

    contenedor = Contenedor(hijos=1)

    def dibujar(ruta: str, pagina: int) -> bytes:
        """La página 0 no existe: pide las medidas de todas."""
        if pagina:
            return contenedor.pagina_png(Path(ruta), pagina)
        return json.dumps([(p.ancho, p.alto) for p in contenedor.medidas(Path(ruta))]).encode()

    return dibujar
