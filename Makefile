# Órdenes diarias de Actas. `make` sin nada las lista.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PY := $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
DATOS ?=

.PHONY: help preparar demo test estilo revisar probar arreglar servir evaluar etiquetar medir fuzz entrenar docs ejemplos candados

help: ## muestra estas órdenes
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

preparar: .venv/.listo ## crea .venv con `actas` y sus dependencias

.venv/.listo: requirements.lock pyproject.toml scripts/preparar.sh
	@bash scripts/preparar.sh "$(PY)" requirements.lock $@

.venv/.pruebas: .venv/.listo requirements-dev.lock
	@bash scripts/preparar.sh "$(PY)" requirements-dev.lock $@

demo: preparar ## procesa las actas de ejemplo y abre la aplicación web
	@$(BIN)/actas demo

servir: preparar ## aplicación web con su propia base de datos
	@$(BIN)/actas servir

test: .venv/.pruebas ## instala y corre todas las pruebas
	@$(BIN)/python -m pytest -n auto

probar: .venv/.pruebas ## corre solo lo que se indique: make probar Q=tests/nlp
	@$(BIN)/python -m pytest $(Q)

estilo: .venv/.pruebas ## formato, estilo, tipos y contratos de importación
	@$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/mypy && $(BIN)/lint-imports --no-cache

revisar: estilo test ## lo mismo que la integración continua: `estilo` y `test`

arreglar: .venv/.pruebas ## da formato y corrige lo que se pueda
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

entrenar: preparar ## entrena los modelos; DATOS=carpeta suma las actas reales etiquetadas
	@$(BIN)/python -m nlp.entrenamiento.entrenar $(if $(DATOS),--datos $(DATOS))

evaluar: preparar ## mide y escribe docs/calidad.md; DATOS=carpeta suma los conjuntos reales; COMPLETO=1, la curva
	@$(BIN)/python -m api.evaluar $(if $(DATOS),--datos $(DATOS)) $(if $(COMPLETO),--completo)

etiquetar: preparar ## saca de DATOS oraciones por leer (N=200); LOTE=archivo recoge lo leído; SEGUNDA=archivo, otra lectura (PARTE=0.07)
	@$(BIN)/python -m nlp.entrenamiento.etiquetar $(if $(DATOS),--datos $(DATOS)) $(if $(N),--cuantas $(N)) \
		$(if $(LOTE),--lote $(LOTE)) $(if $(SEGUNDA),--segunda $(SEGUNDA)) $(if $(PARTE),--parte $(PARTE))

medir: preparar ## tiempos y memoria sobre las actas de ejemplo
	@$(BIN)/python -m api.medir
	@$(BIN)/python -m api.medir_redaccion
	@$(BIN)/python scripts/medir_editor.py
	@$(BIN)/python -m api.medir_registro

fuzz: .venv/.pruebas ## lee 2 000 copias mutadas de los ejemplos; N=cantidad
	@$(BIN)/python -m fuzz.correr $(if $(N),--cantidad $(N))

docs: preparar ## rehace los documentos generados (reglas, esquemas, ejemplos de redacción)
	@$(BIN)/python -m api.documentar
	@$(BIN)/python scripts/redaccion_ejemplos.py

ejemplos: .venv/.pruebas ## vuelve a fabricar las actas de ejemplo
	@$(BIN)/python ejemplos/fabrica/fabricar.py

candados: ## vuelve a fijar las dependencias (necesita uv)
	@bash scripts/candados.sh
