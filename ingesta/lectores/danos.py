"""Los errores de las bibliotecas que quieren decir «archivo dañado»; su texto no se muestra."""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import Final

from lxml import etree

DE_LA_BIBLIOTECA: Final = (
    etree.LxmlError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RecursionError,
    UnicodeError,
)
