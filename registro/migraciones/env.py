"""Entrada de Alembic: migra por la conexión que da `registro.base`, en su misma transacción."""

from alembic import context

from registro import tablas_vida as tablas

context.configure(
    connection=context.config.attributes["conexion"],
    target_metadata=tablas.metadata,
    render_as_batch=True,
)
context.run_migrations()
