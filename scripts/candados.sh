#!/usr/bin/env bash
# Vuelve a fijar versiones y huellas. Sin direcciones: ningún índice va en la orden.
set -euo pipefail
opciones=(--quiet --universal --generate-hashes --python-version 3.11 --extra postgres --no-annotate --no-header)
uv pip compile "${opciones[@]}" pyproject.toml -o requirements.lock
uv pip compile "${opciones[@]}" --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock
