"""Los borradores del editor: un archivo JSON por borrador, en la carpeta de los datos.

No van en la base porque no son del registro: nadie los ha firmado ni decidido. Cada guardado se
escribe aparte, se lleva al disco y reemplaza al anterior de una vez; un corte deja el de antes o el
nuevo, nunca medio. Quien guarda dice qué versión vio: si otra persona guardó antes, es `Conflicto`.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar, Final

from registro.errores import Conflicto, DatoInvalido, NoEncontrado

ESQUEMA: Final = "borrador/1"

DATOS: Final = (
    "titulo",
    "espacio",
    "caso",
    "fecha",
    "hora_inicio",
    "hora_fin",
    "lugar",
    "modalidad",
)
TEXTOS: Final = (
    "participantes",
    "agenda",
    "anteriores",
    "desarrollo",
    "proxima_reunion",
    "seguimiento",
    "constancias",
    "cierre",
)
LISTAS: Final = {"pedidos": "pedido", "compromisos": "compromiso", "tareas": "tarea"}
"""Secciones del acta (`dominio.md` §2.4): datos, textos corridos y listas de una clase de ítem."""

MAYOR_DATO, MAYOR_TEXTO, MAYOR_ITEM, MAS_ITEMS = 500, 300_000, 5_000, 500
"""Letras de cada parte e ítems por lista; un acta larga tiene 90 000 letras."""

_CLAVE = re.compile(r"[A-Za-z0-9_-]{16,40}")


class BorradorDesconocido(NoEncontrado):
    """No hay un borrador con esa clave."""

    codigo = "borrador_desconocido"
    consejo = "Búsquelo en la lista de borradores."


class BorradorCambiado(Conflicto):
    """Otra persona, u otra ventana, guardó el mismo borrador; `actual` es lo que guardó."""

    codigo = "borrador_cambiado"
    consejo = "Elija con qué versión quedarse: la suya no se pierde mientras no la cierre."

    def __init__(self, actual: Borrador) -> None:
        super().__init__("Otra persona u otra ventana guardó este borrador después que usted.")
        self.actual = actual


@dataclass(frozen=True, slots=True)
class Borrador:
    """Un acta en redacción. `contenido` tiene las partes de `DATOS`, `TEXTOS` y `LISTAS`."""

    esquema: ClassVar[str] = ESQUEMA
    clave: str
    version: int
    quien: str
    cambiado_en: datetime
    contenido: Mapping[str, Any]

    @property
    def titulo(self) -> str:
        """Devuelve el título del acta, o cómo llamarla mientras no lo tiene."""
        return str(self.contenido["datos"]["titulo"]).strip() or "Acta sin título"


@dataclass(frozen=True, slots=True)
class Borradores:
    """Los borradores de una carpeta. Se comparte entre hilos del mismo proceso."""

    carpeta: Path
    _turno: threading.Lock = field(default_factory=threading.Lock)

    def crear(self, quien: str, cuando: datetime) -> Borrador:
        """Crea un borrador vacío, en su versión 1."""
        borrador = Borrador(secrets.token_urlsafe(16), 1, quien, cuando, vacio())
        with self._turno:
            self._escribir(borrador)
        return borrador

    def listar(self) -> list[Borrador]:
        """Devuelve los borradores, del último cambiado al primero; salta los que no se leen."""
        leidos = (self._leer(ruta) for ruta in self.carpeta.glob("*.json"))
        return sorted((b for b in leidos if b), key=lambda b: b.cambiado_en, reverse=True)

    def ver(self, clave: str) -> Borrador:
        """Devuelve un borrador.

        Raises:
            BorradorDesconocido: no existe o no se puede leer.
        """
        borrador = self._leer(self._ruta(clave))
        if borrador is None:
            raise BorradorDesconocido(f"No hay un borrador «{clave}».")
        return borrador

    def guardar(
        self, clave: str, version: int, contenido: object, quien: str, cuando: datetime
    ) -> Borrador:
        """Guarda el contenido si `version` es la última y devuelve el borrador con la nueva.

        Raises:
            BorradorDesconocido: no existe.
            BorradorCambiado: la última versión es otra.
            DatoInvalido: el contenido no tiene la forma o pasa de los topes.
        """
        limpio = revisar(contenido)
        with self._turno:
            actual = self.ver(clave)
            if actual.contenido == limpio:
                return actual
            if actual.version != version:
                raise BorradorCambiado(actual)
            nuevo = Borrador(clave, version + 1, quien, cuando, limpio)
            self._escribir(nuevo)
        return nuevo

    def borrar(self, clave: str) -> None:
        """Quita un borrador.

        Raises:
            BorradorDesconocido: no existe.
        """
        with self._turno:
            try:
                self._ruta(clave).unlink()
            except FileNotFoundError as error:
                raise BorradorDesconocido(f"No hay un borrador «{clave}».") from error

    def _ruta(self, clave: str) -> Path:
        if not _CLAVE.fullmatch(clave):
            raise BorradorDesconocido("No hay un borrador con esa clave.")
        return self.carpeta / f"{clave}.json"

    def _leer(self, ruta: Path) -> Borrador | None:
        try:
            datos = json.loads(ruta.read_text(encoding="utf-8"))
            if datos["esquema"] != ESQUEMA:
                return None
            return Borrador(
                ruta.stem,
                int(datos["version"]),
                str(datos["quien"]),
                datetime.fromisoformat(datos["cambiado_en"]).astimezone(UTC),
                revisar(datos["contenido"]),
            )
        except (OSError, ValueError, KeyError, TypeError, DatoInvalido):
            return None

    def _escribir(self, borrador: Borrador) -> None:
        self.carpeta.mkdir(mode=0o700, parents=True, exist_ok=True)
        datos = {
            "esquema": ESQUEMA,
            "version": borrador.version,
            "quien": borrador.quien,
            "cambiado_en": borrador.cambiado_en.isoformat(),
            "contenido": borrador.contenido,
        }
        provisional = self.carpeta / f"{borrador.clave}.nuevo"
        with provisional.open("w", encoding="utf-8") as archivo:
            json.dump(datos, archivo, ensure_ascii=False)
            archivo.flush()
            os.fsync(archivo.fileno())
        provisional.replace(self._ruta(borrador.clave))


def vacio() -> dict[str, Any]:
    """Devuelve el contenido de un acta por escribir."""
    return {
        "datos": dict.fromkeys(DATOS, ""),
        **dict.fromkeys(TEXTOS, ""),
        **{lista: [] for lista in LISTAS},
    }


def revisar(contenido: object) -> dict[str, Any]:
    """Devuelve el contenido con sus partes y ninguna más; lo que falta queda vacío.

    Raises:
        DatoInvalido: una parte no es del tipo que debe o pasa de su tope.
    """
    if not isinstance(contenido, Mapping):
        raise _malo("contenido")
    datos = contenido.get("datos", {})
    if not isinstance(datos, Mapping):
        raise _malo("datos")
    limpio: dict[str, Any] = {
        "datos": {n: _texto(n, datos.get(n, ""), MAYOR_DATO) for n in DATOS},
        **{n: _texto(n, contenido.get(n, ""), MAYOR_TEXTO) for n in TEXTOS},
    }
    for lista in LISTAS:
        items = contenido.get(lista, [])
        if not isinstance(items, list) or len(items) > MAS_ITEMS:
            raise _malo(lista)
        limpio[lista] = [_item(lista, item) for item in items]
    return limpio


def _item(lista: str, item: object) -> dict[str, str]:
    if not isinstance(item, Mapping):
        raise _malo(lista)
    return {
        "id": _texto(lista, item.get("id", ""), 40),
        "texto": _texto(lista, item.get("texto", ""), MAYOR_ITEM),
    }


def _texto(campo: str, valor: object, tope: int) -> str:
    if not isinstance(valor, str) or len(valor) > tope:
        raise _malo(campo)
    return valor.encode("utf-8", "replace").decode()


def _malo(campo: str) -> DatoInvalido:
    return DatoInvalido(
        campo,
        f"La parte «{campo}» del borrador no tiene la forma que se espera o es demasiado larga.",
        "Divida el texto o vuelva a cargar la página.",
    )
