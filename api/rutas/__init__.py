"""Las rutas: páginas para personas y API para programas."""

from api.rutas import actas, inicio, lt, registro, reglas, revision, v1

PAGINAS = (inicio.rutas, actas.rutas, revision.rutas, registro.rutas, reglas.rutas, lt.rutas)
API = v1.rutas
