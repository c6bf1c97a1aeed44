"""Un archivo hostil y lo que se espera que hagamos con él."""

from __future__ import annotations

from typing import Final, NamedTuple

FRASE: Final = "La Empresa Minera se compromete a entregar el informe."
LEE: Final = ("leida", "parcial")
NO_LEE: Final = ("rechazada", "fallida")
CUALQUIERA: Final = (*LEE, *NO_LEE)


class Espera(NamedTuple):
    """Lo esperado: uno de los estados, uno de los códigos de error, avisos y textos.

    `avisos` deben estar todos; `dice` debe estar en el texto y `calla` no.
    """

    estados: tuple[str, ...]
    codigos: tuple[str, ...] = ()
    avisos: tuple[str, ...] = ()
    dice: str = ""
    calla: str = ""


class Caso(NamedTuple):
    """Un archivo, qué intenta y qué debe pasar."""

    nombre: str
    datos: bytes
    ataque: str
    espera: Espera


LEIDA: Final = Espera(("leida",), dice=FRASE)
RECORDADO: Final = Espera(CUALQUIERA)
"""Da igual si se lee o no, mientras el final quede dicho y nada se cuelgue."""

LIMITE: Final = Espera(("parcial", *NO_LEE))
NO_PERMITIDO: Final = Espera(("rechazada",), ("contenido_no_permitido",))
GRANDE: Final = Espera(("rechazada",), ("archivo_demasiado_grande",))
DANADO: Final = Espera(("fallida",), ("archivo_danado", "sin_paginas"))
OTRO_FORMATO: Final = Espera(("rechazada",), ("formato_no_admitido",))
VACIO: Final = Espera(("rechazada",), ("archivo_vacio",))
CIFRADO: Final = Espera(("rechazada",), ("archivo_cifrado",))


def con_aviso(*avisos: str, dice: str = FRASE) -> Espera:
    """Se lee, con todo su texto y con esos avisos."""
    return Espera(LEE, avisos=avisos, dice=dice)
