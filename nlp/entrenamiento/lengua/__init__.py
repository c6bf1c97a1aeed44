"""Entrena y mide la tubería `es_actas` con corpus de Universal Dependencies."""
