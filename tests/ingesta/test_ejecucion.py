"""Lo que tesseract, tomado por una imagen hostil o cambiado por otro, no puede hacer."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

from api.consola.doctor import COMPONENTES
from ingesta import ocr
from ingesta.contencion import ejecucion, limites
from ingesta.contencion.ejecucion import Capa, SinAislar

RAIZ = Path(__file__).parents[2]
PARA_TODOS = 0o005


def _python() -> str | None:
    """Un Python que la cuenta de menos derechos pueda ejecutar: no el de la carpeta de root."""
    for ruta in map(Path, (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3")):
        carpetas = ruta.resolve().parents if ruta.exists() else ()
        if carpetas and (os.geteuid() or all(c.stat().st_mode & PARA_TODOS for c in carpetas)):
            return str(ruta.resolve())
    return None


PYTHON = _python() or ""
con_python = pytest.mark.skipif(not PYTHON, reason="falta un Python fuera de la carpeta de root")
con_capas = pytest.mark.skipif(
    not PYTHON or not all(ejecucion.capas()[c].activa for c in ("disco", "llamadas")),
    reason="este sistema no ofrece Landlock y seccomp, o falta un Python fuera de la carpeta root",
)

INTENTOS = {
    "enchufe": "socket.socket()",
    "conexión": "socket.create_connection(('127.0.0.1', puerto), 1)",
    "enchufe local": "socket.socketpair()",
    "leer el acta de otro": "open(ajeno).read()",
    "leer las cuentas": "open('/etc/passwd').read()",
    "leer el entorno del padre": "open(f'/proc/{os.getppid()}/environ').read()",
    "listar una carpeta": "os.listdir('/etc')",
    "escribir en lo compartido": "open('/tmp/actas-impostor', 'w')",
    "escribir en lo que existe": "open(ajeno, 'a').write('x')",
    "borrar": "os.unlink(ajeno)",
    "dividirse": "os.fork() or os._exit(0)",
    "ejecutar otro programa": "os.execv('/bin/true', ['true'])",
    "mandar una señal": "os.kill(os.getppid(), 0)",
    "ser root": "os.setresuid(0, 0, 0)",
    "espacio de nombres nuevo": "os.unshare(0x10000000) if hasattr(os, 'unshare') else 1 / 0",
    "pedir más memoria": "bytearray(1100 << 20)",
    "abrir muchos archivos": "[os.dup(0) for _ in range(100)]",
    "llenar la salida": "sys.stdout.write('x' * (9 << 20)); sys.stdout.flush()",
}
"""Cada acción de Python que el programa encerrado no debe poder hacer."""

IMPOSTOR = """
import json, os, signal, socket, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
ajeno, puerto, accion = json.loads(sys.argv[1])
try:
    exec(accion)
except BaseException as error:
    os.write(1, type(error).__name__.encode())
else:
    os.write(1, b"pudo")
"""


def correr(*orden: str) -> tuple[str, int]:
    """Ejecuta Python bajo el mismo encierro que tesseract: además de lo suyo, lee su biblioteca."""
    suyas = [str(Path(PYTHON).parents[1] / "lib")]
    with tempfile.TemporaryFile() as salida:
        with ejecucion.abierto([PYTHON, *orden], suyas, {}, salida) as programa:
            programa.communicate(b"", 30)
        salida.seek(0)
        return salida.read().decode()[-60:], programa.returncode


def intentar(accion: str, ajeno: Path) -> str:
    return correr("-I", "-c", IMPOSTOR, json.dumps([str(ajeno), 9, accion]))[0]


@con_capas
@pytest.mark.parametrize("nombre", INTENTOS)
def test_el_programa_encerrado_no_puede(nombre: str, tmp_path: Path) -> None:
    ajeno = tmp_path / "ajeno.txt"
    ajeno.write_text("acta")
    tmp_path.chmod(0o755)
    fin = intentar(INTENTOS[nombre], ajeno)
    assert fin
    assert not fin.endswith("pudo")
    assert ajeno.read_text() == "acta"


@con_capas
def test_el_programa_encerrado_puede_trabajar(tmp_path: Path) -> None:
    """Si no, la prueba anterior no probaría nada."""
    assert intentar("sum(range(1000)); open(os.__file__).read(10)", tmp_path) == "pudo"


@con_capas
def test_ninguna_conexion_sale(tmp_path: Path) -> None:
    visitas: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as puerta:
        puerta.settimeout(5)

        def contar() -> None:
            try:
                visitas.append(puerta.accept())
            except OSError:
                return

        hilo = threading.Thread(target=contar, daemon=True)
        hilo.start()
        puerto = puerta.getsockname()[1]
        accion = f"socket.create_connection(('127.0.0.1', {puerto}), 1)"
        assert intentar(accion, tmp_path) == "PermissionError"
        puerta.shutdown(socket.SHUT_RDWR)
        hilo.join(5)
    assert visitas == []


@con_capas
def test_un_tesseract_impostor_no_se_ejecuta(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Es un guion, que necesita un intérprete, y el encierro no deja ejecutar otro programa."""
    tmp_path.chmod(0o755)
    huella = tmp_path / "huella"
    impostor = tmp_path / "tesseract"
    impostor.write_text(f"#!/bin/sh\necho spa\necho spa\n: > {huella}\n")
    impostor.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert subprocess.run([impostor], capture_output=True, check=True).stdout == b"spa\nspa\n"
    huella.unlink()
    assert not ocr.disponible()
    assert ocr.version() is None
    assert not huella.exists()


def test_muere_con_quien_lo_pidio(tmp_path: Path) -> None:
    guion = f"""
import sys; sys.path.insert(0, {str(RAIZ)!r})
import subprocess
from ingesta.contencion import ejecucion
with ejecucion.abierto([{shutil.which("sleep")!r}, "60"], [], {{}}, subprocess.DEVNULL) as p:
    print(p.pid, flush=True)
    p.wait()
"""
    with subprocess.Popen(
        [sys.executable, "-c", guion], stdout=subprocess.PIPE, text=True
    ) as padre:
        assert padre.stdout is not None
        pid = int(padre.stdout.readline())
        _esperar(lambda: b"sleep" in Path(f"/proc/{pid}/cmdline").read_bytes()[:20])
        padre.kill()
    _esperar(lambda: not _vivo(pid))


@con_capas
def test_si_falla_una_capa_que_habia_no_se_ejecuta(monkeypatch: pytest.MonkeyPatch) -> None:
    ejecucion.capas()
    monkeypatch.setattr(ejecucion.landlock, "preparar", _sin_landlock)
    with pytest.raises(SinAislar):
        correr("-c", "print('pudo')")


@con_python
def test_sin_una_capa_que_el_sistema_no_tiene_se_ejecuta_y_se_dice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ejecucion.landlock, "preparar", _sin_landlock)
    ejecucion.capas.cache_clear()
    try:
        assert ejecucion.capas()["disco"] == Capa(False, "el núcleo no ofrece Landlock")
        assert correr("-c", "print('pudo')") == ("pudo\n", 0)
        if ocr.version():
            (tesseract,) = [c for c in COMPONENTES if c.nombre == "Tesseract"]
            assert "Sin disco: el núcleo no ofrece Landlock" in tesseract.mirar().detalle
    finally:
        ejecucion.capas.cache_clear()


@con_python
def test_los_limites_salen_de_la_tabla(monkeypatch: pytest.MonkeyPatch) -> None:
    limite = limites.Limite(33, "prueba")
    monkeypatch.setitem(limites.LIMITES, "reconocer_archivos", limite)
    contar = "import resource; print(resource.getrlimit(resource.RLIMIT_NOFILE))"
    assert correr("-I", "-c", contar) == ("(33, 33)\n", 0)


def _sin_landlock(*_: object) -> int:
    raise OSError


def _vivo(pid: int) -> bool:
    estado = Path(f"/proc/{pid}/stat")
    return estado.exists() and estado.read_text().rpartition(")")[2].split()[0] != "Z"


def _esperar(condicion: object) -> None:
    assert callable(condicion)
    for _ in range(200):
        if condicion():
            return
        time.sleep(0.05)
    pytest.fail("no ocurrió")
