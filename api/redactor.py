"""La revisión mientras se escribe, en un proceso propio: un acta en lectura no la hace esperar."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from api.obrero import Apagando, NoArranca, Obrero, Tarea, TareaFallida
from api.vigentes import analizador_vigente

if TYPE_CHECKING:
    from lineamientos.acta_en_vivo import HallazgoConLugaresJson
    from lineamientos.en_vivo import ItemVivoJson

LIMITE: Final = 9.0
"""Segundos para una revisión: LibreOffice deja de esperar a los 10 (`docs/languagetool.md`)."""

RECUERDA: Final = 256
"""Textos recientes cuya revisión se guarda: los editores vuelven a pedir los mismos."""


LIMITE_DEL_ACTA: Final = 60.0
"""Segundos para revisar un acta entera; una de treinta páginas toma unos cinco."""

ESPERA_AL_ABRIR: Final = 0.3
"""Segundos que la página del editor espera los hallazgos del acta entera para traerlos escritos."""

ACTAS_RECIENTES: Final = 16
TEXTOS_QUE_RECUERDA: Final = 4096
"""Textos cuyo análisis guarda el proceso del acta entera: de una revisión a otra cambian pocos."""

CEDE_EL_PROCESADOR: Final = 10
"""`nice` del proceso del acta entera: la revisión de lo que se escribe va antes."""


class Redactor:
    """Revisa textos sueltos y actas enteras, en un proceso hijo cada cosa.

    El de los textos se crea al primer uso o al llamar a `preparar`; el de las actas, al primer uso.
    """

    def __init__(self) -> None:
        self.obrero = Obrero(_preparar)
        self._del_acta = Obrero(_preparar_acta)
        self._hacer = lru_cache(maxsize=RECUERDA)(self._pedir)
        self._hacer_acta = lru_cache(maxsize=ACTAS_RECIENTES)(self._pedir_acta)
        self._un_acta = threading.Lock()

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

    def acta(
        self, texto: str, filas: Sequence[tuple[int, int, str]]
    ) -> list[HallazgoConLugaresJson]:
        """Devuelve los hallazgos del acta entera (`lineamientos.acta_en_vivo`).

        Lanza lo mismo que `texto`; el límite es `LIMITE_DEL_ACTA`. No hace esperar a `texto` ni a
        `parrafos`; la misma acta pedida dos veces a la vez se revisa una.
        """
        with self._un_acta:
            respuesta = self._hacer_acta(texto, json.dumps(filas))
        hallados: list[HallazgoConLugaresJson] = json.loads(respuesta)
        return hallados

    def acta_al_abrir(
        self, texto: str, filas: Sequence[tuple[int, int, str]]
    ) -> list[HallazgoConLugaresJson] | None:
        """Devuelve lo mismo que `acta` si está antes de `ESPERA_AL_ABRIR`; si no, None.

        La revisión sigue: quien la pida después la encuentra hecha o en camino.
        """
        hechos: list[list[HallazgoConLugaresJson]] = []

        def revisar() -> None:
            try:
                hechos.append(self.acta(texto, filas))
            except (TareaFallida, NoArranca, Apagando):
                return  # el guion de la página la vuelve a pedir y recibe el motivo

        hilo = threading.Thread(target=revisar, name="actas-acta-entera", daemon=True)
        hilo.start()
        hilo.join(ESPERA_AL_ABRIR)
        return hechos[0] if hechos else None

    def preparar(self) -> None:
        """Arranca el proceso sin esperarlo, para que la primera revisión no tarde."""
        if self.obrero.pid is None:
            threading.Thread(target=self._calentar, name="actas-redactor", daemon=True).start()

    def detener(self) -> None:
        """Termina los procesos."""
        self.obrero.detener()
        self._del_acta.detener()

    def _pedir(self, operacion: str, pedido: str) -> bytes:
        return self.obrero.hacer(LIMITE, operacion, pedido)

    def _pedir_acta(self, texto: str, filas: str) -> bytes:
        return self._del_acta.hacer(LIMITE_DEL_ACTA, texto, filas)

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


def _preparar_acta() -> Tarea:
    """Carga los modelos, en el hijo, y cede el procesador a la revisión de lo que se escribe."""
    from lineamientos.acta_en_vivo import revisar_entera

    os.nice(CEDE_EL_PROCESADOR)
    analizador = analizador_vigente(recuerda=TEXTOS_QUE_RECUERDA)

    def revisar(texto: str, filas: str) -> bytes:
        return json.dumps(revisar_entera(analizador, texto, json.loads(filas))).encode()

    return revisar
