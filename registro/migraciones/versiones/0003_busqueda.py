"""Agrega a lo registrado sus raíces y los índices con que se busca, se ordena y se cuenta."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from registro.raices import raices_de

revision = "0003"
down_revision = "0002"

REGISTROS = ("pedido", "compromiso", "tarea")
DE_LISTA = (
    "acta_id",
    "propuesta_id",
    "vigente",
    "estado",
    "tipo",
    "unidad_territorial",
    "espacio_id",
    "fecha_limite",
)
YA_NO = ("acta_id", "estado")
"""Columnas cuyo índice propio sobra: las lleva el de la lista."""

POR_TANDA = 1000

EN_SQLITE = (
    """
    CREATE VIRTUAL TABLE busca_{tabla} USING fts5(
        raices, content='{tabla}', content_rowid='id', tokenize="ascii tokenchars '_'",
        detail=none, columnsize=0
    )
    """,
    "INSERT INTO busca_{tabla}(busca_{tabla}) VALUES ('rebuild')",
    """
    CREATE TRIGGER busca_{tabla}_entra AFTER INSERT ON {tabla} BEGIN
        INSERT INTO busca_{tabla}(rowid, raices) VALUES (NEW.id, NEW.raices);
    END
    """,
    """
    CREATE TRIGGER busca_{tabla}_sale AFTER DELETE ON {tabla} BEGIN
        INSERT INTO busca_{tabla}(busca_{tabla}, rowid, raices)
        VALUES ('delete', OLD.id, OLD.raices);
    END
    """,
    """
    CREATE TRIGGER busca_{tabla}_cambia AFTER UPDATE OF raices ON {tabla} BEGIN
        INSERT INTO busca_{tabla}(busca_{tabla}, rowid, raices)
        VALUES ('delete', OLD.id, OLD.raices);
        INSERT INTO busca_{tabla}(rowid, raices) VALUES (NEW.id, NEW.raices);
    END
    """,
)
EN_POSTGRESQL = (
    "ALTER TABLE {tabla} ADD COLUMN busca_lexemas tsvector GENERATED ALWAYS AS "
    "(array_to_tsvector(string_to_array(raices, ' '))) STORED",
    "CREATE INDEX busca_{tabla} ON {tabla} USING gin (busca_lexemas)",
)


def upgrade() -> None:
    """Suma la columna, la llena para lo que ya estaba y crea los índices."""
    es_sqlite = op.get_context().dialect.name == "sqlite"
    for tabla in REGISTROS:
        op.execute(f"ALTER TABLE {tabla} ADD COLUMN raices TEXT DEFAULT '' NOT NULL")
        _llenar(tabla)
        propias = ("hecha_en",) if tabla == "tarea" else ()
        op.create_index(f"ix_{tabla}_lista", tabla, (*DE_LISTA, *propias))
        for columna in YA_NO:
            op.drop_index(f"ix_{tabla}_{columna}", table_name=tabla)
        for orden in EN_SQLITE if es_sqlite else EN_POSTGRESQL:
            op.execute(orden.format(tabla=tabla))


def downgrade() -> None:
    """Quita lo agregado."""
    es_sqlite = op.get_context().dialect.name == "sqlite"
    for tabla in REGISTROS:
        if es_sqlite:
            for suceso in ("entra", "sale", "cambia"):
                op.execute(f"DROP TRIGGER busca_{tabla}_{suceso}")
            op.execute(f"DROP TABLE busca_{tabla}")
        else:
            op.execute(f"ALTER TABLE {tabla} DROP COLUMN busca_lexemas")
        for columna in YA_NO:
            op.create_index(f"ix_{tabla}_{columna}", tabla, [columna])
        op.drop_index(f"ix_{tabla}_lista", table_name=tabla)
        op.execute(f"ALTER TABLE {tabla} DROP COLUMN raices")


def _llenar(nombre: str) -> None:
    conexion = op.get_bind()
    tabla = sa.Table(nombre, sa.MetaData(), autoload_with=conexion, resolve_fks=False)
    cambio = (
        sa
        .update(tabla)
        .where(tabla.c.id == sa.bindparam("numero"))
        .values(raices=sa.bindparam("puestas"))
    )
    ultimo = 0
    while True:
        consulta = sa.select(tabla).where(tabla.c.id > ultimo).order_by(tabla.c.id)
        filas = conexion.execute(consulta.limit(POR_TANDA)).mappings().all()
        if not filas:
            return
        puestas = [{"numero": f["id"], "puestas": raices_de({**f})} for f in filas]
        conexion.execute(cambio, puestas)
        ultimo = filas[-1]["id"]
