"""El contrato público en tipos: lo que `actas procesar`, `actas clasificar` y la API devuelven.

Se pueden sumar claves; no se renombra, retipa ni quita ninguna sin cambiar de versión mayor
(`esquema` «acta/1»). De estos tipos sale `docs/esquemas/*.json`. Los tramos `inicio`/`fin` son
semiabiertos, en caracteres Unicode de `texto`; las cajas, en puntos PDF con origen arriba a la
izquierda; las fechas, ISO 8601.
"""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from lineamientos.contrato_smart import (
    CriterioJson,
    HallazgoDeActaJson,
    HallazgoJson,
    SmartJson,
)

ESQUEMA: Literal["acta/1"] = "acta/1"

NombreDeClase = Literal["pedido", "compromiso", "tarea", "otro"]
NombreDeTipo = Literal["pip", "actividad"]
NombreDeNivel = Literal["nacional", "regional", "local", "no_aplica"]
NombreDeAceptacion = Literal["aceptado", "no_aceptado", "pendiente", "derivado"]
NombreDeMetodo = Literal[
    "fecha",
    "habiles",
    "calendario",
    "periodo",
    "horas",
    "evento",
    "recurrente",
    "vago",
    "abierto",
    "referencia",
    "por_definir",
]
NombreDePrecision = Literal["exacta", "semana", "mes", "periodo", "anio", "ambigua", "ninguna"]
EstadoDeDocumento = Literal["leida", "parcial", "rechazada", "fallida"]


class ArchivoJson(TypedDict):
    """De qué bytes salió el resultado.

    `paginas` es null si el formato no las tiene (DOCX, ODT), salvo que traiga láminas (imágenes
    grandes, que pueden ser un acta escaneada): entonces son las láminas, numeradas en su orden.
    """

    nombre: str
    sha256: str
    bytes: int
    formato: str | None
    paginas: int | None
    paginas_con_ocr: list[int]
    lector: str | None


class AvisoJson(TypedDict):
    """Algo de la lectura que la persona debe saber."""

    codigo: str
    pagina: int | None
    mensaje: str
    consejo: str
    inicio: int | None
    fin: int | None


class DatoJson(TypedDict):
    """Un dato con su valor normalizado y el tramo que se leyó."""

    valor: str
    texto: str
    inicio: int
    fin: int
    confianza: float | None


class LugarJson(TypedDict):
    """Topónimo resuelto a UBIGEO; `candidatos` trae los códigos posibles si es ambiguo."""

    texto: str
    region: str | None
    provincia: str | None
    distrito: str | None
    codigo: str | None
    candidatos: list[str]
    inicio: int
    fin: int


class LugarDelActaJson(TypedDict):
    """Dónde fue la reunión."""

    valor: str
    inicio: int
    fin: int
    ubigeo: list[LugarJson]


class ParticipanteJson(TypedDict):
    """Asistente; el DNI va enmascarado."""

    nombre: str | None
    cargo: str | None
    entidad: str | None
    dni: str | None
    inicio: int
    fin: int


class ActaJson(TypedDict):
    """Datos generales del acta; lo que no se halló es null y nunca se adivina."""

    titulo: DatoJson | None
    fecha: DatoJson | None
    hora_inicio: DatoJson | None
    hora_fin: DatoJson | None
    lugar: LugarDelActaJson | None
    espacio: DatoJson | None
    participantes: list[ParticipanteJson]
    agenda: list[DatoJson]
    constancias: list[DatoJson]
    firmas: list[DatoJson]


class EntidadJson(TypedDict):
    """Responsable o colaborador."""

    valor: str
    texto: str
    inicio: int
    fin: int
    nivel_de_gobierno: NombreDeNivel | None
    generica: bool
    confianza: float | None


class AccionJson(TypedDict):
    """Verbo principal."""

    texto: str
    lema: str
    inicio: int
    fin: int


class CantidadJson(TypedDict):
    """Número con su unidad."""

    valor: float
    unidad: str
    texto: str
    inicio: int
    fin: int


class PlazoJson(TypedDict):
    """Plazo y fecha límite calculada, con la explicación del cálculo en una línea."""

    texto: str
    inicio: int
    fin: int
    metodo: NombreDeMetodo
    precision: NombreDePrecision
    fecha_limite: str | None
    alternativas: list[str]
    explicacion: str


class CamposJson(TypedDict):
    """Quién, qué, cuánto, dónde, cuándo y con qué."""

    responsable: list[EntidadJson]
    colaboradores: list[EntidadJson]
    accion: AccionJson | None
    cantidad: list[CantidadJson]
    plazo: PlazoJson | None
    lugares: list[LugarJson]
    codigo_snip: DatoJson | None
    codigo_unificado: DatoJson | None
    monto: DatoJson | None
    financiamiento: DatoJson | None
    condicion: DatoJson | None
    verificacion: DatoJson | None


class AtributosJson(TypedDict):
    """Rasgos del ítem."""

    condicional: bool
    negativo: bool
    reiterado: bool
    referido: bool
    aceptacion: NombreDeAceptacion | None


class CajaJson(TypedDict):
    """Rectángulo en una página."""

    pagina: int
    x0: float
    arriba: float
    x1: float
    abajo: float


class TablaJson(TypedDict):
    """Fila de la que salió un ítem."""

    fila: int
    columnas: dict[str, str]


class ItemJson(TypedDict):
    """Un ítem, como lo devuelve `clasificar`."""

    id: str
    texto: str
    inicio: int
    fin: int
    clase: NombreDeClase
    confianza: float | None
    probabilidades: dict[NombreDeClase, float]
    duda: bool
    tipo: NombreDeTipo | None
    confianza_tipo: float | None
    atributos: AtributosJson
    campos: CamposJson
    smart: SmartJson | None
    criterios: list[CriterioJson] | None
    hallazgos: list[HallazgoJson]
    propuesta_de_redaccion: str | None


class ItemDeActaJson(ItemJson):
    """Un ítem con su lugar en el acta, como lo devuelve `procesar`."""

    seccion: str
    numero_en_acta: str | None
    tema: str | None
    tabla: TablaJson | None
    cajas: list[CajaJson]
    padre: str | None
    pedido_de_origen: str | None


class CoberturaJson(TypedDict):
    """Cuánto texto de la página se leyó y cuánto quedó en ítems. `pagina` es null en un DOCX."""

    pagina: int | None
    caracteres: int
    en_items: int
    ocr_confianza: float | None


class TiempoJson(TypedDict):
    """Milisegundos de cada paso; null si el paso no se hizo."""

    lectura: int | None
    nlp: int | None
    reglas: int | None


class ResultadoJson(TypedDict):
    """Resultado de un documento. Si no se pudo leer: `texto` y `acta` null y `avisos` dice por qué.

    `items` trae los de toda clase dentro de acuerdos, pedidos y tareas; las oraciones `otro` del
    resto del acta solo van con `--todo`.
    """

    esquema: Literal["acta/1"]
    archivo: ArchivoJson
    estado: EstadoDeDocumento
    avisos: list[AvisoJson]
    texto: str | None
    acta: ActaJson | None
    items: list[ItemDeActaJson]
    hallazgos_del_acta: list[HallazgoDeActaJson]
    cobertura: list[CoberturaJson]
    modelos: dict[str, str]
    tiempo_ms: TiempoJson
