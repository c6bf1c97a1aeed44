"""El zigoto visto desde fuera: arrancarlo, hablarle y terminarlo."""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Final

from ingesta.contencion.limites import valor
from ingesta.contencion.mensajes import LISTO, Pedido, enviar

BITACORA = logging.getLogger(__name__)

RAIZ: Final = str(Path(__file__).parents[2])
PROGRAMA: Final = (
    f"import sys; sys.path.insert(0, {RAIZ!r}); "
    "from ingesta.contencion.zigoto import servir; servir(int(sys.argv[1]))"
)
UN_SOLO_HILO: Final = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
HEREDADO: Final = ("LANG", "LC_ALL", "LD_LIBRARY_PATH")
"""Lo único que el zigoto recibe de las variables de entorno: en ellas suele haber claves."""


class ContencionNoDisponible(RuntimeError):
    """El proceso que lee los archivos no arranca o se está cerrando; el acta no tiene la culpa."""

    consejo = "Vuelva a intentarlo; si se repite, ejecute `actas doctor` y avise a soporte."


class ZigotoCaido(Exception):
    """El zigoto murió, o dejó de responder, con una lectura en curso."""


class Zigoto:
    """Un zigoto vivo; lanza ContencionNoDisponible si no arranca."""

    def __init__(self) -> None:
        self._enchufe, ajeno = socket.socketpair()
        self._candado = threading.Lock()
        entorno = {clave: os.environ[clave] for clave in HEREDADO if clave in os.environ}
        with ajeno:
            self._proceso = subprocess.Popen(  # noqa: S603
                [sys.executable, "-I", "-c", PROGRAMA, str(ajeno.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env=entorno | UN_SOLO_HILO,
                pass_fds=[ajeno.fileno()],
                start_new_session=True,
            )
        if self._listo():
            self._callar()
            return
        self.matar()
        BITACORA.error("el zigoto no arranca: %s", self._callar())
        raise ContencionNoDisponible("El proceso que lee los archivos no arranca.")

    @property
    def pid(self) -> int:
        """Devuelve su número de proceso."""
        return self._proceso.pid

    @property
    def vivo(self) -> bool:
        """Dice si el proceso no ha terminado."""
        return self._proceso.poll() is None

    def enviar(self, pedido: Pedido, fds: list[int]) -> None:
        """Le manda un pedido; lanza ZigotoCaido si no lo recibe."""
        try:
            with self._candado:
                enviar(self._enchufe, pedido, fds)
        except OSError as error:
            raise ZigotoCaido from error

    def cerrar(self) -> None:
        """Cuelga y espera: al ver cerrado su enchufe, el zigoto termina con sus hijos."""
        self._enchufe.close()
        try:
            self._proceso.wait(valor("cierre"))
        except subprocess.TimeoutExpired:
            self.matar()

    def matar(self) -> None:
        """Lo termina sin esperar a que responda; sus hijos mueren con él."""
        self._enchufe.close()
        self._proceso.kill()
        self._proceso.wait()

    def _listo(self) -> bool:
        self._enchufe.settimeout(valor("arranque"))
        try:
            listo = self._enchufe.recv(len(LISTO)) == LISTO
        except OSError:
            return False
        self._enchufe.settimeout(valor("cierre"))
        return listo

    def _callar(self) -> str:
        """Deja de escuchar los errores del arranque; si el zigoto murió, devuelve el último."""
        errores = self._proceso.stderr
        if errores is None:
            return ""
        with errores:
            if self._proceso.returncode is None:
                return ""
            return errores.read().decode(errors="replace").strip().rpartition("\n")[2]
