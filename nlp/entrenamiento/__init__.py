"""Entrenamiento y medida de los clasificadores: de datos etiquetados a `modelos/`."""
