"""Español con análisis sintáctico: la tubería `es_actas`, optativa, y cómo cargarla."""
