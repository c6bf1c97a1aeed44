"""La revisión mientras se escribe, en un proceso propio: un acta en lectura no la hace esperar."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from api.obrero import Apagando, NoArranca, Obrero, Tarea
from api.vigentes import analizador_vigente

if TYPE_CHECKING:
    from lineamientos.en_vivo import ItemVivoJson

LIMITE: Final = 9.0
"""Segundos para una revisión: LibreOffice deja de esperar a los 10 (`docs/languagetool.md`)."""

RECUERDA: Final = 256
"""Textos recientes cuya revisión se guarda: los editores vuelven a pedir los mismos."""


class Redactor:
    """Revisa textos sueltos. El proceso hijo se crea al primer uso o al llamar a `preparar`."""

    def __init__(self) -> None:
        self.obrero = Obrero(_preparar)
        self._hacer = lru_cache(maxsize=RECUERDA)(self._pedir)

    def texto(self, texto: str) -> dict[str, Any]:
        """Devuelve los ítems de un texto cualquiera y sus oraciones (`lineamientos.en_vivo`).

        Raises:
            TareaFallida: no se pudo o tardó más de `LIMITE` segundos.
            NoArranca, Apagando: el proceso no atiende.
        """
        respuesta: dict[str, Any] = json.loads(self._hacer("texto", json.dumps({"texto": texto})))
        return respuesta

    def parrafos(
        self, parrafos: Sequence[Mapping[str, str]], cabecera: str
    ) -> list[list[ItemVivoJson]]:
        """Devuelve los ítems de cada párrafo; `clase` vacía busca ítems dentro del párrafo.

        Lanza lo mismo que `texto`.
        """
        return [
            json.loads(
                self._hacer(
                    "parrafo",
                    json.dumps({
                        "texto": p["texto"],
                        "clase": p["clase"],
                        "cabecera": cabecera if p["clase"] else "",
                    }),
                )
            )
            for p in parrafos
        ]

    def preparar(self) -> None:
        """Arranca el proceso sin esperarlo, para que la primera revisión no tarde."""
        if self.obrero.pid is None:
            threading.Thread(target=self._calentar, name="actas-redactor", daemon=True).start()

    def detener(self) -> None:
        """Termina el proceso."""
        self.obrero.detener()

    def _pedir(self, operacion: str, pedido: str) -> bytes:
        return self.obrero.hacer(LIMITE, operacion, pedido)

    def _calentar(self) -> None:
        try:
            self.obrero.calentar()
        except (NoArranca, Apagando):
            return  # quien pida una revisión recibirá el motivo


def _preparar() -> Tarea:
    """Carga los modelos, en el hijo; solo recibe texto, nunca archivos."""
    from lineamientos.en_vivo import EnVivo, oraciones

    en_vivo = EnVivo(analizador_vigente())
    en_vivo.texto("La entidad entregará el expediente hasta el 30/06/2026.")

    def revisar(operacion: str, pedido: str) -> bytes:
        datos = json.loads(pedido)
        texto = datos["texto"]
        if operacion == "texto":
            return json.dumps({
                "items": en_vivo.texto(texto),
                "oraciones": oraciones(texto),
            }).encode()
        if not texto.strip():
            return b"[]"
        if datos["clase"]:
            return json.dumps([en_vivo.item(texto, datos["clase"], datos["cabecera"])]).encode()
        return json.dumps(en_vivo.texto(texto)).encode()

    return revisar
