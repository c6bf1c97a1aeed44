"""Pone en castellano los mensajes de `argparse`, que los busca por `gettext`."""

from __future__ import annotations

import argparse

MENSAJES = {
    "usage: ": "uso: ",
    "positional arguments": "argumentos",
    "options": "opciones",
    "show this help message and exit": "muestra esta ayuda y termina",
    "%(prog)s: error: %(message)s\n": "%(prog)s: %(message)s\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "the following arguments are required: %s": "falta indicar: %s",
    "unrecognized arguments: %s": "no se reconoce: %s",
    "one of the arguments %s is required": "indique uno de estos: %s",
    "not allowed with argument %s": "no se usa junto con %s",
    "ambiguous option: %(option)s could match %(matches)s": (
        "%(option)s puede ser %(matches)s: escríbala completa"
    ),
    "ignored explicit argument %r": "no lleva valor: sobra %r",
    "expected one argument": "falta su valor",
    "expected at most one argument": "lleva un solo valor",
    "expected at least one argument": "falta indicar al menos un valor",
    "invalid choice: %(value)r (choose from %(choices)s)": (
        "%(value)r no vale; elija entre %(choices)s"
    ),
    "invalid %(type)s value: %(value)r": "%(value)r no es un valor válido",
    "unknown parser %(parser_name)r (choices: %(choices)s)": (
        "no hay una orden %(parser_name)r; elija entre %(choices)s"
    ),
    "expected %s argument": "espera %s valor",
    "expected %s arguments": "espera %s valores",
    "can't open '%(filename)s': %(error)s": "no se puede abrir «%(filename)s»: %(error)s",
}


def traducir(mensaje: str) -> str:
    """Devuelve el mensaje en castellano, o el mismo si no está en la tabla."""
    return MENSAJES.get(mensaje, mensaje)


def traducir_plural(singular: str, plural: str, n: int) -> str:
    """Devuelve en castellano el singular o el plural."""
    return traducir(singular if n == 1 else plural)


def instalar() -> None:
    """Cambia las funciones con que `argparse` busca sus mensajes."""
    vars(argparse)["_"] = traducir
    vars(argparse)["ngettext"] = traducir_plural
