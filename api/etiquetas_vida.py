"""Cómo se nombra en pantalla lo de la vida del compromiso: oficinas, hechos, espacios y relojes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from api.etiquetas import ACEPTACIONES, CAMPOS, METODOS
from api.presentacion import fecha
from registro.actores import OFICINAS
from registro.compromiso import Pedido, Registro, Tarea
from registro.estados import ESTADOS

_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}")

HECHOS: Final[Mapping[str, str]] = {
    "migrado": "Ya estaba registrado antes de que hubiera historia",
    "registrado": "Registrado",
    "atado": "Atado al pedido que atiende",
    "desatado": "Desatado del pedido",
    "espacio_asignado": "Asignado a un espacio",
    "estado_cambiado": "Cambio de estado",
    "estado_rectificado": "Rectificación del estado",
    "avance_anotado": "Actualización mensual",
    "variado": "Variación del registro",
    "rectificado": "Rectificación de la decisión",
    "retirado": "Retirado del registro",
    "importado": "Importado de una matriz",
    "actualizado_de_matriz": "Actualizado desde una matriz",
    "evidencia_agregada": "Evidencia agregada",
    "hito_agregado": "Hito agregado",
    "hito_cumplido": "Hito cumplido",
    "requerido": "Requerimiento enviado",
    "recordado": "Recordatorio enviado",
    "prorrogado": "Plazo prorrogado",
    "detenido": "Reloj detenido",
    "respondido": "Respuesta recibida",
    "variacion_pedida": "Variación pedida",
    "variacion_aceptada": "Variación aceptada",
    "variacion_rechazada": "Variación rechazada",
    "pedido_respondido": "Respuesta al pedido",
    "tarea_anotada": "Cumplimiento anotado",
    "fecha_fijada": "Cambio de fecha",
    "tarea_atada": "Atada al compromiso al que aporta",
    "reunion_programada": "Reunión programada",
    "reunion_convocada": "Reunión convocada",
    "reunion_realizada": "Reunión realizada",
    "reunion_reprogramada": "Cambio de fecha",
    "reunion_cancelada": "Reunión cancelada",
    "punto_focal_nombrado": "Punto focal nombrado",
    "punto_focal_retirado": "Punto focal retirado",
    "espacio_abierto": "Espacio registrado",
    "priorizado": "Pasa a priorizado",
    "no_priorizado": "Deja de ser priorizado",
}

DATOS: Final[Mapping[str, str]] = {
    "estado": "Estado",
    "avance": "Avance",
    "sucesor_id": "Lo reemplaza el compromiso",
    "espacio_id": "Espacio",
    "evidencias": "Sustentos",
    "pedido_id": "Pedido que atiende",
    "vigente": "En el registro",
    "decision_id": "Decisión",
    "nombre": "Nombre",
    "sha256": "Huella (SHA-256)",
    "bytes": "Tamaño en bytes",
    "fecha": "Fecha",
    "fecha_prevista": "Fecha prevista",
    "fecha_cumplida": "Fecha de cumplimiento",
    "observacion": "Observación",
    "entidad": "Entidad",
    "documento": "Documento",
    "enviado": "Enviado",
    "vence": "Vence",
    "respondido": "Respondido",
    "respuesta": "Respuesta",
    "respondido_por": "Quién respondió",
    "aceptacion": "Respuesta",
    "cumplimiento": "¿Se hizo?",
    "hecha_en": "Qué día se hizo",
    "sustento": "Sustento",
    "evidencia_id": "Evidencia",
    "compromiso_id": "Compromiso",
    "lugar": "Lugar o enlace",
    "agenda": "Agenda",
    "convocada": "Convocada",
    "acuerdos": "Acuerdos",
    "bimestre": "Bimestre",
    "anio": "Año",
    "campos": "Cambios pedidos",
    "priorizado": "Priorizado",
    "priorizado_desde": "Desde",
    "priorizado_por": "Quién lo decidió",
    "responsable": "Subsecretaría a cargo",
    "tipo": "Tipo",
    "unidad_territorial": "Unidad territorial",
    "caso_id": "Caso",
}

CALLADOS: Final = frozenset({
    "compromiso_id",
    "subida_en",
    "pedida_en",
    "resuelta_en",
    "resuelta_por",
    "quien",
    "oficina",
    "priorizado_razon",
    "razon",
    "clase",
    "dias",
    "unidad",
    "recordatorios",
    "decision_id",
    "convocados",
    "asistentes",
    "reunion_id",
})
"""Datos de un hecho que la página no repite: ya se ven en otra parte."""

TIPOS_DE_ESPACIO: Final[Mapping[str, str]] = {
    "mesa_de_dialogo": "Mesa de diálogo",
    "mesa_tecnica": "Mesa técnica",
    "mesa_de_desarrollo": "Mesa de desarrollo",
    "grupo_de_trabajo": "Grupo de trabajo",
    "comision_multisectorial": "Comisión multisectorial",
    "comite_de_seguimiento": "Comité de seguimiento",
    "otro": "Otro",
}

QUIEN_PRIORIZA: Final[Mapping[str, str]] = {
    "alta_direccion": "Alta Dirección de la PCM",
    "espacio_multisectorial": "Espacio multisectorial",
    "subsecretarias": "Las tres subsecretarías, con aprobación de la SGSD",
}

ESTADOS_DE_REQUERIMIENTO: Final[Mapping[str, str]] = {
    "abierto": "En plazo",
    "vencido": "Vencido",
    "respondido": "Respondido",
    "detenido": "Detenido",
}

ESTADOS_DE_SOLICITUD: Final[Mapping[str, str]] = {
    "pendiente": "Por resolver",
    "aceptada": "Aceptada",
    "rechazada": "Rechazada",
}

CIERRES: Final[Mapping[str, str]] = {
    "hecha": "Hecha",
    "no_hecha": "No hecha",
    "pendiente": "Pendiente",
}
"""En qué va una tarea."""

ESTADOS_DE_REUNION: Final[Mapping[str, str]] = {
    "programada": "Programada",
    "convocada": "Convocada",
    "realizada": "Realizada",
    "cancelada": "Cancelada",
}

_OTROS_ESTADOS: Final = {
    **ESTADOS_DE_REQUERIMIENTO,
    **ESTADOS_DE_SOLICITUD,
    **ESTADOS_DE_REUNION,
}

ACCIONES: Final[Mapping[str, tuple[str, str]]] = {
    "estado": ("Cambiar el estado", "Cambiar el estado"),
    "avance": ("Anotar el avance del mes", "Guardar el avance"),
    "evidencia": ("Adjuntar una evidencia", "Adjuntar"),
    "hito": ("Agregar un hito", "Agregar el hito"),
    "requerimiento": ("Registrar un requerimiento de información", "Registrar"),
    "variacion": ("Pedir una variación del registro", "Pedir la variación"),
    "respuesta": ("Anotar la respuesta", "Guardar la respuesta"),
    "cumplimiento": ("Anotar si se hizo", "Guardar"),
    "fecha": ("Cambiar la fecha", "Cambiar la fecha"),
    "aporte": ("Decir a qué compromiso aporta", "Guardar"),
}
"""Título de la página de cada acción y su botón."""


def en_que_va(registro: Registro) -> str:
    """Devuelve en qué va una fila: su estado, su respuesta o su cumplimiento, según la clase."""
    if isinstance(registro, Pedido):
        return ACEPTACIONES[registro.aceptacion or "pendiente"]
    if isinstance(registro, Tarea):
        return CIERRES[registro.cumplimiento or "pendiente"]
    return ESTADOS[registro.estado].nombre


def leido(nombre: str, valor: Any) -> tuple[str, str]:
    """Devuelve la etiqueta y el texto de un dato de la historia."""
    etiqueta = DATOS.get(nombre) or CAMPOS.get(nombre, (nombre, ""))[0]
    return etiqueta, _texto(nombre, valor)


def _texto(nombre: str, valor: Any) -> str:
    if valor in (None, "", [], ()):
        return "—"
    if isinstance(valor, bool):
        return "Sí" if valor else "No"
    if nombre == "estado":
        return ESTADOS[valor].nombre if valor in ESTADOS else _OTROS_ESTADOS.get(valor, str(valor))
    if nombre == "aceptacion":
        return ACEPTACIONES.get(valor, str(valor))
    if nombre == "metodo_plazo":
        return METODOS.get(valor, str(valor))
    if nombre == "cumplimiento":
        return CIERRES.get(valor, str(valor))
    if nombre == "tipo":
        return TIPOS_DE_ESPACIO.get(valor, str(valor))
    if nombre == "priorizado_por":
        return QUIEN_PRIORIZA.get(valor, str(valor))
    if nombre == "responsable":
        return OFICINAS.get(valor, str(valor))
    if isinstance(valor, list):
        return "; ".join(_de_lista(parte) for parte in valor)
    return fecha(valor) if _ISO.fullmatch(str(valor)) else str(valor)


def _de_lista(parte: Any) -> str:
    if isinstance(parte, dict):
        return str(parte.get("valor") or f"n.º {parte.get('id')} ({str(parte['sha256'])[:16]}…)")
    return str(parte)
