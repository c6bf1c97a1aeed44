"""Verifica la historia por su cuenta: no usa nada del resto del programa.

    python -m registro.verificar actas.db [--cabeza NUMERO:HUELLA]…
    python -m registro.verificar postgresql://… [--cabeza NUMERO:HUELLA]…

Vuelve a calcular cada huella con SHA-256 según lo escrito en `registro/cadena.py` y comprueba que
los hechos vayan del 1 en adelante sin huecos, que cada uno siga al anterior, que lo que se usa
para buscarlo sea lo que dice su cuerpo y que los datos personales que quedan den su HMAC. Con las
cabezas ya publicadas (van en cada reporte) descubre además que se cortó el final o que se
reescribió todo de forma coherente: sin ellas eso no se puede saber. Sale con 0 si todo está bien y
con 1 si no.
"""

from __future__ import annotations

import argparse
import hmac
import json
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

HECHOS = "SELECT id, entidad, entidad_id, cuerpo, previa, huella FROM historia ORDER BY id"
PERSONALES = "SELECT clave, sal, valor FROM personal"


class Informe(NamedTuple):
    """Cuántos hechos hay, la huella del último y lo que está mal, en orden."""

    hechos: int
    huella: str
    defectos: list[str]
    borrados: int


def verificar(
    hechos: Iterable[Sequence[Any]],
    personales: Mapping[str, tuple[str, str]],
    cabezas: Sequence[tuple[int, str]] = (),
) -> Informe:
    """Comprueba los hechos (id, entidad, entidad_id, cuerpo, previa, huella), en orden."""
    defectos: list[str] = []
    publicadas = dict(cabezas)
    vistas: set[int] = set()
    anterior, numero, borrados, usadas = "0" * 64, 0, 0, set()
    for id_, entidad, entidad_id, cuerpo, previa, huella in hechos:
        numero += 1
        if id_ != numero:
            defectos.append(f"hecho {numero}: falta (sigue el {id_})")
            numero = id_
        if previa != anterior:
            defectos.append(f"hecho {id_}: no sigue al anterior")
        largo = len(cuerpo.encode())
        texto = f"actas/historia/1\0{previa}\0{id_}\0{largo}\0{cuerpo}"
        if sha256(texto.encode()).hexdigest() != huella:
            defectos.append(f"hecho {id_}: su contenido no da su huella")
        if not huella.startswith(publicadas.get(id_, "")):
            defectos.append(f"hecho {id_}: no es el que se publicó")
        vistas.add(id_)
        try:
            datos = json.loads(cuerpo)
            if (datos["entidad"], datos["entidad_id"]) != (entidad, entidad_id):
                defectos.append(f"hecho {id_}: está guardado como de otra fila")
            for clave, sello in _sellos(datos):
                usadas.add(clave)
                if clave not in personales:
                    borrados += 1
                elif not hmac.compare_digest(sello, _sellar(*personales[clave])):
                    defectos.append(f"hecho {id_}: un dato personal fue cambiado")
        except (ValueError, KeyError, TypeError):
            defectos.append(f"hecho {id_}: su cuerpo no se entiende")
        anterior = huella
    defectos += [f"hecho {n}: se publicó y ya no está" for n in publicadas if n not in vistas]
    defectos += [f"dato personal {c}: no es de ningún hecho" for c in personales if c not in usadas]
    return Informe(numero, anterior, defectos, borrados)


def leer(direccion: str) -> tuple[list[Sequence[Any]], dict[str, tuple[str, str]]]:
    """Devuelve los hechos y los datos personales de un archivo SQLite o de un PostgreSQL."""
    if "://" in direccion and not direccion.startswith("sqlite"):
        import psycopg

        with psycopg.connect(direccion.replace("+psycopg", "")) as servidor:
            return _todo(servidor)
    ruta = Path(direccion.removeprefix("sqlite:///")).resolve(strict=True)
    with closing(sqlite3.connect(f"{ruta.as_uri()}?mode=ro", uri=True)) as archivo:
        return _todo(archivo)


def _todo(conexion: Any) -> tuple[list[Sequence[Any]], dict[str, tuple[str, str]]]:
    hechos = list(conexion.execute(HECHOS).fetchall())
    personales = {c: (sal, valor) for c, sal, valor in conexion.execute(PERSONALES).fetchall()}
    return hechos, personales


def _sellar(sal: str, valor: str) -> str:
    return hmac.new(bytes.fromhex(sal), valor.encode("utf-8", "replace"), sha256).hexdigest()


def _sellos(dato: Any) -> Iterator[tuple[str, str]]:
    if isinstance(dato, dict):
        if dato.keys() == {"personal", "hmac"}:
            yield dato["personal"], dato["hmac"]
        else:
            for parte in dato.values():
                yield from _sellos(parte)


def leer_cabeza(escrita: str) -> tuple[int, str]:
    """Lee «número:huella»; la huella puede ir recortada a sus primeras 16 cifras.

    Raises:
        ValueError: no se entiende.
    """
    numero, _, huella = escrita.strip().partition(":")
    if not numero.isdecimal() or len(huella) not in {16, 64}:
        raise ValueError("escríbala como número:huella")
    return int(numero), huella.lower()


def main() -> int:
    """Verifica la base que se diga."""
    programa = argparse.ArgumentParser(description="Verifica la historia de Actas.")
    programa.add_argument("base", help="archivo SQLite o dirección de PostgreSQL")
    programa.add_argument("--cabeza", action="append", type=leer_cabeza, default=[])
    opciones = programa.parse_args()
    hechos, personales = leer(opciones.base)
    informe = verificar(hechos, personales, opciones.cabeza)
    for defecto in informe.defectos:
        sys.stdout.write(f"{defecto}\n")
    estado = "con defectos" if informe.defectos else "en orden"
    sys.stdout.write(f"{informe.hechos} hechos, {estado}. {informe.hechos}:{informe.huella}\n")
    return 1 if informe.defectos else 0


if __name__ == "__main__":
    sys.exit(main())
