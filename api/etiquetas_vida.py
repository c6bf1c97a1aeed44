"""Cómo se nombra en pantalla lo de la vida del compromiso: oficinas, hechos, espacios y relojes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from api.etiquetas import CAMPOS
from registro.actores import OFICINAS
from registro.estados import ESTADOS

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
    "fecha": "Fecha del documento",
    "fecha_prevista": "Fecha prevista",
    "fecha_cumplida": "Fecha de cumplimiento",
    "observacion": "Observación",
    "entidad": "Entidad",
    "documento": "Documento",
    "enviado": "Enviado",
    "vence": "Vence",
    "respondido": "Respondido",
    "respuesta": "Respuesta",
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

ACCIONES: Final[Mapping[str, tuple[str, str]]] = {
    "estado": ("Cambiar el estado", "Cambiar el estado"),
    "avance": ("Anotar el avance del mes", "Guardar el avance"),
    "evidencia": ("Adjuntar una evidencia", "Adjuntar"),
    "hito": ("Agregar un hito", "Agregar el hito"),
    "requerimiento": ("Registrar un requerimiento de información", "Registrar"),
    "variacion": ("Pedir una variación del registro", "Pedir la variación"),
}
"""Título de la página de cada acción y su botón."""


def leido(nombre: str, valor: Any) -> tuple[str, str]:
    """Devuelve la etiqueta y el texto de un dato de la historia."""
    etiqueta = DATOS.get(nombre) or CAMPOS.get(nombre, (nombre, ""))[0]
    return etiqueta, _texto(nombre, valor)


def _texto(nombre: str, valor: Any) -> str:
    if valor in (None, "", [], ()):
        return "—"
    if isinstance(valor, bool):
        return "Sí" if valor else "No"
    if nombre == "estado" and valor in ESTADOS:
        return ESTADOS[valor].nombre
    if nombre == "tipo":
        return TIPOS_DE_ESPACIO.get(valor, str(valor))
    if nombre == "priorizado_por":
        return QUIEN_PRIORIZA.get(valor, str(valor))
    if nombre == "responsable":
        return OFICINAS.get(valor, str(valor))
    if isinstance(valor, list):
        return "; ".join(_de_lista(parte) for parte in valor)
    return str(valor)


def _de_lista(parte: Any) -> str:
    if isinstance(parte, dict):
        return str(parte.get("valor") or f"n.º {parte.get('id')} ({str(parte['sha256'])[:16]}…)")
    return str(parte)
