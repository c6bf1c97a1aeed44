"""Agrega la respuesta a los pedidos, el cumplimiento de las tareas y las reuniones bimestrales."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

COLUMNAS: tuple[tuple[str, str, str, str | None], ...] = (
    ("pedido", "respuesta", "TEXT", None),
    ("pedido", "respondido", "DATE", None),
    ("pedido", "respondido_por", "TEXT", None),
    ("tarea", "cumplimiento", "TEXT", None),
    ("tarea", "sustento", "TEXT", None),
    ("tarea", "evidencia_id", "INTEGER", "evidencia"),
    ("hito", "reunion_id", "INTEGER", "reunion"),
)


def upgrade() -> None:
    """Crea las dos tablas y suma las columnas, vacías: las huellas de antes no cambian."""
    op.create_table(
        "punto_focal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entidad", sa.Text(), nullable=False),
        sa.Column("nombre", sa.Text(), nullable=False),
        sa.Column("cargo", sa.Text(), nullable=False),
        sa.Column("vigente", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_punto_focal"),
    )
    op.create_table(
        "reunion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entidad", sa.Text(), nullable=False),
        sa.Column("anio", sa.Integer(), nullable=False),
        sa.Column("bimestre", sa.Integer(), nullable=False),
        sa.Column("fecha", sa.Date(), nullable=False),
        sa.Column("lugar", sa.Text(), nullable=False),
        sa.Column("agenda", sa.Text(), nullable=False),
        sa.Column("estado", sa.Text(), nullable=False),
        sa.Column("convocada", sa.Date()),
        sa.Column("documento", sa.Text(), nullable=False),
        sa.Column("convocados", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("asistentes", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("acuerdos", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reunion"),
    )
    op.create_index("ix_reunion_fecha", "reunion", ["fecha"])
    for tabla, columna, tipo, destino in COLUMNAS:
        atada = f" CONSTRAINT fk_{tabla}_{columna} REFERENCES {destino}(id)" if destino else ""
        op.execute(f"ALTER TABLE {tabla} ADD COLUMN {columna} {tipo}{atada}")


def downgrade() -> None:
    """Quita lo agregado."""
    for tabla, columna, _, _ in COLUMNAS:
        op.execute(f"ALTER TABLE {tabla} DROP COLUMN {columna}")
    op.drop_table("reunion")
    op.drop_table("punto_focal")
