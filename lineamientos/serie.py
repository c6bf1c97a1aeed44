"""Pasa los tipos internos a los del contrato (`contrato.py`); no decide nada."""

from __future__ import annotations

from collections.abc import Sequence

from ingesta.documento import MARGINALES, Aviso, Bloque, Caja, Documento, Tramo
from lineamientos import contrato as c
from lineamientos.hallazgo import Revision
from lineamientos.serie_smart import criterios, hallazgo, smart
from nlp.acta_analizada import DatosDelActa, LugarDelActa
from nlp.propuesta import (
    Accion,
    Atributos,
    Campos,
    Cantidad,
    Clase,
    Dato,
    Entidad,
    Lugar,
    Plazo,
    Propuesta,
)

VERSION_DE_REGLAS = "2026.1"


def archivo(documento: Documento) -> c.ArchivoJson:
    """Describe el archivo leído."""
    origen = documento.origen
    if origen is None:
        raise ValueError("el documento no viene de un archivo")
    return {
        "nombre": origen.nombre,
        "sha256": origen.sha256,
        "bytes": origen.bytes,
        "formato": origen.formato,
        "paginas": len(documento.paginas) or None,
        "paginas_con_ocr": [p.numero for p in documento.paginas if p.con_ocr],
        "lector": origen.lector,
    }


def aviso(valor: Aviso) -> c.AvisoJson:
    """Pasa un aviso de lectura."""
    tramo = valor.tramo
    return {
        "codigo": valor.codigo,
        "pagina": valor.pagina,
        "mensaje": valor.mensaje,
        "consejo": valor.consejo,
        "inicio": tramo.inicio if tramo else None,
        "fin": tramo.fin if tramo else None,
    }


def acta(documento: Documento, datos: DatosDelActa) -> c.ActaJson:
    """Pasa los datos generales del acta."""
    return {
        "titulo": _dato(documento, datos.titulo),
        "fecha": _dato(documento, datos.fecha),
        "hora_inicio": _dato(documento, datos.hora_inicio),
        "hora_fin": _dato(documento, datos.hora_fin),
        "lugar": _lugar_del_acta(documento, datos.lugar) if datos.lugar else None,
        "espacio": _dato(documento, datos.espacio),
        "participantes": [
            {
                "nombre": p.nombre,
                "cargo": p.cargo,
                "entidad": p.entidad,
                "dni": p.dni,
                "inicio": p.tramo.inicio,
                "fin": p.tramo.fin,
            }
            for p in datos.participantes
        ],
        "agenda": [d for punto in datos.agenda if (d := _dato(documento, punto))],
        "constancias": [d for dicha in datos.constancias if (d := _dato(documento, dicha))],
        "firmas": [d for firma in datos.firmas if (d := _dato(documento, firma))],
    }


def item(documento: Documento, propuesta: Propuesta, revision: Revision) -> c.ItemJson:
    """Pasa una propuesta revisada, sin su lugar en el acta."""
    clasificacion, tramo = propuesta.clasificacion, propuesta.tramo
    return {
        "id": propuesta.id,
        "texto": documento.fragmento(tramo),
        "inicio": tramo.inicio,
        "fin": tramo.fin,
        "clase": clasificacion.clase.value,
        "confianza": _redondeada(clasificacion.confianza),
        "probabilidades": {
            k.value: round(v, 4)
            for k, v in sorted(clasificacion.probabilidades.items(), key=lambda par: -par[1])
        },
        "duda": clasificacion.duda,
        "tipo": clasificacion.tipo.value if clasificacion.tipo else None,
        "confianza_tipo": _redondeada(clasificacion.confianza_tipo),
        "atributos": _atributos(propuesta.atributos),
        "campos": _campos(documento, propuesta.campos),
        "smart": smart(revision.smart) if revision.smart else None,
        "criterios": criterios(documento, revision.criterios) if revision.smart else None,
        "hallazgos": [hallazgo(h) for h in revision.hallazgos],
        "propuesta_de_redaccion": revision.propuesta_de_redaccion,
    }


def item_de_acta(
    documento: Documento, propuesta: Propuesta, revision: Revision
) -> c.ItemDeActaJson:
    """Pasa una propuesta revisada con su lugar en el acta."""
    segmento = propuesta.segmento
    return {
        **item(documento, propuesta, revision),
        "seccion": segmento.seccion.value,
        "numero_en_acta": segmento.numero_en_acta,
        "tema": segmento.tema,
        "tabla": (
            {"fila": segmento.fila.fila, "columnas": dict(segmento.fila.columnas)}
            if segmento.fila
            else None
        ),
        "cajas": [_caja(caja) for caja in documento.cajas(propuesta.tramo)],
        "padre": segmento.padre,
        "pedido_de_origen": propuesta.pedido_de_origen,
    }


def cobertura(documento: Documento, propuestas: Sequence[Propuesta]) -> list[c.CoberturaJson]:
    """Cuenta por página los caracteres leídos y los que quedaron en ítems que no son `otro`."""
    en_items: set[int] = set()
    for propuesta in propuestas:
        if propuesta.clase is not Clase.OTRO:
            en_items.update(range(propuesta.tramo.inicio, propuesta.tramo.fin))
    paginas: dict[int | None, list[Tramo]] = {p.numero: [] for p in documento.paginas} or {None: []}
    confianzas: dict[int | None, list[tuple[float, int]]] = {}
    for bloque in documento.bloques:
        if bloque.tipo not in MARGINALES:
            for pagina, tramo, confianza in _por_pagina(bloque):
                paginas.setdefault(pagina, []).append(tramo)
                if confianza is not None:
                    confianzas.setdefault(pagina, []).append((confianza, tramo.fin - tramo.inicio))
    return [
        {
            "pagina": pagina,
            "caracteres": sum(t.fin - t.inicio for t in tramos),
            "en_items": sum(1 for t in tramos for i in range(t.inicio, t.fin) if i in en_items),
            "ocr_confianza": _redondeada(_media(confianzas.get(pagina, []))),
        }
        for pagina, tramos in paginas.items()
    ]


def _por_pagina(bloque: Bloque) -> list[tuple[int | None, Tramo, float | None]]:
    return [(r.caja.pagina if r.caja else None, r.tramo, r.confianza) for r in bloque.renglones]


def _media(confianzas: Sequence[tuple[float, int]]) -> float | None:
    """Devuelve la media de las confianzas, en la que cada renglón pesa su largo."""
    total = sum(largo for _, largo in confianzas)
    return sum(c * largo for c, largo in confianzas) / total if total else None


def _redondeada(confianza: float | None) -> float | None:
    return None if confianza is None else round(confianza, 4)


def _dato(documento: Documento, valor: Dato | None) -> c.DatoJson | None:
    if valor is None:
        return None
    return {
        "valor": valor.valor,
        "texto": documento.fragmento(valor.tramo),
        "inicio": valor.tramo.inicio,
        "fin": valor.tramo.fin,
        "confianza": _redondeada(valor.confianza),
    }


def _campos(documento: Documento, campos: Campos) -> c.CamposJson:
    return {
        "responsable": [_entidad(documento, e) for e in campos.responsable],
        "colaboradores": [_entidad(documento, e) for e in campos.colaboradores],
        "accion": _accion(documento, campos.accion) if campos.accion else None,
        "cantidad": [_cantidad(documento, v) for v in campos.cantidad],
        "plazo": _plazo(documento, campos.plazo) if campos.plazo else None,
        "lugares": [_lugar(documento, v) for v in campos.lugares],
        "codigo_snip": _dato(documento, campos.codigo_snip),
        "codigo_unificado": _dato(documento, campos.codigo_unificado),
        "monto": _dato(documento, campos.monto),
        "financiamiento": _dato(documento, campos.financiamiento),
        "condicion": _dato(documento, campos.condicion),
        "verificacion": _dato(documento, campos.verificacion),
    }


def _entidad(documento: Documento, valor: Entidad) -> c.EntidadJson:
    return {
        "valor": valor.valor,
        "texto": documento.fragmento(valor.tramo),
        "inicio": valor.tramo.inicio,
        "fin": valor.tramo.fin,
        "nivel_de_gobierno": valor.nivel.value if valor.nivel else None,
        "generica": valor.generica,
        "confianza": _redondeada(valor.confianza),
    }


def _accion(documento: Documento, valor: Accion) -> c.AccionJson:
    tramo = valor.tramo
    return {
        "texto": documento.fragmento(tramo),
        "lema": valor.lema,
        "inicio": tramo.inicio,
        "fin": tramo.fin,
    }


def _cantidad(documento: Documento, valor: Cantidad) -> c.CantidadJson:
    return {
        "valor": valor.valor,
        "unidad": valor.unidad,
        "texto": documento.fragmento(valor.tramo),
        "inicio": valor.tramo.inicio,
        "fin": valor.tramo.fin,
    }


def _plazo(documento: Documento, valor: Plazo) -> c.PlazoJson:
    return {
        "texto": documento.fragmento(valor.tramo),
        "inicio": valor.tramo.inicio,
        "fin": valor.tramo.fin,
        "metodo": valor.metodo.value,
        "precision": valor.precision.value,
        "fecha_limite": valor.fecha_limite.isoformat() if valor.fecha_limite else None,
        "alternativas": [d.isoformat() for d in valor.alternativas],
        "explicacion": valor.explicacion,
    }


def _lugar(documento: Documento, valor: Lugar) -> c.LugarJson:
    return {
        "texto": documento.fragmento(valor.tramo),
        "region": valor.region,
        "provincia": valor.provincia,
        "distrito": valor.distrito,
        "codigo": valor.codigo,
        "candidatos": list(valor.candidatos),
        "inicio": valor.tramo.inicio,
        "fin": valor.tramo.fin,
    }


def _lugar_del_acta(documento: Documento, valor: LugarDelActa) -> c.LugarDelActaJson:
    return {
        "valor": valor.valor,
        "inicio": valor.tramo.inicio,
        "fin": valor.tramo.fin,
        "ubigeo": [_lugar(documento, v) for v in valor.lugares],
    }


def _atributos(valor: Atributos) -> c.AtributosJson:
    return {
        "condicional": valor.condicional,
        "negativo": valor.negativo,
        "reiterado": valor.reiterado,
        "referido": valor.referido,
        "aceptacion": valor.aceptacion.value if valor.aceptacion else None,
    }


def _caja(valor: Caja) -> c.CajaJson:
    return {
        "pagina": valor.pagina,
        "x0": round(valor.x0, 2),
        "arriba": round(valor.arriba, 2),
        "x1": round(valor.x1, 2),
        "abajo": round(valor.abajo, 2),
    }
