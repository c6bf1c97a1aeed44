"""Agrega la vida del compromiso y la historia encadenada; lo ya registrado entra a la historia."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from registro.cadena import PRIMERA, canonico, enlazar, huella_de_fila

revision = "0002"
down_revision = "0001"

NUEVAS = (
    "idempotencia",
    "personal",
    "historia",
    "solicitud",
    "requerimiento",
    "evidencia",
    "hito",
    "unidad_territorial",
    "espacio",
    "caso",
)
REGISTROS = ("pedido", "compromiso", "tarea")

COLUMNAS: dict[str, tuple[tuple[str, str, str | None], ...]] = {
    "acta": (
        ("espacio_id", "INTEGER", "espacio"),
        ("version_de", "INTEGER", "acta"),
        ("tipo_de_version", "TEXT", None),
    ),
    "pedido": (("espacio_id", "INTEGER", "espacio"),),
    "compromiso": (
        ("espacio_id", "INTEGER", "espacio"),
        ("sucesor_id", "INTEGER", "compromiso"),
    ),
    "tarea": (
        ("espacio_id", "INTEGER", "espacio"),
        ("compromiso_id", "INTEGER", "compromiso"),
        ("hecha_en", "DATE", None),
    ),
}

EN_SQLITE = (
    """
    CREATE TRIGGER historia_no_cambia BEFORE UPDATE ON historia
    BEGIN SELECT RAISE(ABORT, 'la tabla historia solo admite agregar filas'); END
    """,
    """
    CREATE TRIGGER historia_no_se_borra BEFORE DELETE ON historia
    BEGIN SELECT RAISE(ABORT, 'la tabla historia solo admite agregar filas'); END
    """,
    """
    CREATE TRIGGER historia_va_en_orden BEFORE INSERT ON historia
    WHEN NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM historia)
    BEGIN SELECT RAISE(ABORT, 'la tabla historia solo admite agregar filas'); END
    """,
    """
    CREATE TRIGGER personal_no_cambia BEFORE UPDATE ON personal
    BEGIN SELECT RAISE(ABORT, 'la tabla personal no admite cambios'); END
    """,
)
EN_POSTGRESQL = (
    "CREATE TRIGGER historia_solo_agrega BEFORE UPDATE OR DELETE OR TRUNCATE ON historia "
    "FOR EACH STATEMENT EXECUTE FUNCTION solo_agregar()",
    "CREATE TRIGGER personal_no_cambia BEFORE UPDATE OR TRUNCATE ON personal "
    "FOR EACH STATEMENT EXECUTE FUNCTION solo_agregar()",
)


def upgrade() -> None:
    """Crea las tablas, suma columnas y anota en la historia lo que ya estaba."""
    _crear(
        "caso",
        _texto("codigo"),
        _texto("nombre"),
        _entero("version"),
        sa.UniqueConstraint("codigo", name="uq_caso_codigo"),
    )
    _crear(
        "espacio",
        _texto("nombre"),
        _texto("tipo"),
        _referencia("espacio", "caso_id", "caso", nulo=True),
        _texto("unidad_territorial", nulo=True),
        sa.Column("priorizado", sa.Boolean(), nullable=False),
        sa.Column("priorizado_desde", sa.Date()),
        _texto("priorizado_razon"),
        _texto("priorizado_por", nulo=True),
        _texto("responsable", nulo=True),
        _entero("version"),
        sa.UniqueConstraint("nombre", name="uq_espacio_nombre"),
    )
    _crear(
        "unidad_territorial",
        _texto("nombre"),
        _texto("codigo"),
        sa.Column("desde", sa.Date()),
        sa.Column("hasta", sa.Date()),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        _texto("fuente"),
    )
    op.create_index("ix_unidad_territorial_codigo", "unidad_territorial", ["codigo"])
    _crear_del_compromiso()
    _crear_historia()
    _sumar_columnas()
    _anotar_lo_que_habia()
    es_sqlite = op.get_context().dialect.name == "sqlite"
    for orden in EN_SQLITE if es_sqlite else EN_POSTGRESQL:
        op.execute(orden)


def downgrade() -> None:
    """Quita lo agregado; la historia se pierde."""
    for tabla in REGISTROS:
        op.drop_index(f"ix_{tabla}_espacio_id", table_name=tabla)
    for tabla, columnas in COLUMNAS.items():
        for columna, _, _ in columnas:
            op.execute(f"ALTER TABLE {tabla} DROP COLUMN {columna}")
        if tabla in REGISTROS:
            op.execute(f"ALTER TABLE {tabla} DROP COLUMN vigente")
    for tabla in NUEVAS:
        op.drop_table(tabla)


def _crear_del_compromiso() -> None:
    _crear(
        "hito",
        _referencia("hito", "compromiso_id", "compromiso"),
        _texto("nombre"),
        sa.Column("fecha_prevista", sa.Date(), nullable=False),
        sa.Column("fecha_cumplida", sa.Date()),
        _texto("observacion"),
        _entero("version"),
    )
    _crear(
        "evidencia",
        _referencia("evidencia", "compromiso_id", "compromiso"),
        _texto("sha256"),
        _texto("nombre"),
        _entero("bytes"),
        _texto("descripcion"),
        sa.Column("fecha", sa.Date()),
        _instante("subida_en"),
        sa.UniqueConstraint("compromiso_id", "sha256", name="uq_evidencia_compromiso_id_sha256"),
    )
    _crear(
        "requerimiento",
        _referencia("requerimiento", "compromiso_id", "compromiso"),
        _texto("entidad"),
        _texto("documento"),
        sa.Column("enviado", sa.Date(), nullable=False),
        _entero("dias"),
        _texto("unidad"),
        sa.Column("vence", sa.Date(), nullable=False),
        _entero("recordatorios"),
        _texto("estado"),
        sa.Column("respondido", sa.Date()),
        _texto("respuesta"),
        _entero("version"),
    )
    _crear(
        "solicitud",
        _referencia("solicitud", "compromiso_id", "compromiso"),
        sa.Column("campos", sa.JSON(none_as_null=True), nullable=False),
        _texto("razon"),
        _texto("oficina"),
        _texto("quien"),
        _instante("pedida_en"),
        _texto("estado"),
        _texto("respuesta"),
        _instante("resuelta_en", nulo=True),
        _texto("resuelta_por", nulo=True),
        _entero("version"),
    )
    for tabla in ("hito", "evidencia", "requerimiento", "solicitud"):
        op.create_index(f"ix_{tabla}_compromiso_id", tabla, ["compromiso_id"])
    op.create_index("ix_requerimiento_vence", "requerimiento", ["vence"])
    op.create_index("ix_requerimiento_estado", "requerimiento", ["estado"])
    op.create_index("ix_solicitud_estado", "solicitud", ["estado"])


def _crear_historia() -> None:
    _crear(
        "historia",
        _texto("entidad"),
        _entero("entidad_id"),
        _texto("cuerpo"),
        _texto("previa"),
        _texto("huella"),
    )
    op.create_index("ix_historia_entidad_entidad_id", "historia", ["entidad", "entidad_id"])
    _crear(
        "personal",
        _texto("clave"),
        _texto("sal"),
        _texto("valor"),
        sa.UniqueConstraint("clave", name="uq_personal_clave"),
    )
    _crear(
        "idempotencia",
        _texto("clave"),
        _texto("pedido"),
        _entero("resultado"),
        _instante("cuando"),
        sa.UniqueConstraint("clave", name="uq_idempotencia_clave"),
    )


def _sumar_columnas() -> None:
    for tabla, columnas in COLUMNAS.items():
        for columna, tipo, destino in columnas:
            atada = f" CONSTRAINT fk_{tabla}_{columna} REFERENCES {destino}(id)" if destino else ""
            op.execute(f"ALTER TABLE {tabla} ADD COLUMN {columna} {tipo}{atada}")
    for tabla in REGISTROS:
        op.execute(f"ALTER TABLE {tabla} ADD COLUMN vigente BOOLEAN DEFAULT TRUE NOT NULL")
        op.create_index(f"ix_{tabla}_espacio_id", tabla, ["espacio_id"])


def _anotar_lo_que_habia() -> None:
    """Cada fila registrada antes de que hubiera historia entra con un hecho «migrado»."""
    conexion = op.get_bind()
    historia = sa.table(
        "historia", *map(sa.column, ("id", "entidad", "entidad_id", "cuerpo", "previa", "huella"))
    )
    huella, numero = PRIMERA, 0
    for nombre in REGISTROS:
        tabla = sa.Table(nombre, sa.MetaData(), autoload_with=conexion, resolve_fks=False)
        for fila in conexion.execute(sa.select(tabla).order_by(tabla.c.id)).mappings().all():
            previa, numero = huella, numero + 1
            cuerpo = canonico({
                "que": "migrado",
                "entidad": nombre,
                "entidad_id": fila["id"],
                "despues": {"estado": fila["estado"], "version": fila["version"]},
                "fila": huella_de_fila(dict(fila)),
            })
            huella = enlazar(previa, numero, cuerpo)
            valores = (numero, nombre, fila["id"], cuerpo, previa, huella)
            conexion.execute(
                sa.insert(historia).values(dict(zip(historia.c.keys(), valores, strict=True)))
            )


def _crear(tabla: str, *columnas: sa.schema.SchemaItem) -> None:
    clave = sa.PrimaryKeyConstraint("id", name=f"pk_{tabla}")
    op.create_table(tabla, _entero("id"), *columnas, clave)


def _referencia(tabla: str, nombre: str, destino: str, *, nulo: bool = False) -> sa.Column[int]:
    atada = sa.ForeignKey(f"{destino}.id", name=f"fk_{tabla}_{nombre}")
    return sa.Column(nombre, sa.Integer(), atada, nullable=nulo)


def _entero(nombre: str) -> sa.Column[int]:
    return sa.Column(nombre, sa.Integer(), nullable=False)


def _texto(nombre: str, *, nulo: bool = False) -> sa.Column[str]:
    return sa.Column(nombre, sa.Text(), nullable=nulo)


def _instante(nombre: str, *, nulo: bool = False) -> sa.Column[object]:
    return sa.Column(nombre, sa.DateTime(timezone=True), nullable=nulo)
