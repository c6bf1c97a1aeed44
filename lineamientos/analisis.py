"""Del archivo al resultado del contrato: leer, proponer y revisar, los tres pasos de siempre.

El editor en vivo, la consola y la página usan el mismo `Analizador`.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ingesta.documento import Documento, Tramo
from ingesta.errores import ArchivoIlegible, ErrorDeIngesta
from ingesta.lectores import leer
from lineamientos import serie, serie_smart
from lineamientos.acta import HallazgoDeActa, revisar_acta
from lineamientos.comprobaciones_de_acta import CasoDeActa
from lineamientos.contrato import ESQUEMA, ArchivoJson, ItemJson, ResultadoJson
from lineamientos.hallazgo import Hallazgo
from lineamientos.revisor import Revisor, crear_revisor
from nlp.acta_analizada import DatosDelActa
from nlp.propuesta import Dato, Seccion
from nlp.tuberia import Tuberia, crear_tuberia

Lector = Callable[[Path, str | None], Documento]
"""Lee un acta: `lectores.leer`, o `Contenedor.leer`, que lo hace en un proceso encerrado."""

REGISTRO_DE_PASOS = logging.getLogger(__name__)
BLOQUE_DE_LECTURA = 1 << 20


@dataclass(frozen=True)
class Analizador:
    """Une la tubería de análisis y el revisor; se arma una vez y sirve para muchas actas."""

    tuberia: Tuberia
    revisor: Revisor
    lector: Lector = leer

    def analizar_archivo(
        self, ruta: Path, nombre: str | None = None, todo: bool = False
    ) -> ResultadoJson:
        """Lee, analiza y revisa un archivo; nunca falla por culpa del archivo.

        Un archivo que no se admite o no se puede leer da un resultado «rechazada» o «fallida» con
        el aviso que dice por qué y qué hacer. Con `todo`, `items` trae también las oraciones
        `otro` de todo el acta. Levanta `OSError` si la ruta no se puede abrir.
        """
        nombre = nombre or ruta.name
        inicio = time.perf_counter()
        try:
            documento = self.lector(ruta, nombre)
        except ErrorDeIngesta as error:
            return _sin_lectura(error, _archivo_sin_leer(ruta, nombre))
        leido = time.perf_counter()
        acta = self.tuberia.analizar(documento, todo)
        propuesto = time.perf_counter()
        revisiones = [self.revisor.revisar(documento, p, acta.datos) for p in acta.propuestas]
        del_acta = revisar_acta(CasoDeActa(documento, acta.datos, acta.propuestas))
        revisado = time.perf_counter()
        REGISTRO_DE_PASOS.info("analizada %s en %.0f ms", nombre, 1000 * (revisado - inicio))
        return {
            "esquema": ESQUEMA,
            "archivo": serie.archivo(documento),
            "estado": "parcial" if documento.parcial else "leida",
            "avisos": [serie.aviso(a) for a in documento.avisos],
            "texto": documento.texto,
            "acta": serie.acta(documento, acta.datos),
            "items": [
                serie.item_de_acta(documento, p, r)
                for p, r in zip(acta.propuestas, revisiones, strict=True)
            ],
            "hallazgos_del_acta": [serie_smart.hallazgo_de_acta(h) for h in del_acta],
            "cobertura": serie.cobertura(documento, acta.propuestas),
            "modelos": {**acta.modelos, "reglas": f"anexo8 {serie.VERSION_DE_REGLAS}"},
            "tiempo_ms": {
                "lectura": round(1000 * (leido - inicio)),
                "nlp": round(1000 * (propuesto - leido)),
                "reglas": round(1000 * (revisado - propuesto)),
            },
        }

    def clasificar(
        self, id_: str, texto: str, fecha_acta: date | None = None, seccion: Seccion | None = None
    ) -> ItemJson:
        """Clasifica y revisa un ítem suelto; los tramos son posiciones en `texto`."""
        documento, propuesta = self.tuberia.proponer(texto, fecha_acta, seccion)
        dia = Dato(fecha_acta.isoformat(), Tramo(0, 0)) if fecha_acta else None
        revision = self.revisor.revisar(documento, propuesta, DatosDelActa(fecha=dia))
        return {**serie.item(documento, propuesta, revision), "id": id_}

    def revisar(self, documento: Documento) -> Iterator[Hallazgo | HallazgoDeActa]:
        """Produce los hallazgos de un documento ya leído: los de cada ítem y los del acta."""
        acta = self.tuberia.analizar(documento)
        for propuesta in acta.propuestas:
            yield from self.revisor.revisar(documento, propuesta, acta.datos).hallazgos
        yield from revisar_acta(CasoDeActa(documento, acta.datos, acta.propuestas))


def crear_analizador(
    lector: Lector = leer,
    lengua: str | None = None,
    reglas: Path | None = None,
    recuerda: int = 0,
) -> Analizador:
    """Carga los modelos y las reglas.

    `lengua` nombra otra tubería para la sintaxis; `reglas`, la carpeta de reglas de una oficina;
    `recuerda`, cuántos textos ya leídos guarda (vea `Tuberia`).
    Levanta `ReglaInvalida` si una regla de esa carpeta no se admite.
    """
    tuberia = crear_tuberia(lengua=lengua, recuerda=recuerda)
    return Analizador(tuberia, crear_revisor(reglas), lector)


def linea_y_columna(texto: str, tramo: Tramo) -> tuple[int, int]:
    """Devuelve línea y columna (desde 1) en que empieza un tramo."""
    previo = texto[: tramo.inicio]
    return previo.count("\n") + 1, tramo.inicio - (previo.rfind("\n") + 1) + 1


def no_leido(ruta: Path, motivo: str, nombre: str | None = None) -> ResultadoJson:
    """Devuelve el resultado «fallida» de un archivo cuya lectura se interrumpió."""
    return _sin_lectura(ArchivoIlegible(motivo), _archivo_sin_leer(ruta, nombre or ruta.name))


def _archivo_sin_leer(ruta: Path, nombre: str) -> ArchivoJson:
    huella, total = hashlib.sha256(), 0
    with ruta.open("rb") as archivo:
        while pieza := archivo.read(BLOQUE_DE_LECTURA):
            huella.update(pieza)
            total += len(pieza)
    return {
        "nombre": nombre,
        "sha256": huella.hexdigest(),
        "bytes": total,
        "formato": None,
        "paginas": None,
        "paginas_con_ocr": [],
        "lector": None,
    }


def _sin_lectura(error: ErrorDeIngesta, archivo: ArchivoJson) -> ResultadoJson:
    return {
        "esquema": ESQUEMA,
        "archivo": archivo,
        "estado": error.estado,
        "avisos": [
            {
                "codigo": error.codigo,
                "pagina": None,
                "mensaje": str(error),
                "consejo": error.consejo,
                "inicio": None,
                "fin": None,
            }
        ],
        "texto": None,
        "acta": None,
        "items": [],
        "hallazgos_del_acta": [],
        "cobertura": [],
        "modelos": {},
        "tiempo_ms": {"lectura": None, "nlp": None, "reglas": None},
    }
