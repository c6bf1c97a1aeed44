"""Lo que un lector tomado por un archivo hostil no puede hacer, capa por capa."""

import errno
import json
import platform
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from ingesta.contencion import seccomp
from ingesta.contencion.contenedor import Contenedor
from ingesta.contencion.sistema import EN_LINUX

RAIZ = Path(__file__).parents[2]
CONOCIDA = EN_LINUX and platform.machine() in seccomp.ARQUITECTURAS
AQUI = pytest.mark.skipif(not CONOCIDA, reason="las capas solo se ponen en Linux x86-64 y ARM64")

INTENTOS = {
    "enchufe": "socket.socket()",
    "enchufe local": "socket.socketpair()",
    "conexión": "socket.create_connection(('127.0.0.1', puerto), 1)",
    "leer un archivo del sistema": "open('/etc/passwd').read()",
    "leer el acta de otro": "open(ajeno).read()",
    "leer el entorno del padre": "open(f'/proc/{os.getppid()}/environ').read()",
    "listar una carpeta": "os.listdir('/etc')",
    "crear un archivo": "open(nuevo, 'w').write('x')",
    "escribir en uno que existe": "open(ajeno, 'a').write('x')",
    "cortar uno que existe": "os.truncate(ajeno, 0)",
    "borrar": "os.unlink(ajeno)",
    "cambiar de nombre": "os.rename(ajeno, nuevo)",
    "crear una carpeta": "os.mkdir(nuevo)",
    "enlazar": "os.symlink(ajeno, nuevo)",
    "cambiar permisos": "os.chmod(ajeno, 0o777)",
    "dividirse": "os.fork() or os._exit(0)",
    "ejecutar": "os.execv('/bin/true', ['true'])",
    "mandar una señal": "os.kill(os.getppid(), 0)",
    "ser root": "os.setresuid(0, 0, 0)",
    "espacio de nombres nuevo": "sistema.separarse(sistema.CLONE_NEWUSER)",
    "trazar al padre": "sistema.llamar(rastrear, 16, os.getppid(), None, None)",
    "archivo en memoria": "os.memfd_create('x')",
    "dejar de morir con el zigoto": "sistema.prctl(1, 0)",
    "pedir más memoria": "bytearray(1100 << 20)",
    "subir un límite": "resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096))",
    "abrir muchos archivos": "[os.dup(0) for _ in range(100)]",
}
"""Cada acción de Python que un encerrado no debe poder hacer."""

PERMITIDO = {
    "calcular": "sum(range(1000))",
    "leer la biblioteca": "open(os.__file__).read(10)",
    "abrir de nuevo su copia": "open(copia).read()",
}

PROGRAMA = """
import json, os, resource, socket, sys, threading
from ingesta.contencion import sistema
from ingesta.contencion.encierro import encerrar, preparar
from ingesta.contencion.hijo import copia_sellada

acciones, encerrado, datos = json.loads(sys.argv[1])
globals().update(datos)
entorno = preparar() if encerrado else None
original = os.open(ajeno, os.O_RDONLY)
for nombre, accion in acciones.items():
    lectura, escritura = os.pipe()
    if os.fork() == 0:
        copia = copia_sellada(original, 4)
        if encerrado:
            encerrar(entorno)
        try:
            exec(accion)
            resultado = 'pudo'
        except BaseException as error:
            resultado = type(error).__name__
        os.write(escritura, resultado.encode())
        os._exit(0)
    os.close(escritura)
    os.wait()
    print(json.dumps([nombre, os.read(lectura, 99).decode()]))
"""


def probar(acciones: dict[str, str], carpeta: Path, *, encerrado: bool) -> dict[str, str]:
    ajeno = carpeta / "ajeno.txt"
    ajeno.write_text("acta")
    datos = {
        "ajeno": str(ajeno),
        "nuevo": str(carpeta / "nuevo"),
        "puerto": 9,
        "rastrear": 101 if platform.machine() == "x86_64" else 117,
    }
    salida = subprocess.run(
        [sys.executable, "-c", PROGRAMA, json.dumps([acciones, encerrado, datos])],
        cwd=RAIZ,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ajeno.read_text() == "acta" or not encerrado
    assert not (carpeta / "nuevo").exists() or not encerrado
    return dict(json.loads(linea) for linea in salida.stdout.splitlines())


@AQUI
def test_el_encerrado_no_puede_hacer_nada_de_esto(tmp_path: Path):
    resultados = probar(INTENTOS, tmp_path, encerrado=True)
    assert resultados.keys() == INTENTOS.keys()
    assert {accion for accion, fin in resultados.items() if fin in {"pudo", ""}} == set()


@AQUI
def test_sin_el_encierro_si_se_puede(tmp_path: Path):
    """Si no, la prueba anterior no probaría nada; estas acciones no cambian nada fuera."""
    inocuas = [
        "enchufe",
        "leer un archivo del sistema",
        "leer el acta de otro",
        "listar una carpeta",
        "crear un archivo",
        "dividirse",
        "mandar una señal",
        "archivo en memoria",
        "dejar de morir con el zigoto",
        "pedir más memoria",
        "abrir muchos archivos",
    ]
    resultados = probar({n: INTENTOS[n] for n in inocuas}, tmp_path, encerrado=False)
    assert {accion for accion, fin in resultados.items() if fin != "pudo"} == set()


@AQUI
def test_el_encerrado_puede_trabajar(tmp_path: Path):
    resultados = probar(PERMITIDO, tmp_path, encerrado=True)
    assert set(resultados.values()) <= {"pudo", "PermissionError"}
    assert resultados["calcular"] == resultados["abrir de nuevo su copia"] == "pudo"


@AQUI
def test_cada_capa_dice_si_esta_y_por_que():
    with Contenedor() as contenedor:
        capas = contenedor.capas()
    assert list(capas) == [
        "tiempo",
        "limites",
        "red",
        "usuario",
        "privilegios",
        "disco",
        "llamadas",
    ]
    assert all(capa.motivo for capa in capas.values())
    assert all(capas[c].activa for c in ("tiempo", "limites", "privilegios", "llamadas"))


def decidir(filtro: bytes, arquitectura: int, numero: int, *argumentos: int) -> int:
    """Corre el filtro BPF como el núcleo y devuelve su decisión."""
    datos = struct.pack("=IIQ6Q", numero, arquitectura, 0, *(argumentos + (0,) * 6)[:6])
    pasos = list(struct.iter_unpack("=HBBI", filtro))
    acumulado = i = 0
    while True:
        codigo, si, no, k = pasos[i]
        i += 1
        if codigo == seccomp.DEVOLVER:
            return k
        if codigo == seccomp.CARGAR:
            (acumulado,) = struct.unpack_from("=I", datos, k)
            continue
        cumple = {
            seccomp.SI_IGUAL: acumulado == k,
            seccomp.SI_MAYOR_O_IGUAL: acumulado >= k,
            seccomp.SI_TIENE_BITS: bool(acumulado & k),
        }[codigo]
        i += si if cumple else no


PROPIO = 4321
LLAMADAS = {
    "x86_64": {"read": 0, "socket": 41, "execve": 59, "clone": 56, "clone3": 435, "openat": 257,
               "tgkill": 234, "prlimit64": 302, "fork": 57},
    "aarch64": {"read": 63, "socket": 198, "execve": 221, "clone": 220, "clone3": 435, "openat": 56,
                "tgkill": 131, "prlimit64": 261, "fork": 1_000},
}  # fmt: skip


@pytest.mark.parametrize("maquina", LLAMADAS)
def test_el_filtro_decide_lo_mismo_en_cada_procesador(maquina: str):
    arquitectura = seccomp.ARQUITECTURAS[maquina]
    filtro = seccomp.programa(maquina, PROPIO)
    n = LLAMADAS[maquina]
    casos = [
        (seccomp.PERMITIR, n["read"], ()),
        (seccomp.NEGAR, n["socket"], ()),
        (seccomp.NEGAR, n["execve"], ()),
        (seccomp.NEGAR, n["clone"], (17,)),
        (seccomp.PERMITIR, n["clone"], (seccomp.CLONE_THREAD | 17,)),
        (seccomp.NO_EXISTE, n["clone3"], ()),
        (seccomp.PERMITIR, n["openat"], (0, 0, 0)),
        (seccomp.NEGAR, n["openat"], (0, 0, 1)),
        (seccomp.NEGAR, n["openat"], (0, 0, 0o100)),
        (seccomp.PERMITIR, n["tgkill"], (PROPIO, 1, 6)),
        (seccomp.NEGAR, n["tgkill"], (PROPIO - 1, 1, 6)),
        (seccomp.PERMITIR, n["prlimit64"], (0,)),
        (seccomp.NEGAR, n["prlimit64"], (1,)),
        (seccomp.NEGAR if maquina == "x86_64" else seccomp.PERMITIR, n["fork"], ()),
    ]
    for decision, numero, argumentos in casos:
        assert decidir(filtro, arquitectura, numero, *argumentos) == decision, numero


def test_el_filtro_mata_a_quien_llama_como_otro_procesador():
    filtro = seccomp.programa("x86_64", PROPIO)
    assert decidir(filtro, seccomp.ARQUITECTURAS["aarch64"], 63) == seccomp.MATAR
    assert decidir(filtro, 0x4000_0003, 3) == seccomp.MATAR
    x32 = seccomp.DE_32_BITS
    assert decidir(filtro, seccomp.ARQUITECTURAS["x86_64"], x32 + 1) == seccomp.NEGAR


def test_un_procesador_desconocido_queda_sin_filtro_y_lo_dice():
    with pytest.raises(OSError, match="riscv64") as error:
        seccomp.programa("riscv64", PROPIO)
    assert error.value.errno == errno.ENOSYS
