"""Quiénes asistieron: listas de asistencia en cuadros, en viñetas o corridas («Por la PCM: …»).

El DNI no sale de aquí entero: solo sus cuatro últimas cifras. Las palabras son datos
(`datos/participantes.toml`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from itertools import groupby
from typing import Any

from ingesta.documento import Bloque, Documento, Tramo
from nlp.acta_analizada import Participante
from nlp.catalogo import entidad_por_nombre
from nlp.patrones import compilar
from nlp.plegado import plegar
from nlp.propuesta import Seccion
from nlp.secciones import Parte
from nlp.sujetos import es_gritado

_PALABRA = r"[A-ZÁÉÍÓÚÑ][a-záéíóúñü'’]+(?:-[A-ZÁÉÍÓÚÑ][a-záéíóúñü]+)?"
_NOMBRE = re.compile(
    rf"{_PALABRA}(?:\s(?:(?:de|del|de la|de los|da|di)\s)?{_PALABRA}){{1,5}}"
    r"(?=\s*(?:$|[,;.:()|–—-]|[ye]\s))"
)
_LETRAS = re.compile(r"[^\W\d_]+")
_PARTICULAS = frozenset({"de", "del", "la", "las", "los", "el", "y", "e", "en", "por", "con", "a"})
_GRUPO = compilar(r"\W*por (?:(?:el|la|los|las) )?(?P<entidad>[^:]{3,120}?)(?: \([^)]*\))? ?: ?")
_ROTULO = compilar(r"\W*(?P<rotulo>[^:;,]{3,40}): ?")
_SEPARA = re.compile(r";\s*(?:[ye]\s)?|:\s*|,\s*|\s[ye]\s")
_SIGLA_O_EMPRESA = re.compile(r"\b[A-ZÁÉÍÓÚÑ]{3,}\b|[A-ZÁÉÍÓÚÑ][^,;()]*?\bS\.\s?(?:A\.|R\.\s?L\.)")
_ACLARACION = re.compile(r",\s(?=[a-záéíóúñ])|\.\s+(?=[A-ZÁÉÍÓÚ])|;")
_OTRA_COSA = re.compile(
    r";|\.\s+(?=[A-ZÁÉÍÓÚ])|,?\scon la (?:participación|asistencia|presencia|concurrencia)\b"
)
_OTRO_CON_CARGO = re.compile(r",?\s+(?:y\s+)?(?:el|la|los|las)\s")
_OTRO_MAS = re.compile(r",\s+y\s+(?:el|la)\s")
_PREPOSICION = re.compile(
    r"(?:^|\s)(?:por|en representación de|de la|del|de los|de las|de|el|la|los|las)$"
)
_ENTRE_ENTIDADES = re.compile(r",\s*(?=(?:el|la|los|las)\s)|,?\s+y\s+(?=(?:el|la|los|las)\s)")
_FIN_DE_ORACION = re.compile(r"\.\s+[A-ZÁÉÍÓÚ]|\.?$")
_PARTES = re.compile(r"\s[–—-]\s|,\s+")
_PRIMERAS = 12  # partes del comienzo en que puede estar la apertura, con quiénes se reunieron
_ZONA = frozenset({Seccion.ENCABEZADO, Seccion.DATOS, Seccion.PARTICIPANTES, Seccion.AGENDA})


@dataclass(frozen=True, slots=True)
class _Lexico:
    persona: re.Pattern[str]
    cargo: re.Pattern[str]
    entidad: re.Pattern[str]
    entrada: re.Pattern[str]
    columnas: dict[str, re.Pattern[str]]


@lru_cache(maxsize=1)
def _lexico() -> _Lexico:
    tabla: dict[str, Any] = tomllib.loads(
        files("nlp").joinpath("datos/participantes.toml").read_text(encoding="utf-8")
    )
    cargos = f"(?:{'|'.join(tabla['cargos'])})(?: (?:{'|'.join(tabla['sigue_al_cargo'])}))*"
    return _Lexico(
        persona=compilar(
            rf"\b(?:(?:el|la|los|las|del) )?"
            rf"(?P<previo>(?:(?:(?:{'|'.join(tabla['tratamientos'])})\b\.?|{cargos}\b),? )+)"
        ),
        cargo=compilar(rf"(?:{cargos})\b"),
        entidad=compilar(rf"\b(?:{'|'.join(tabla['entidades'])})(?!\w)"),
        entrada=compilar(rf"\b(?:{'|'.join(tabla['entradas']['frases'])})"),
        columnas={campo: compilar(rf"\b(?:{p})") for campo, p in tabla["columnas"].items()},
    )


def extraer(documento: Documento, partes: Iterable[Parte]) -> tuple[Participante, ...]:
    """Devuelve los asistentes en orden de lectura, sin repetir a una misma persona."""
    todas = list(partes)
    hallados: list[Participante] = []
    vistos: set[str] = set()
    for participante in (*_de_cuadros(documento), *_de_textos(documento, todas)):
        clave = plegar(participante.nombre or participante.entidad or "")
        if clave not in vistos:
            vistos.add(clave)
            hallados.append(participante)
    return tuple(sorted(hallados, key=lambda p: p.tramo))


def enmascarar(dni: str) -> str | None:
    """Devuelve «****1234» de un DNI de ocho cifras, ya enmascarado o no; None si no lo es."""
    cifras = re.sub(r"[^\d*xX]", "", dni)
    return f"****{cifras[-4:]}" if len(cifras) == 8 and cifras[-4:].isdigit() else None


def _de_cuadros(documento: Documento) -> Iterator[Participante]:
    celdas = [b for b in documento.cuerpo if b.celda and not b.celda.es_encabezado]
    for _, fila in groupby(celdas, key=lambda b: b.celda and (b.celda.tabla, b.celda.fila)):
        leida = _de_fila(documento, list(fila))
        if leida:
            yield leida


def _de_fila(documento: Documento, fila: list[Bloque]) -> Participante | None:
    """Lee una fila cuyo cuadro tiene columna de nombres y, además, de DNI, cargo o entidad."""
    valores: dict[str, str] = {}
    for bloque in fila:
        titulo = plegar((bloque.celda and bloque.celda.titulo) or "")
        for campo, patron in _lexico().columnas.items():
            if campo not in valores and patron.search(titulo):
                valores[campo] = " ".join(documento.fragmento(bloque.tramo).split())
                if campo != "cargo" or "entidad" not in valores:
                    break
    nombre = valores.get("nombre")
    if not nombre or len(valores) < 2:
        return None
    cargo, entidad = valores.get("cargo"), valores.get("entidad")
    if cargo is None and entidad and _lexico().cargo.match(plegar(entidad)):
        cargo, entidad = _cargo_y_entidad(entidad)
    dni = enmascarar(valores.get("dni", ""))
    tramo = Tramo(fila[0].tramo.inicio, fila[-1].tramo.fin)
    return Participante(_sin_tratamiento(nombre), cargo or None, entidad or None, dni, tramo)


def _sin_tratamiento(nombre: str) -> str:
    previo = _lexico().persona.match(plegar(nombre))
    return nombre[previo.end() :] if previo else nombre


def _de_textos(documento: Documento, partes: list[Parte]) -> Iterator[Participante]:
    hay = False
    for indice, parte in enumerate(partes):
        en_zona = parte.seccion in _ZONA or (
            not hay and indice < _PRIMERAS and parte.seccion is Seccion.DESARROLLO
        )
        if parte.bloque.celda or parte.es_titulo or not en_zona:
            continue
        texto = documento.fragmento(parte.bloque.tramo)
        inicio = _donde_empieza(parte, texto)
        if inicio is not None:
            for participante in _de_un_texto(texto, inicio, parte.bloque.tramo.inicio):
                hay = True
                yield participante


def _de_un_texto(texto: str, inicio: int, base: int) -> Iterator[Participante]:
    """Lee los nombres; en un texto en mayúsculas, como si solo las llevaran los nombres."""
    if not es_gritado(texto):
        yield from _de_lista(texto, inicio, base)
        return
    leido = _LETRAS.sub(_capitalizar, texto)
    for hallado in _de_lista(leido, inicio, base):
        cargo, entidad = (
            v and texto[leido.index(v) :][: len(v)] for v in (hallado.cargo, hallado.entidad)
        )
        yield replace(hallado, cargo=cargo, entidad=entidad)


def _capitalizar(letras: re.Match[str]) -> str:
    minusculas = letras[0].lower()
    return minusculas if minusculas in _PARTICULAS else letras[0][:1] + minusculas[1:]


def _donde_empieza(parte: Parte, texto: str) -> int | None:
    """Devuelve dónde empiezan los nombres en el párrafo; None si no los trae."""
    plegado = plegar(texto)
    if _GRUPO.match(plegado):
        return 0
    if entrada := _lexico().entrada.search(plegado):
        return entrada.end()
    en_lista = parte.seccion is Seccion.PARTICIPANTES or (
        parte.rotulo and parte.seccion is Seccion.ENCABEZADO
    )
    return parte.tramo.inicio - parte.bloque.tramo.inicio if en_lista else None


@dataclass(frozen=True, slots=True)
class _Mencion:
    """Persona en un texto: dónde empieza con su tratamiento, su cargo previo y su nombre."""

    inicio: int
    fin: int
    previo: str
    nombre: str


def _de_lista(texto: str, inicio: int, base: int) -> Iterator[Participante]:
    """Lee personas separadas por «;», comas o «y»; «Por la PCM:» da la entidad de las suyas."""
    plegado = plegar(texto)
    entidad = cargo = None
    if grupo := _GRUPO.match(plegado):
        entidad = texto[grupo.start("entidad") : grupo.end("entidad")]
        inicio = grupo.end()
    elif rotulo := _ROTULO.match(plegado, inicio):
        cargo = texto[rotulo.start("rotulo") : rotulo.end("rotulo")].strip()
        inicio = rotulo.end()
    menciones = list(_menciones(texto, plegado, inicio))
    for indice, mencion in enumerate(menciones):
        fin = menciones[indice + 1].inicio if indice + 1 < len(menciones) else len(texto)
        yield _persona(mencion, texto[mencion.fin : fin], cargo, entidad, base)
    if not menciones and _lexico().entrada.match(plegado):
        yield from _entidades(texto, inicio, base)
    elif not menciones and not entidad and (leida := _entidad_primero(texto, inicio, base)):
        yield leida


def _entidad_primero(texto: str, inicio: int, base: int) -> Participante | None:
    """Lee «Entidad, Nombre, cargo» y «MINSA»: sin nombre, solo si es una entidad del catálogo."""
    entidad, *resto = (p.strip(" .") for p in _PARTES.split(texto[inicio:].strip(" .;•")))
    nombre, cargo = [*resto, *[None, None]][:2]
    catalogada = entidad_por_nombre(entidad) or entidad_por_nombre(entidad.partition(" ")[0])
    if nombre is None:
        vale = bool(entidad_por_nombre(entidad) or (catalogada and catalogada.territorial))
    else:
        es_entidad = catalogada or _lexico().entidad.match(plegar(entidad))
        es_nombre = _NOMBRE.fullmatch(nombre) and not _lexico().entidad.search(plegar(nombre))
        vale = bool(es_entidad and es_nombre and len(resto) < 3)
    tramo = Tramo(base + texto.index(entidad, inicio), base + len(texto.rstrip(" .;")))
    return Participante(nombre, cargo, entidad, None, tramo) if vale else None


def _menciones(texto: str, plegado: str, inicio: int) -> Iterator[_Mencion]:
    """Recorre las personas: las que llevan tratamiento o cargo, y los nombres entre separadores."""
    posibles = {h.start(): h for h in _lexico().persona.finditer(plegado, inicio)}
    lugares = {inicio: inicio, **{h.end(): h.start() for h in _SEPARA.finditer(texto, inicio)}}
    con_puntos = ";" in texto
    libre = inicio
    for lugar in sorted({*posibles, *lugares}):
        previo = posibles.get(lugar)
        desde = previo.end() if previo else lugar
        hallado = _NOMBRE.match(texto, desde)
        if lugar < libre or not hallado or _lexico().entidad.search(plegar(hallado[0])):
            continue
        if not previo and lugar != inicio:
            separador = texto[lugares[lugar] : lugar].strip()
            sigue = lugares[lugar] == libre or texto[lugares[lugar] - 1] == ")"
            enumera = sigue and not (con_puntos and separador == ",")
            if separador[:1] not in {";", ":"} and not enumera:
                continue
        libre = hallado.end()
        antes = texto[previo.start("previo") : previo.end("previo")] if previo else ""
        yield _Mencion(lugar, libre, antes, hallado[0])


def _persona(
    mencion: _Mencion, resto: str, cargo: str | None, entidad: str | None, base: int
) -> Participante:
    de_antes = _lexico().cargo.search(plegar(mencion.previo))
    otra_persona = _OTRO_CON_CARGO if de_antes else _OTRO_MAS
    resto = otra_persona.split(_OTRA_COSA.split(resto)[0])[0]
    cargo_dicho, entidad_dicha = _cargo_y_entidad(resto)
    es_cargo = cargo_dicho and _lexico().cargo.match(plegar(cargo_dicho))
    if de_antes and not es_cargo:
        cargo_dicho = mencion.previo[de_antes.start() : de_antes.end()]
    tramo = Tramo(base + mencion.inicio, base + mencion.fin + len(_sin_cola(resto)))
    return Participante(mencion.nombre, cargo_dicho or cargo, entidad_dicha or entidad, None, tramo)


def _sin_cola(texto: str) -> str:
    """Quita el separador final («; y», «,»), sin tocar el punto de «S.A.»."""
    limpio = re.sub(r"(?:[\s,;]+[ye])?[\s,;]*$", "", texto)
    return limpio if re.search(r"[A-Z]\.[A-Z]\.$", limpio) else limpio.rstrip(" .")


def _cargo_y_entidad(resto: str) -> tuple[str | None, str | None]:
    """Parte «, gerenta de Infraestructura de la Municipalidad X» en cargo y entidad."""
    limpio = _sin_cola(resto).lstrip(" ,;–—-")
    if limpio.startswith("(") and limpio.endswith(")"):
        limpio = limpio[1:-1]
    halladas = [
        h.start()
        for h in (_lexico().entidad.search(plegar(limpio)), _SIGLA_O_EMPRESA.search(limpio))
        if h
    ]
    if not halladas:
        return _ACLARACION.split(limpio)[0] or None, None
    inicio = min(halladas)
    antes = limpio[:inicio].strip(" ,–—-")
    while sobra := _PREPOSICION.search(antes):
        antes = antes[: sobra.start()].strip(" ,–—-")
    return antes or None, _sin_cola(_ACLARACION.split(limpio[inicio:])[0])


def _entidades(texto: str, inicio: int, base: int) -> Iterator[Participante]:
    """Lee una asistencia que solo nombra entidades: «Asisten el GORE, la DIRESA y la PCM»."""
    final = _FIN_DE_ORACION.search(texto, inicio)
    limite = final.start() if final else len(texto)
    cortes = [h.span() for h in _ENTRE_ENTIDADES.finditer(texto, inicio, limite)]
    desde = [inicio, *(corte[1] for corte in cortes)]
    hasta = [*(corte[0] for corte in cortes), limite]
    for lugar, fin in zip(desde, hasta, strict=True):
        hallada = re.compile(r"[A-ZÁÉÍÓÚÑ].*").search(texto, lugar, fin)
        articulo = texto[lugar : hallada.start()].split() if hallada else []
        if hallada and all(p in {"el", "la", "los", "las", "empresa"} for p in articulo):
            tramo = Tramo(base + hallada.start(), base + hallada.end())
            yield Participante(None, None, hallada[0], None, tramo)
