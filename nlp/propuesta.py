"""Lo que el análisis propone; una persona decide después. Aquí no entra spaCy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ingesta.documento import Tramo


class Clase(StrEnum):
    """Qué es un ítem del acta (`dominio.md` §1.1, glosario del protocolo)."""

    PEDIDO = "pedido"
    COMPROMISO = "compromiso"
    TAREA = "tarea"
    OTRO = "otro"


class Tipo(StrEnum):
    """Tipo de compromiso (protocolo 7.1.1); «por determinar» se expresa con None."""

    PIP = "pip"
    ACTIVIDAD = "actividad"


class Seccion(StrEnum):
    """Parte del acta en que está un ítem (`dominio.md` §3.2)."""

    ENCABEZADO = "encabezado"
    DATOS = "datos"
    PARTICIPANTES = "participantes"
    AGENDA = "agenda"
    ANTECEDENTES = "antecedentes"
    DESARROLLO = "desarrollo"
    PEDIDOS = "pedidos"
    ACUERDOS = "acuerdos"
    TAREAS = "tareas"
    ESTADO_DE_COMPROMISOS = "estado_de_compromisos"
    PROXIMA_REUNION = "proxima_reunion"
    CONSTANCIAS = "constancias"
    CIERRE = "cierre"
    FIRMAS = "firmas"
    ANEXOS = "anexos"


class NivelDeGobierno(StrEnum):
    """Nivel del responsable (Anexo 2, columna 14); empresas y sociedad civil: no aplica."""

    NACIONAL = "nacional"
    REGIONAL = "regional"
    LOCAL = "local"
    NO_APLICA = "no_aplica"


class Aceptacion(StrEnum):
    """Respuesta que recibió un pedido en el acta."""

    ACEPTADO = "aceptado"
    NO_ACEPTADO = "no_aceptado"
    PENDIENTE = "pendiente"
    DERIVADO = "derivado"


class MetodoDePlazo(StrEnum):
    """Cómo se expresa el plazo (`contrato.md` §3)."""

    FECHA = "fecha"
    HABILES = "habiles"
    CALENDARIO = "calendario"
    PERIODO = "periodo"
    HORAS = "horas"
    EVENTO = "evento"
    RECURRENTE = "recurrente"
    VAGO = "vago"
    ABIERTO = "abierto"
    REFERENCIA = "referencia"
    POR_DEFINIR = "por_definir"


class PrecisionDePlazo(StrEnum):
    """Con qué precisión se conoce la fecha límite (`contrato.md` §3)."""

    EXACTA = "exacta"
    SEMANA = "semana"
    MES = "mes"
    PERIODO = "periodo"
    ANIO = "anio"
    AMBIGUA = "ambigua"
    NINGUNA = "ninguna"


@dataclass(frozen=True, slots=True)
class Dato:
    """Un dato hallado: `valor` normalizado y `tramo` de `Documento.texto` que se leyó."""

    valor: str
    tramo: Tramo
    confianza: float | None = None


@dataclass(frozen=True, slots=True)
class Entidad:
    """Responsable o colaborador: nombre canónico, tramo leído y nivel de gobierno.

    `generica` marca nombres colectivos que no asignan a nadie («el Estado», «las partes»).
    `nivel` es None cuando la entidad no está en el catálogo ni se deduce de su nombre.
    """

    valor: str
    tramo: Tramo
    nivel: NivelDeGobierno | None
    generica: bool = False
    confianza: float | None = None


@dataclass(frozen=True, slots=True)
class Accion:
    """Verbo principal del ítem: lo leído y su infinitivo."""

    lema: str
    tramo: Tramo


@dataclass(frozen=True, slots=True)
class Cantidad:
    """Número con la unidad que cuenta («5 plantas»)."""

    valor: float
    unidad: str
    tramo: Tramo


@dataclass(frozen=True, slots=True)
class Plazo:
    """Plazo leído y la fecha límite que se pudo calcular.

    `alternativas` trae (fecha por días calendario, fecha por días hábiles) cuando el acta dice
    «días» sin adjetivo (Código Civil art. 183.1 frente a TUO Ley 27444 art. 145.1);
    entonces `fecha_limite` es None. `explicacion` cuenta el cálculo en una línea.
    """

    tramo: Tramo
    metodo: MetodoDePlazo
    precision: PrecisionDePlazo
    fecha_limite: date | None = None
    alternativas: tuple[date, ...] = ()
    explicacion: str = ""


@dataclass(frozen=True, slots=True)
class Lugar:
    """Topónimo resuelto a UBIGEO (INEI), hasta donde se pudo.

    `codigo` tiene 6 dígitos (distrito), 4 (provincia) o 2 (región). Si el nombre es de varios
    distritos y el acta no lo aclara, `codigo` es None y `candidatos` trae los códigos posibles.
    """

    tramo: Tramo
    region: str | None = None
    provincia: str | None = None
    distrito: str | None = None
    codigo: str | None = None
    candidatos: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Campos:
    """Quién, qué, cuánto, dónde, cuándo y con qué de un ítem. Lo que no se halló es None o vacío.

    Los tramos apuntan a `Documento.texto`; pueden quedar fuera del ítem cuando el dato está en
    otra celda de la fila (responsable, plazo).
    """

    responsable: tuple[Entidad, ...] = ()
    colaboradores: tuple[Entidad, ...] = ()
    accion: Accion | None = None
    cantidad: tuple[Cantidad, ...] = ()
    plazo: Plazo | None = None
    lugares: tuple[Lugar, ...] = ()
    codigo_snip: Dato | None = None
    codigo_unificado: Dato | None = None
    monto: Dato | None = None
    financiamiento: Dato | None = None
    condicion: Dato | None = None
    verificacion: Dato | None = None


@dataclass(frozen=True, slots=True)
class Atributos:
    """Rasgos de un ítem (`dominio.md` §8.1). `aceptacion` solo vale para pedidos."""

    condicional: bool = False
    negativo: bool = False
    reiterado: bool = False
    referido: bool = False
    aceptacion: Aceptacion | None = None


@dataclass(frozen=True, slots=True)
class FilaDeTabla:
    """Fila de donde sale un ítem: número (la 0 es la primera) y texto de sus otras celdas.

    `columnas` va de título de columna normalizado («responsable», «plazo»…) a texto de la celda;
    `tramos`, del mismo título al tramo de esa celda.
    """

    tabla: int
    fila: int
    columnas: Mapping[str, str] = field(default_factory=dict)
    tramos: Mapping[str, Tramo] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Segmento:
    """Unidad que puede ser un ítem: oración, ítem de lista u obligación de una fila.

    `id` es estable dentro del documento («i1», «i2»…). `padre` es el id del segmento que lo
    contiene, cuando una oración se divide en varias obligaciones o un ítem tiene subítems.
    """

    id: str
    tramo: Tramo
    seccion: Seccion = Seccion.DESARROLLO
    tema: str | None = None
    numero_en_acta: str | None = None
    fila: FilaDeTabla | None = None
    padre: str | None = None
    encabezado: str | None = None


PUEDE_OBLIGAR = 0.25
"""Un «otro» en duda con al menos esta probabilidad de compromiso o tarea lleva también sus campos,
y lo que está en duda y quizá sea compromiso, su juicio SMART: quien le cambie la clase los
encuentra hechos (decisión del equipo)."""


@dataclass(frozen=True, slots=True)
class Clasificacion:
    """Clase propuesta con sus probabilidades (0 a 1). Un puntaje no calculado es None.

    `duda` es True cuando el modelo se abstiene: una persona debe elegir.
    """

    clase: Clase
    confianza: float | None
    probabilidades: Mapping[Clase, float]
    duda: bool
    tipo: Tipo | None = None
    confianza_tipo: float | None = None

    @property
    def puede_obligar(self) -> bool:
        """Dice si es compromiso o tarea, o un «otro» en duda que bien podría serlo."""
        if self.clase is Clase.OTRO and self.duda:
            posible = sum(self.probabilidades.get(c, 0.0) for c in (Clase.COMPROMISO, Clase.TAREA))
            return posible >= PUEDE_OBLIGAR
        return self.clase in (Clase.COMPROMISO, Clase.TAREA)

    @property
    def puede_ser_compromiso(self) -> bool:
        """Dice si es compromiso, o si está en duda y bien podría serlo."""
        if self.duda and self.clase is not Clase.COMPROMISO:
            return self.probabilidades.get(Clase.COMPROMISO, 0.0) >= PUEDE_OBLIGAR
        return self.clase is Clase.COMPROMISO


@dataclass(frozen=True, slots=True)
class Propuesta:
    """Ítem que el análisis propone; nunca se edita: una `Decision` lo acepta, cambia o rechaza."""

    segmento: Segmento
    clasificacion: Clasificacion
    campos: Campos
    atributos: Atributos
    pedido_de_origen: str | None = None

    @property
    def id(self) -> str:
        """Devuelve el id de su segmento."""
        return self.segmento.id

    @property
    def tramo(self) -> Tramo:
        """Devuelve el tramo de su segmento."""
        return self.segmento.tramo

    @property
    def clase(self) -> Clase:
        """Devuelve la clase propuesta."""
        return self.clasificacion.clase
