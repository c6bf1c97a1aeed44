"""Agrega los catálogos propios de la oficina: entidades, feriados y lugares."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Crea la tabla, vacía: mientras lo esté, valen los catálogos del programa."""
    op.create_table(
        "catalogo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("catalogo", sa.Text(), nullable=False),
        sa.Column("clave", sa.Text(), nullable=False),
        sa.Column("datos", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("vigente", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_catalogo"),
        sa.UniqueConstraint("catalogo", "clave", name="uq_catalogo_catalogo_clave"),
    )


def downgrade() -> None:
    """Quita la tabla."""
    op.drop_table("catalogo")
