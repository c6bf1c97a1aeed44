"""Entrada de Alembic: migra por la conexión que da `registro.base`, en su misma transacción."""

from alembic import context

from registro.tablas import metadata

context.configure(
    connection=context.config.attributes["conexion"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
