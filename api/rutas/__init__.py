"""Las rutas: páginas para personas y API para programas."""

from api.rutas import actas, inicio, lt, redactar, registro, reglas, revision, v1

PAGINAS = (
    inicio.rutas,
    actas.rutas,
    revision.rutas,
    registro.rutas,
    reglas.rutas,
    lt.rutas,
    redactar.rutas,
)
API = v1.rutas
