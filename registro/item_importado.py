"""Una fila de matriz con la forma de un ítem de acta, para que entre por la misma puerta."""

from __future__ import annotations

from collections.abc import Sequence

from lineamientos.contrato import ItemDeActaJson, ResultadoJson
from registro.compromiso import Contenido


def items_de_matriz(
    lugares: Sequence[str], contenidos: Sequence[Contenido]
) -> tuple[list[ItemDeActaJson], str]:
    """Devuelve un ítem por fila y el texto del que son tramos: una descripción por renglón.

    `lugares` dice dónde está cada fila («fila 4») y no se repite. No lleva análisis: ni confianza,
    ni campos, ni revisión; los valores van en lo registrado.
    """
    items: list[ItemDeActaJson] = []
    renglones: list[str] = []
    inicio = 0
    for lugar, contenido in zip(lugares, contenidos, strict=True):
        renglon = " ".join(contenido.transcripcion.split())
        items.append(_item(lugar, contenido, inicio, inicio + len(renglon)))
        renglones.append(renglon)
        inicio += len(renglon) + 1
    return items, "\n".join(renglones)


def resultado_de_matriz(nombre: str, sha256: str, tamanio: int, texto: str) -> ResultadoJson:
    """Devuelve el resultado del contrato para una matriz, sin sus ítems."""
    return {
        "esquema": "acta/1",
        "archivo": {
            "nombre": nombre,
            "sha256": sha256,
            "bytes": tamanio,
            "formato": "matriz",
            "paginas": None,
            "paginas_con_ocr": [],
            "lector": None,
        },
        "estado": "leida",
        "avisos": [],
        "texto": texto,
        "acta": {
            "titulo": None,
            "fecha": None,
            "hora_inicio": None,
            "hora_fin": None,
            "lugar": None,
            "espacio": None,
            "participantes": [],
            "agenda": [],
            "constancias": [],
            "firmas": [],
        },
        "items": [],
        "hallazgos_del_acta": [],
        "cobertura": [],
        "modelos": {},
        "tiempo_ms": {"lectura": 0, "nlp": 0, "reglas": 0},
    }


def _item(lugar: str, contenido: Contenido, inicio: int, fin: int) -> ItemDeActaJson:
    return {
        "id": lugar.replace(" ", "-"),
        "texto": contenido.transcripcion,
        "inicio": inicio,
        "fin": fin,
        "clase": "compromiso",
        "confianza": None,
        "probabilidades": {},
        "duda": False,
        "tipo": contenido.tipo.value if contenido.tipo else None,
        "confianza_tipo": None,
        "atributos": {
            "condicional": False,
            "negativo": False,
            "reiterado": False,
            "referido": False,
            "aceptacion": None,
        },
        "campos": {
            "responsable": [],
            "colaboradores": [],
            "accion": None,
            "cantidad": [],
            "plazo": None,
            "lugares": [],
            "codigo_snip": None,
            "codigo_unificado": None,
            "monto": None,
            "financiamiento": None,
            "condicion": None,
            "verificacion": None,
        },
        "smart": None,
        "criterios": None,
        "hallazgos": [],
        "propuesta_de_redaccion": None,
        "seccion": "acuerdos",
        "numero_en_acta": None,
        "tema": None,
        "tabla": None,
        "cajas": [],
        "padre": None,
        "pedido_de_origen": None,
    }
