"""El texto de una regla, uno solo para la consola y para `docs/lineamientos.md`."""

from __future__ import annotations

from lineamientos.acta import ReglaDeActa
from lineamientos.hallazgo import Criterio, Gravedad
from lineamientos.regla import AVISO_LEGAL, Ejemplo, Regla

CRITERIOS = {
    Criterio.ESPECIFICO: "Específico (S)",
    Criterio.MEDIBLE: "Medible (M)",
    Criterio.ASIGNABLE: "Asignable (A)",
    Criterio.REALISTA: "Realista (R)",
    Criterio.TEMPORAL: "Temporal (T)",
}

GRAVEDADES = {
    Gravedad.FALTA: "falta: el registro no puede seguirlo así",
    Gravedad.AVISO: "aviso: conviene corregirlo antes de firmar",
    Gravedad.CONSEJO: "consejo: mejora la redacción",
}


DEL_ACTA = "Del acta entera"


def regla_en_texto(regla: Regla | ReglaDeActa) -> str:
    """Devuelve la explicación completa de una regla en texto simple."""
    partes = [
        f"{regla.codigo} · {regla.titulo}",
        f"{_grupo(regla)} · {GRAVEDADES[regla.gravedad]}",
        f"Qué avisa\n  {regla.mensaje_general}",
        f"Por qué\n  {regla.explicacion}",
        _lista("Qué escribir", regla.sugerencias),
        _lista("Así incumple", _textos(regla.incumplen)),
        _lista("Así cumple", _textos(regla.cumplen)),
        f"Fuente\n  {regla.fuente}",
        AVISO_LEGAL,
    ]
    return "\n\n".join(p for p in partes if p)


def regla_en_markdown(regla: Regla | ReglaDeActa) -> str:
    """Devuelve la explicación de una regla para `docs/lineamientos.md`."""
    partes = [
        f"### {regla.codigo} · {regla.titulo}",
        f"*{_grupo(regla)} · {GRAVEDADES[regla.gravedad]}*",
        f"{regla.mensaje_general} {regla.explicacion}",
        _vinetas("Qué escribir:", regla.sugerencias),
        _vinetas("Incumplen:", _textos(regla.incumplen)),
        _vinetas("Cumplen:", _textos(regla.cumplen)),
        f"Fuente: {regla.fuente}. {AVISO_LEGAL}",
    ]
    return "\n\n".join(p for p in partes if p)


def _grupo(regla: Regla | ReglaDeActa) -> str:
    return CRITERIOS[regla.criterio] if isinstance(regla, Regla) else DEL_ACTA


def _textos(ejemplos: tuple[Ejemplo, ...]) -> tuple[str, ...]:
    return tuple(e.texto for e in ejemplos)


def _lista(titulo: str, lineas: tuple[str, ...]) -> str:
    puntos = (f"  · {linea.replace(chr(10), chr(10) + '    ')}" for linea in lineas)
    return "\n".join([titulo, *puntos]) if lineas else ""


def _vinetas(titulo: str, lineas: tuple[str, ...]) -> str:
    puntos = (f"- {_en_bloque(linea)}" for linea in lineas)
    return "\n".join([titulo, "", *puntos]) if lineas else ""


def _en_bloque(texto: str) -> str:
    """Devuelve un ejemplo de varias líneas como bloque, para que Markdown no las junte."""
    if "\n" not in texto:
        return texto
    return "un acta:\n\n" + "\n".join(f"      {linea}" for linea in texto.split("\n")) + "\n"
