"""De lo que se revisó de un párrafo a lo que el editor muestra; lugares en unidades UTF-16."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from api.etiquetas import CRITERIOS, GRAVEDADES

if TYPE_CHECKING:
    from lineamientos.en_vivo import ItemVivoJson


def de_parrafo(texto: str, items: Sequence[ItemVivoJson]) -> list[dict[str, Any]]:
    """Devuelve los ítems de un párrafo, con lo que el editor pinta y nada más."""
    return [_item(texto, item) for item in items]


def _item(texto: str, item: ItemVivoJson) -> dict[str, Any]:
    desde, hasta = utf16(texto, item["inicio"]), utf16(texto, item["fin"])
    redaccion = item["propuesta_de_redaccion"]
    return {
        "clase": item["clase"],
        "duda": item["duda"],
        "parece": item["parece"],
        "desde": desde,
        "hasta": hasta,
        "resumen": _resumen(item["campos"]),
        "smart": item["smart"],
        "redaccion": None if redaccion == item["texto"] or "[" in item["texto"] else redaccion,
        "hallazgos": [
            {
                "regla": m["regla"],
                "criterio": CRITERIOS[m["criterio"]],
                "gravedad": m["gravedad"],
                "nombre": GRAVEDADES[m["gravedad"]],
                "mensaje": m["mensaje"],
                "explicacion": m["explicacion"],
                "desde": utf16(texto, m["inicio"]),
                "hasta": utf16(texto, m["fin"]),
                "reemplazos": m["reemplazos"],
            }
            for m in item["marcas"]
        ],
    }


def _resumen(campos: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Devuelve lo que se entendió, como pares de rótulo y valor; lo que falta no aparece."""
    plazo = campos["plazo"]
    pares = [
        ("Responsable", "; ".join(e["valor"] for e in campos["responsable"])),
        ("Colabora", "; ".join(e["valor"] for e in campos["colaboradores"])),
        ("Plazo", _plazo(plazo) if plazo else ""),
        ("Lugar", "; ".join(lugar["texto"] for lugar in campos["lugares"])),
        ("CUI", (campos["codigo_unificado"] or {}).get("valor", "")),
        ("Monto", (campos["monto"] or {}).get("texto", "")),
    ]
    return [(rotulo, valor) for rotulo, valor in pares if valor]


def _plazo(plazo: Mapping[str, Any]) -> str:
    """Muestra las dos fechas cuando «días» no tiene adjetivo (`dominio.md` §5.1)."""
    if plazo["alternativas"]:
        calendario, habiles = (_fecha(d) for d in plazo["alternativas"])
        return f"{plazo['texto']}: {calendario} (calendario) o {habiles} (hábiles)"
    if plazo["fecha_limite"]:
        return f"{plazo['texto']} → {_fecha(plazo['fecha_limite'])}"
    return str(plazo["texto"])


def _fecha(iso: str) -> str:
    return f"{date.fromisoformat(iso):%d/%m/%Y}"


def utf16(texto: str, lugar: int) -> int:
    """Devuelve el lugar en unidades UTF-16, las que cuenta el navegador."""
    return len(texto[:lugar].encode("utf-16-le", "surrogatepass")) // 2
