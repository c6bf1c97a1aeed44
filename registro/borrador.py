"""De un ítem propuesto a lo que se registrará: el contenido y los cambios que hace la persona."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any, Final, TypeVar

from lineamientos.contrato import DatoJson, ItemDeActaJson
from nlp.catalogo import entidad_por_nombre, unidad_territorial
from nlp.propuesta import MetodoDePlazo, NivelDeGobierno, Tipo
from registro.compromiso import Contenido, Responsable
from registro.errores import DatoInvalido

LARGO_DE_DENOMINACION = 1_000
LARGO_DE_DESCRIPCION = 5_000
"""Topes que ya usa la plataforma de seguimiento (`dominio.md` §1.7)."""

LARGO_DE_DATO = 500
_DESCONOCIDO = "por_determinar"
_E = TypeVar("_E", bound=StrEnum)


def proponer(item: ItemDeActaJson, fecha_acta: date | None, hoy: date) -> Contenido:
    """Devuelve el contenido que sale del ítem sin que nadie lo toque.

    La denominación es el texto del ítem en una línea; si pasa del tope se corta y el texto queda
    en la descripción. No se usa la propuesta de redacción: trae huecos por llenar. La unidad
    territorial es la vigente el día del acta, o `hoy` si no se conoce.
    """
    campos, plazo = item["campos"], item["campos"]["plazo"]
    linea = _en_linea(item["texto"])
    lugares = campos["lugares"]
    unidades = (
        unidad_territorial(lugar["codigo"], fecha_acta or hoy)
        for lugar in lugares
        if lugar["codigo"]
    )
    return Contenido(
        transcripcion=item["texto"],
        denominacion=_recortar(linea, LARGO_DE_DENOMINACION),
        descripcion=(
            _recortar(linea, LARGO_DE_DESCRIPCION) if len(linea) > LARGO_DE_DENOMINACION else ""
        ),
        fecha_acta=fecha_acta,
        numero_en_acta=item["numero_en_acta"],
        tipo=Tipo(item["tipo"]) if item["tipo"] else None,
        plazo_texto=_en_linea(plazo["texto"]) if plazo else None,
        fecha_limite=(
            date.fromisoformat(plazo["fecha_limite"]) if plazo and plazo["fecha_limite"] else None
        ),
        metodo_plazo=MetodoDePlazo(plazo["metodo"]) if plazo else None,
        responsables=tuple(
            Responsable(quien["valor"], _nivel(quien["nivel_de_gobierno"]))
            for quien in campos["responsable"]
        ),
        colaboradores=_sin_repetir(quien["valor"] for quien in campos["colaboradores"]),
        lugares=_sin_repetir(lugar["texto"] for lugar in lugares),
        regiones=_sin_repetir(lugar["region"] for lugar in lugares),
        provincias=_sin_repetir(lugar["provincia"] for lugar in lugares),
        distritos=_sin_repetir(lugar["distrito"] for lugar in lugares),
        unidad_territorial="; ".join(_sin_repetir(unidades)) or None,
        codigo_snip=_valor(campos["codigo_snip"]),
        codigo_unificado=_valor(campos["codigo_unificado"]),
        monto=_valor(campos["monto"]),
        financiamiento=_valor(campos["financiamiento"]),
        condicion=_valor(campos["condicion"]),
        verificacion=_valor(campos["verificacion"]),
    )


def editar(contenido: Contenido, campos: Mapping[str, object]) -> Contenido:
    """Devuelve el contenido con los campos que la persona cambió, ya validados.

    Lo que dependía de un valor que cambió no se arrastra: una denominación nueva quita la
    descripción que salió del texto largo; una fecha límite puesta a mano pasa a método «fecha»;
    otros lugares dejan la unidad territorial por llenar. Si la persona da también ese campo, vale
    el suyo. Un responsable sin nivel de gobierno toma el que ya tenía o el del catálogo.

    Raises:
        DatoInvalido: un nombre no es de `EDITABLES` o un valor no cumple lo que se pide.
    """
    nuevos: dict[str, Any] = {}
    for nombre, valor in campos.items():
        if nombre not in EDITABLES:
            raise DatoInvalido(
                nombre,
                f"El campo «{nombre}» no se puede editar.",
                f"Se pueden editar: {', '.join(EDITABLES)}.",
            )
        nuevos[nombre] = EDITABLES[nombre](nombre, valor)
    if "responsables" in nuevos:
        niveles = {quien.valor: quien.nivel for quien in contenido.responsables}
        nuevos["responsables"] = tuple(
            replace(quien, nivel=quien.nivel or niveles.get(quien.valor) or _nivel_de(quien.valor))
            for quien in nuevos["responsables"]
        )
    cambiados = {nombre for nombre, valor in nuevos.items() if valor != getattr(contenido, nombre)}
    if "denominacion" in cambiados:
        nuevos.setdefault("descripcion", "")
    if "fecha_limite" in cambiados and nuevos["fecha_limite"]:
        nuevos["metodo_plazo"] = MetodoDePlazo.FECHA
    if cambiados & {"regiones", "provincias", "distritos"}:
        nuevos.setdefault("unidad_territorial", None)
    return replace(contenido, **nuevos)


def opcion(enumeracion: type[_E], campo: str, valor: object) -> _E:
    """Devuelve el valor de la enumeración que la persona escribió.

    Raises:
        DatoInvalido: no es ninguno de los que se admiten.
    """
    try:
        return enumeracion(str(valor))
    except ValueError as error:
        raise DatoInvalido(
            campo,
            f"«{valor}» no es un valor admitido en el campo «{campo}».",
            f"Use uno de estos: {', '.join(enumeracion)}.",
        ) from error


def texto(campo: str, valor: object, tope: int = LARGO_DE_DATO) -> str | None:
    """Devuelve el texto sin espacios a los lados, o None si está vacío.

    Raises:
        DatoInvalido: no es texto o pasa del tope.
    """
    if valor is None:
        return None
    if not isinstance(valor, str):
        raise DatoInvalido(campo, f"El campo «{campo}» debe ser texto.", "Escríbalo como texto.")
    limpio = valor.strip()
    if len(limpio) > tope:
        raise DatoInvalido(
            campo,
            f"El campo «{campo}» tiene {len(limpio)} caracteres y se admiten {tope}.",
            "Resúmalo: el texto completo del acta se conserva aparte.",
        )
    return limpio or None


def texto_obligatorio(campo: str, valor: object, tope: int = LARGO_DE_DATO) -> str:
    """Devuelve el texto sin espacios a los lados.

    Raises:
        DatoInvalido: está vacío, no es texto o pasa del tope.
    """
    limpio = texto(campo, valor, tope)
    if limpio is None:
        raise DatoInvalido(campo, f"El campo «{campo}» está vacío.", "Escriba su contenido.")
    return limpio


def _denominacion(campo: str, valor: object) -> str:
    return texto_obligatorio(campo, valor, LARGO_DE_DENOMINACION)


def _descripcion(campo: str, valor: object) -> str:
    return texto(campo, valor, LARGO_DE_DESCRIPCION) or ""


def _tipo(campo: str, valor: object) -> Tipo | None:
    return None if valor in (None, "", _DESCONOCIDO) else opcion(Tipo, campo, valor)


def _fecha(campo: str, valor: object) -> date | None:
    escrita = texto(campo, valor)
    if escrita is None:
        return None
    try:
        return date.fromisoformat(escrita)
    except ValueError as error:
        raise DatoInvalido(
            campo,
            f"«{escrita}» no es una fecha.",
            "Escríbala como año-mes-día, por ejemplo 2026-06-30.",
        ) from error


def _nombres(campo: str, valor: object) -> tuple[str, ...]:
    """Admite una lista de textos o un solo texto con los nombres separados por «;»."""
    if valor is None:
        return ()
    partes = valor.split(";") if isinstance(valor, str) else valor
    if not isinstance(partes, list | tuple):
        raise DatoInvalido(
            campo, f"El campo «{campo}» debe ser una lista.", "Separe los nombres con punto y coma."
        )
    return _sin_repetir(texto(campo, parte) for parte in partes)


def _responsables(campo: str, valor: object) -> tuple[Responsable, ...]:
    """Admite lo mismo que `_nombres` o una lista de {valor, nivel}."""
    if not isinstance(valor, list | tuple) or not all(isinstance(p, Mapping) for p in valor):
        return tuple(map(Responsable, _nombres(campo, valor)))
    return tuple(
        Responsable(texto_obligatorio(campo, p.get("valor")), _nivel(p.get("nivel"))) for p in valor
    )


def _nivel(valor: object) -> NivelDeGobierno | None:
    return opcion(NivelDeGobierno, "responsables", valor) if valor else None


def _nivel_de(nombre: str) -> NivelDeGobierno | None:
    ficha = entidad_por_nombre(nombre)
    return ficha.nivel if ficha else None


def _valor(dato: DatoJson | None) -> str | None:
    return dato["valor"] if dato else None


def _en_linea(largo: str) -> str:
    return " ".join(largo.split())


def _recortar(linea: str, tope: int) -> str:
    return linea if len(linea) <= tope else linea[: tope - 1].rsplit(" ", 1)[0] + "…"


def _sin_repetir(valores: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(valor for valor in valores if valor))


EDITABLES: Final[Mapping[str, Callable[[str, object], object]]] = {
    "denominacion": _denominacion,
    "descripcion": _descripcion,
    "tipo": _tipo,
    "fecha_acta": _fecha,
    "plazo_texto": texto,
    "fecha_limite": _fecha,
    "responsables": _responsables,
    "colaboradores": _nombres,
    "lugares": _nombres,
    "regiones": _nombres,
    "provincias": _nombres,
    "distritos": _nombres,
    "unidad_territorial": texto,
    "codigo_snip": texto,
    "codigo_unificado": texto,
    "monto": texto,
    "financiamiento": texto,
    "condicion": texto,
    "verificacion": texto,
}
"""Campos que la persona puede cambiar y cómo se valida cada uno. La transcripción es literal."""
