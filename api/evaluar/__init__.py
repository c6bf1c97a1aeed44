"""Evaluación: mide la calidad y escribe `docs/calidad.md` (`make evaluar`)."""
