#!/usr/bin/env bash
# Crea .venv (sin necesitar python3-venv) e instala un candado con sus huellas.
# uso: preparar.sh PYTHON CANDADO MARCA
set -euo pipefail
python=$1 candado=$2 marca=$3

if [ -z "$python" ]; then
  echo "Actas necesita Python 3.11 o posterior y no lo encuentra." >&2
  echo "Instálelo (en Debian o Ubuntu: apt-get install python3 python3-pip) y repita la orden." >&2
  exit 3
fi

[ -x .venv/bin/python ] || "$python" -m venv --without-pip .venv

silencio=(--quiet)
[ -t 2 ] && silencio=() # en un terminal se ve el avance

if command -v uv >/dev/null 2>&1; then
  instalar() { uv pip install "${silencio[@]}" --python .venv/bin/python "$@"; }
elif "$python" -m pip --version >/dev/null 2>&1; then
  # pip acepta --python desde la versión 22.3
  instalar() { "$python" -m pip --python .venv/bin/python install "${silencio[@]}" --disable-pip-version-check "$@"; }
else
  echo "Falta pip para $python. Instálelo (en Debian o Ubuntu: apt-get install python3-pip) y repita la orden." >&2
  exit 3
fi

echo "Instalando dependencias de $candado (la primera vez toma uno o dos minutos)…" >&2
instalar --require-hashes -r "$candado"
instalar --no-deps --no-build-isolation -e .
touch "$marca"
