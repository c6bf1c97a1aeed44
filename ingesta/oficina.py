"""Convierte con LibreOffice los formatos que no se leen: es el único módulo que lo llama.

LibreOffice abre archivos ajenos y, si puede, baja lo que enlazan: corre encerrado
(`contencion/programa.py`), sin red, como otra cuenta, y con una carpeta que se borra al terminar.
Lo que sale se trata como cualquier archivo recibido: pasa la compuerta y lo lee un hijo encerrado.
"""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from ingesta.contencion import limites
from ingesta.contencion.arranque import HEREDADO, RAIZ
from ingesta.contencion.programa import LUGAR
from ingesta.documento import Aviso, Documento
from ingesta.errores import ArchivoDanado, ArchivoDemasiadoGrande, PorConvertir, TiempoAgotado

PROGRAMA: Final = (
    f"import sys; sys.path.insert(0, {RAIZ!r}); "
    "from ingesta.contencion.programa import encerrar_y_ejecutar as correr; correr(*sys.argv[1:])"
)
NOMBRES: Final = ("soffice", "libreoffice")
EJECUTABLE: Final = "soffice.bin"
"""El programa mismo; `soffice` es un guion que primero corre otros."""

SIN_MACROS_NI_VINCULOS: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""

MODULOS: Final = {"odt": "libswlo.so", "xlsx": "libsclo.so"}
"""La biblioteca de Writer o de Calc, que se instalan por separado."""

FILTROS: Final = {"odt": "odt:writer8", "xlsx": "xlsx:Calc MS Excel 2007 XML"}

CONVERTIDO: Final = (
    "convertido",
    "El archivo se convirtió con LibreOffice antes de leerlo.",
    "Compare con el original: la conversión puede cambiar números de lista o saltos.",
)

PERFIL_LISTO: Final = 81
"""Código con que LibreOffice pide que lo vuelvan a llamar, tras preparar su carpeta."""

INTENTOS: Final = 3

_uno_a_la_vez = threading.Lock()

Leer = Callable[[Path, str], Documento]


def programa(destino: str = "odt") -> Path | None:
    """Devuelve el ejecutable de LibreOffice, o None si no está o le falta lo de ese formato."""
    for nombre in NOMBRES:
        if hallado := shutil.which(nombre):
            carpeta = Path(hallado).resolve().parent
            if (carpeta / EJECUTABLE).is_file() and (carpeta / MODULOS[destino]).exists():
                return carpeta / EJECUTABLE
    return None


@cache
def se_puede_aislar() -> bool:
    """Dice si el sistema deja encerrar un programa, ejecutando uno que no hace nada."""
    with tempfile.TemporaryDirectory() as carpeta:
        nada = shutil.which("true")
        return nada is not None and correr(Path(carpeta), nada) == 0


def leer_convirtiendo(ruta: Path, nombre: str, leer: Leer) -> Documento:
    """Lee el archivo con `leer`; si pide convertirse y se puede, lo convierte y lee la copia.

    El origen del documento sigue siendo el archivo recibido. Lanza lo mismo que `leer`, y además
    ArchivoDanado si LibreOffice no pudo con él y TiempoAgotado si tardó demasiado.
    """
    try:
        return leer(ruta, nombre)
    except PorConvertir as error:
        if programa(error.destino) is None:
            raise
        if not se_puede_aislar():
            raise type(error)(
                f"{error} LibreOffice está instalado, pero este sistema no deja encerrarlo y por "
                "eso no se usa."
            ) from error
        return _convertir_y_leer(ruta, nombre, leer, error)


def _convertir_y_leer(ruta: Path, nombre: str, leer: Leer, motivo: PorConvertir) -> Documento:
    datos = ruta.read_bytes()
    with _convertido(datos, motivo, nombre) as copia:
        documento = leer(copia, nombre)
    origen = documento.origen and replace(
        documento.origen,
        sha256=sha256(datos).hexdigest(),
        bytes=len(datos),
        formato=motivo.formato,
        lector=f"{documento.origen.lector} y libreoffice",
    )
    return replace(documento, origen=origen, avisos=(Aviso(*CONVERTIDO), *documento.avisos))


@contextmanager
def _convertido(datos: bytes, motivo: PorConvertir, nombre: str) -> Iterator[Path]:
    """Da la ruta de una copia convertida, que se borra al salir."""
    ejecutable = programa(motivo.destino)
    with tempfile.TemporaryDirectory() as propia, tempfile.TemporaryDirectory() as carpeta:
        trabajo = Path(carpeta)
        entrada = trabajo / f"acta.{motivo.formato}"
        entrada.write_bytes(datos)
        perfil = trabajo / "perfil" / "user"
        perfil.mkdir(parents=True)
        (perfil / "registrymodifications.xcu").write_text(SIN_MACROS_NI_VINCULOS)
        (trabajo / "salida").mkdir()
        opciones = ["--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"]
        opciones += [f"-env:UserInstallation=file://{LUGAR}/perfil", "--convert-to"]
        opciones += [FILTROS[motivo.destino], "--outdir", f"{LUGAR}/salida"]
        opciones += [f"{LUGAR}/{entrada.name}"]
        with _uno_a_la_vez:
            codigo: int | None = PERFIL_LISTO
            for _ in range(INTENTOS):
                if codigo == PERFIL_LISTO:
                    codigo = correr(trabajo, str(ejecutable), *opciones)
        if codigo is None:
            raise TiempoAgotado(f"La conversión de «{nombre}» tardó demasiado y se detuvo.")
        salida = trabajo / "salida" / f"acta.{motivo.destino}"
        copia = Path(propia) / salida.name
        _copiar(salida, copia, nombre)
        yield copia


def _copiar(salida: Path, copia: Path, nombre: str) -> None:
    """Copia lo convertido; quien lo escribió no es de fiar: debe ser un archivo corriente."""
    try:
        fd = os.open(salida, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise ArchivoDanado(
            f"LibreOffice no pudo convertir «{nombre}»: está dañado o tiene contraseña."
        ) from error
    with os.fdopen(fd, "rb") as origen:
        ficha, tope = os.fstat(origen.fileno()), limites.valor("programa_escritura")
        if not stat.S_ISREG(ficha.st_mode) or ficha.st_size > tope:
            raise ArchivoDemasiadoGrande(f"«{nombre}», ya convertido, es demasiado grande.")
        copia.write_bytes(origen.read(tope))


def correr(carpeta: Path, *orden: str) -> int | None:
    """Ejecuta la orden encerrada y devuelve su código; None si se la mató por demorarse."""
    entorno = {clave: os.environ[clave] for clave in HEREDADO if clave in os.environ}
    entorno |= {"HOME": LUGAR, "TMPDIR": LUGAR, "SAL_USE_VCLPLUGIN": "svp"}
    proceso = subprocess.Popen(  # noqa: S603
        [sys.executable, "-I", "-c", PROGRAMA, str(carpeta), *orden],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=entorno,
        start_new_session=True,
    )
    try:
        return proceso.wait(limites.valor("programa_segundos"))
    except subprocess.TimeoutExpired:
        return None
    finally:
        with suppress(ProcessLookupError):
            os.killpg(proceso.pid, signal.SIGKILL)
        proceso.wait()
