"""Modelos entrenados y su cargador, que comprueba la ficha antes de usarlos."""
