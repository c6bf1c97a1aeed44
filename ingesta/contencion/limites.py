"""Los límites de cada lectura, con su razón. Aquí se cambian y en ningún otro lado."""

from __future__ import annotations

from typing import Final, NamedTuple

MB: Final = 1024 * 1024


class Limite(NamedTuple):
    """Un límite y por qué ese número."""

    valor: int
    razon: str


LIMITES: Final = {
    "segundos": Limite(
        12,
        "Arrancar y leer un acta de Word tarda décimas; da margen a una máquina muy ocupada.",
    ),
    "segundos_por_pagina": Limite(
        2,
        "Una página digital tarda centésimas y una escaneada, hasta 1 s de reconocimiento.",
    ),
    "segundos_en_total": Limite(
        300,
        "Tope aunque el archivo diga tener 500 páginas; nadie espera más por un acta.",
    ),
    "memoria": Limite(
        1024 * MB,
        "Un acta usa unos 150 MB; con 1 GiB por hijo, el total de la máquina se puede calcular.",
    ),
    "archivos": Limite(
        64,
        "Un hijo abre el acta, alguna tipografía y los módulos que falten.",
    ),
    "escritura": Limite(0, "Ningún lector escribe en el disco."),
    "procesos": Limite(
        0,
        "Ningún lector crea procesos. Se pone solo donde falta seccomp, que los niega mejor: este "
        "límite niega también el hilo con que se descomprime una foto HEIC.",
    ),
    "volcado": Limite(0, "La memoria de un acta no debe quedar en un volcado."),
    "documento": Limite(
        32 * MB,
        "Una página ocupa unos 40 kB al escribirla; caben más de 500.",
    ),
    "imagen": Limite(
        64 * MB,
        "Una página de 40 millones de píxeles, comprimida como PNG.",
    ),
    "laminas": Limite(
        200,
        "Imágenes grandes de un documento de Word que se reconocen: las páginas que se admiten en "
        "una imagen TIFF.",
    ),
    "pixeles": Limite(
        60_000_000,
        "De una imagen: una foto de teléfono tiene de 12 a 50 millones y una A4 a 600 ppp, 35.",
    ),
    "incrustado": Limite(
        5 * MB,
        "Un texto o un HTML puesto entero dentro de un Word: lo mismo que se admite de un texto.",
    ),
    "incrustados": Limite(
        50, "Documentos puestos enteros dentro de un Word; quien junta actas pone unos pocos."
    ),
    "sobre": Limite(
        101 * MB, "Las actas de un ZIP, descomprimidas: lo que admite la compuerta y sus nombres."
    ),
    "error": Limite(16 * 1024, "Un mensaje para la persona ocupa menos de 1 kB."),
    "pedido": Limite(64 * 1024, "La ruta, el nombre y los argumentos de una lectura."),
    "programa_segundos": Limite(
        60,
        "De reloj y de procesador: LibreOffice convierte un acta en 3 a 8 s contando el arranque.",
    ),
    "programa_memoria": Limite(
        2048 * MB,
        "Memoria virtual: LibreOffice usa unos 220 MB y reserva varias veces más.",
    ),
    "programa_escritura": Limite(
        100 * MB, "Cada archivo que escriba: lo que se admite descomprimido de un acta."
    ),
    "programa_archivos": Limite(512, "LibreOffice abre a la vez tipografías, perfil y módulos."),
    "reconocer_segundos": Limite(
        45, "De reloj, y el doble de procesador: una página de 200 ppp tarda entre 1 y 3."
    ),
    "reconocer_memoria": Limite(1024 * MB, "Una hoja A3 usa unos 300 MB."),
    "reconocer_escritura": Limite(
        8 * MB, "La tabla de una hoja llena de texto ocupa menos de 100 kB."
    ),
    "reconocer_archivos": Limite(64, "Tesseract abre, una a una, sus bibliotecas y sus datos."),
    "arranque": Limite(60, "Cargar los lectores tarda de 1 a 5 s en una máquina ocupada."),
    "cierre": Limite(5, "Matar a un hijo o al zigoto es inmediato; después se insiste."),
    "memoria_sospechosa": Limite(
        384 * MB,
        "Memoria física desde la que una caída se explica por falta de memoria: los lectores "
        "caen al no conseguirla, sin decir por qué.",
    ),
}


def valor(nombre: str) -> int:
    """Devuelve el límite con ese nombre, en segundos, bytes o unidades."""
    return LIMITES[nombre].valor


def plazo(paginas: int) -> int:
    """Devuelve los segundos que se dan a un documento con esas páginas."""
    pedidos = valor("segundos") + valor("segundos_por_pagina") * max(paginas, 1)
    return min(pedidos, valor("segundos_en_total"))
