"""Cómo se nombra en pantalla cada valor guardado, y los textos fijos de los formularios."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

CLASES: Final[Mapping[str, str]] = {
    "pedido": "Pedido",
    "compromiso": "Compromiso",
    "tarea": "Tarea",
    "otro": "Otro",
}

TIPOS: Final[Mapping[str | None, str]] = {
    "pip": "PIP",
    "actividad": "Actividad",
    None: "Por determinar",
}

NIVELES: Final[Mapping[str | None, str]] = {
    "nacional": "Nacional",
    "regional": "Regional",
    "local": "Local",
    "no_aplica": "No aplica",
    None: "Sin determinar",
}

ESTADOS_DE_ACTA: Final[Mapping[str, str]] = {
    "recibida": "En espera",
    "analizando": "Leyendo",
    "analizada": "Por revisar",
    "en_revision": "En revisión",
    "cerrada": "Revisada",
    "ilegible": "No se pudo leer",
}

DECISIONES: Final[Mapping[str, str]] = {
    "aceptar": "Aceptado",
    "editar": "Editado y aceptado",
    "rechazar": "Rechazado",
}

ACEPTACIONES: Final[Mapping[str, str]] = {
    "aceptado": "Aceptado por otra parte",
    "no_aceptado": "No aceptado",
    "pendiente": "Sin respuesta todavía",
    "derivado": "Derivado a otra entidad",
}

PLAZOS: Final[Mapping[str, str]] = {
    "vencido": "Vencido y abierto",
    "por_vencer": "Vence en 30 días",
    "sin_fecha": "Sin fecha límite",
}

FILTROS: Final[Mapping[str, str]] = {
    "texto": "Texto",
    "responsable": "Responsable",
    "clase": "Clase",
    "tipo": "Tipo",
    "estado": "Estado",
    "plazo": "Plazo",
    "unidad": "Unidad territorial",
    "region": "Región",
    "espacio": "Espacio de diálogo",
    "acta": "Acta",
}
"""Los filtros del registro, en su orden."""

CRITERIOS: Final[Mapping[str, str]] = {
    "especifico": "Específico",
    "medible": "Medible",
    "asignable": "Asignable",
    "realista": "Realista",
    "temporal": "Temporal",
}

JUICIOS: Final[Mapping[bool | None, tuple[str, str, str]]] = {
    True: ("✓", "cumple", "si"),
    False: ("✗", "no cumple", "no"),
    None: ("?", "no se puede juzgar", "nada"),
}
"""Signo, palabras y clase CSS de cada juicio SMART."""

ASPECTOS: Final[Mapping[str, str]] = {
    "quien": "quién",
    "que": "qué",
    "cuanto": "cuánto",
    "donde": "dónde",
    "cuando": "cuándo",
    "dinero": "con qué dinero",
    "condicion": "con qué condición",
    "verificacion": "cómo se comprueba",
}
"""Lo que sustenta cada criterio, en palabras."""

GRAVEDADES: Final[Mapping[str, str]] = {"falta": "Falta", "aviso": "Aviso", "consejo": "Consejo"}

SECCIONES: Final[Mapping[str, str]] = {
    "encabezado": "encabezado",
    "datos": "datos generales",
    "participantes": "participantes",
    "agenda": "agenda",
    "antecedentes": "antecedentes",
    "desarrollo": "desarrollo",
    "pedidos": "pedidos",
    "acuerdos": "acuerdos",
    "tareas": "tareas",
    "estado_de_compromisos": "estado de compromisos",
    "proxima_reunion": "próxima reunión",
    "constancias": "constancias",
    "cierre": "cierre",
    "firmas": "firmas",
    "anexos": "anexos",
}

ATRIBUTOS: Final[Mapping[str, str]] = {
    "condicional": "Depende de una condición",
    "negativo": "Es una negativa o una obligación de no hacer",
    "reiterado": "Reitera uno anterior",
    "referido": "Cuenta lo que otro dijo",
}

CONFIANZAS: Final = ((0.9, "alta"), (0.7, "media"), (0.0, "baja"))
"""Desde qué puntaje se dice cada palabra."""

MOTIVOS: Final = (
    "No es pedido, compromiso ni tarea",
    "Repite otro ítem de la misma acta",
    "Es un compromiso antiguo que el acta solo recuerda",
    "El texto se leyó mal",
)
"""Motivos de rechazo que se sugieren; se puede escribir otro."""

CAMPOS: Final[Mapping[str, tuple[str, str]]] = {
    "denominacion": (
        "Denominación",
        "La redacción para el registro. Diga quién hará qué, cuánto, dónde y hasta cuándo.",
    ),
    "descripcion": ("Descripción", "Solo si hace falta ampliar la denominación."),
    "responsables": ("Responsables", "Quien debe cumplir. Deje en blanco las filas que sobren."),
    "colaboradores": ("Colaboradores", "Quienes ayudan. Separe los nombres con punto y coma."),
    "plazo_texto": ("Plazo, como lo dice el acta", "Por ejemplo: en 30 días hábiles."),
    "fecha_limite": ("Fecha límite", "El último día para cumplir."),
    "lugares": ("Lugares", ""),
    "regiones": ("Región(es)", ""),
    "provincias": ("Provincia(s)", ""),
    "distritos": ("Distrito(s)", ""),
    "unidad_territorial": (
        "Unidad territorial",
        "Revísela si cambia el lugar.",
    ),
    "tipo": ("Tipo", "PIP: proyecto de inversión."),
    "codigo_snip": ("Código SNIP", ""),
    "codigo_unificado": ("Código unificado (CUI)", ""),
    "monto": ("Monto", ""),
    "financiamiento": ("Fuente de financiamiento", ""),
    "condicion": ("Condición", ""),
    "verificacion": ("Verificación", ""),
    "fecha_acta": ("Fecha del acta", ""),
    "caso": ("Código del caso", "Del registro de casos; no está en el acta."),
    "clase": ("Clase", ""),
    "motivo": ("Nota", "Por qué lo cambia; queda en la historia."),
    "numero_en_acta": ("Número en el acta", ""),
    "transcripcion": ("Transcripción", ""),
    "metodo_plazo": ("Cómo se calculó el plazo", ""),
    "quien": ("Quién registra", ""),
}
"""Etiqueta y ayuda de cada dato."""

METODOS: Final[Mapping[str, str]] = {
    "fecha": "fecha escrita",
    "habiles": "días hábiles",
    "calendario": "días calendario",
    "periodo": "período",
    "horas": "horas",
    "evento": "depende de un hecho",
    "recurrente": "se repite",
    "vago": "expresión vaga",
    "abierto": "sin término",
    "referencia": "remite a otro documento",
    "por_definir": "por definir",
}
