"""Crea las tablas y los disparadores que protegen propuestas y decisiones."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

INMUTABLES = ("propuesta", "decision")
TABLAS = ("acta", "propuesta", "decision", "pedido", "compromiso", "tarea")

SOLO_AGREGAR_EN_SQLITE = (
    """
    CREATE TRIGGER {tabla}_no_cambia BEFORE UPDATE ON {tabla}
    BEGIN SELECT RAISE(ABORT, 'la tabla {tabla} solo admite agregar filas'); END
    """,
    """
    CREATE TRIGGER {tabla}_no_se_borra BEFORE DELETE ON {tabla}
    BEGIN SELECT RAISE(ABORT, 'la tabla {tabla} solo admite agregar filas'); END
    """,
    """
    CREATE TRIGGER {tabla}_no_se_reemplaza BEFORE INSERT ON {tabla}
    WHEN EXISTS (SELECT 1 FROM {tabla} WHERE {misma_fila})
    BEGIN SELECT RAISE(ABORT, 'la tabla {tabla} solo admite agregar filas'); END
    """,
)
MISMA_FILA = {
    "propuesta": "id = NEW.id OR (acta_id = NEW.acta_id AND item_id = NEW.item_id)",
    "decision": "id = NEW.id OR (propuesta_id = NEW.propuesta_id AND version = NEW.version)",
}
"""`INSERT OR REPLACE` de SQLite borra sin avisar a los disparadores de borrado."""

SOLO_AGREGAR_EN_POSTGRESQL = """
    CREATE FUNCTION solo_agregar() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'la tabla % solo admite agregar filas', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END $$
"""


def upgrade() -> None:
    """Crea todo."""
    op.create_table(
        "acta",
        _entero("id"),
        _texto("sha256"),
        _texto("nombre"),
        _entero("bytes"),
        _texto("formato", nulo=True),
        _texto("estado"),
        _texto("motivo", nulo=True),
        _texto("titulo", nulo=True),
        sa.Column("fecha", sa.Date()),
        _instante("recibida_en"),
        _texto("recibida_por"),
        _instante("analizada_en", nulo=True),
        _json("resultado", nulo=True),
        sa.PrimaryKeyConstraint("id", name="pk_acta"),
        sa.UniqueConstraint("sha256", name="uq_acta_sha256"),
    )
    op.create_index("ix_acta_estado", "acta", ["estado"])
    op.create_table(
        "propuesta",
        _entero("id"),
        _entero("acta_id"),
        _texto("item_id"),
        _entero("orden"),
        _texto("clase"),
        sa.Column("confianza", sa.Double()),
        sa.Column("duda", sa.Boolean(), nullable=False),
        _texto("pedido_de_origen", nulo=True),
        _json("item"),
        sa.PrimaryKeyConstraint("id", name="pk_propuesta"),
        sa.ForeignKeyConstraint(["acta_id"], ["acta.id"], name="fk_propuesta_acta_id"),
        sa.UniqueConstraint("acta_id", "item_id", name="uq_propuesta_acta_id_item_id"),
    )
    op.create_table(
        "decision",
        _entero("id"),
        _entero("propuesta_id"),
        _entero("version"),
        _texto("quien"),
        _instante("cuando"),
        _texto("que"),
        _texto("motivo"),
        _json("antes"),
        _json("despues", nulo=True),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
        sa.ForeignKeyConstraint(
            ["propuesta_id"], ["propuesta.id"], name="fk_decision_propuesta_id"
        ),
        sa.UniqueConstraint("propuesta_id", "version", name="uq_decision_propuesta_id_version"),
        sa.CheckConstraint("length(trim(quien)) > 0", name="ck_decision_la_toma_una_persona"),
    )
    _crear_registro("pedido", _texto("aceptacion", nulo=True))
    _crear_registro(
        "compromiso",
        sa.Column("pedido_id", sa.Integer()),
        sa.ForeignKeyConstraint(["pedido_id"], ["pedido.id"], name="fk_compromiso_pedido_id"),
    )
    _crear_registro("tarea")
    _proteger()


def downgrade() -> None:
    """Borra todo; los disparadores se van con sus tablas."""
    for tabla in reversed(TABLAS):
        op.drop_table(tabla)
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION solo_agregar()")


def _crear_registro(tabla: str, *propias: sa.schema.SchemaItem) -> None:
    op.create_table(
        tabla,
        _entero("id"),
        _entero("acta_id"),
        _entero("propuesta_id"),
        _entero("decision_id"),
        _texto("caso", nulo=True),
        sa.Column("fecha_acta", sa.Date()),
        _texto("numero_en_acta", nulo=True),
        _texto("transcripcion"),
        _texto("denominacion"),
        _texto("descripcion"),
        _texto("tipo", nulo=True),
        _texto("plazo_texto", nulo=True),
        sa.Column("fecha_limite", sa.Date()),
        _texto("metodo_plazo", nulo=True),
        _json("responsables"),
        _json("colaboradores"),
        _json("lugares"),
        _json("regiones"),
        _json("provincias"),
        _json("distritos"),
        _texto("unidad_territorial", nulo=True),
        _texto("codigo_snip", nulo=True),
        _texto("codigo_unificado", nulo=True),
        _texto("monto", nulo=True),
        _texto("financiamiento", nulo=True),
        _texto("condicion", nulo=True),
        _texto("verificacion", nulo=True),
        _texto("estado"),
        _texto("avance"),
        _entero("version"),
        _texto("texto_plegado"),
        _texto("responsables_plegados"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{tabla}"),
        sa.ForeignKeyConstraint(["acta_id"], ["acta.id"], name=f"fk_{tabla}_acta_id"),
        sa.ForeignKeyConstraint(
            ["propuesta_id"], ["propuesta.id"], name=f"fk_{tabla}_propuesta_id"
        ),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=f"fk_{tabla}_decision_id"),
        sa.UniqueConstraint("propuesta_id", name=f"uq_{tabla}_propuesta_id"),
        sa.UniqueConstraint("decision_id", name=f"uq_{tabla}_decision_id"),
        *propias,
    )
    op.create_index(f"ix_{tabla}_acta_id", tabla, ["acta_id"])
    op.create_index(f"ix_{tabla}_estado", tabla, ["estado"])


def _proteger() -> None:
    if op.get_context().dialect.name == "sqlite":
        for tabla in INMUTABLES:
            for orden in SOLO_AGREGAR_EN_SQLITE:
                op.execute(orden.format(tabla=tabla, misma_fila=MISMA_FILA[tabla]))
        return
    op.execute(SOLO_AGREGAR_EN_POSTGRESQL)
    for tabla in INMUTABLES:
        op.execute(
            f"CREATE TRIGGER {tabla}_solo_agrega BEFORE UPDATE OR DELETE OR TRUNCATE ON {tabla} "
            "FOR EACH STATEMENT EXECUTE FUNCTION solo_agregar()"
        )


def _entero(nombre: str) -> sa.Column[int]:
    return sa.Column(nombre, sa.Integer(), nullable=False)


def _texto(nombre: str, *, nulo: bool = False) -> sa.Column[str]:
    return sa.Column(nombre, sa.Text(), nullable=nulo)


def _instante(nombre: str, *, nulo: bool = False) -> sa.Column[object]:
    return sa.Column(nombre, sa.DateTime(timezone=True), nullable=nulo)


def _json(nombre: str, *, nulo: bool = False) -> sa.Column[object]:
    return sa.Column(nombre, sa.JSON(none_as_null=True), nullable=nulo)
