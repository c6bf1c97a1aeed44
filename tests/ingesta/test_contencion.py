"""Ningún lector corre en este proceso, y lo que le pase al suyo no llega hasta aquí."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ingesta import imagen, lectores
from ingesta.contencion import arranque
from ingesta.contencion.arranque import ContencionNoDisponible
from ingesta.contencion.contenedor import Contenedor, hijos_que_caben
from ingesta.contencion.limites import LIMITES, plazo, valor
from ingesta.contencion.mensajes import CABEZA, MensajeInvalido, Respuesta
from ingesta.errores import (
    ErrorDeIngesta,
    FormatoNoAdmitido,
    LectorInterrumpido,
    MemoriaAgotada,
    TiempoAgotado,
)

RAIZ = Path(__file__).parents[2]
EJEMPLOS = sorted((RAIZ / "ejemplos").glob("acta-*.*"))
UN_DOCX = next(r for r in EJEMPLOS if r.suffix == ".docx")
UN_PDF = next(r for r in EJEMPLOS if r.suffix == ".pdf")
LENTO = b"BT /F1 9 Tf 1 0 0 1 72 700 Tm\n" + b"(a) Tj\n" * 100_000 + b"ET"
"""Contenido de una página que PDFium tarda más de un segundo en leer."""


def impaciente(paginas: int) -> float:
    """Da un instante a los documentos de varias páginas, como `lento`."""
    return 0.2 if paginas > 1 else 30


@pytest.fixture(scope="module")
def contenedor() -> Iterator[Contenedor]:
    with Contenedor(hijos=2) as contenedor:
        yield contenedor


@pytest.fixture
def lento(tmp_path: Path) -> Path:
    ruta = tmp_path / "lento.pdf"
    ruta.write_bytes(
        b"%%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 2 >>\nendobj\n"
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> "
        b">>\nendobj\n4 0 obj\n<< /Length %d >>\nstream\n%b\nendstream\nendobj\n"
        b"trailer\n<< /Root 1 0 R /Size 5 >>\nstartxref\n0\n%%%%EOF\n" % (len(LENTO), LENTO)
    )
    return ruta


def hijos_de(pid: int) -> list[int]:
    return [int(h) for h in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def termino(pid: int) -> bool:
    """Dice si el proceso ya no corre, lo haya enterrado su padre o no."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def esperar(listo: Callable[[], object], segundos: float = 10) -> None:
    limite = time.monotonic() + segundos
    while not listo():
        assert time.monotonic() < limite, "no llegó a ocurrir"
        time.sleep(0.005)


def mientras_lee(
    contenedor: Contenedor, ruta: Path, hacer: Callable[[int], object]
) -> BaseException | None:
    """Empieza a leer en otro hilo, hace algo con el número del hijo y devuelve con qué terminó."""
    with ThreadPoolExecutor(1) as hilo:
        lectura = hilo.submit(contenedor.leer, ruta)
        zigoto = contenedor.pid
        assert zigoto
        esperar(lambda: hijos_de(zigoto))
        hacer(hijos_de(zigoto)[0])
        return lectura.exception(60)


@pytest.mark.parametrize("ruta", EJEMPLOS, ids=lambda ruta: ruta.stem)
def test_se_lee_lo_mismo_dentro_que_fuera(ruta: Path, contenedor: Contenedor):
    assert contenedor.leer(ruta, "el acta.x") == lectores.leer(ruta, "el acta.x")


def test_se_dibuja_y_se_mide_lo_mismo_dentro_que_fuera(contenedor: Contenedor):
    assert contenedor.pagina_png(UN_PDF, 1, 0.5) == imagen.pagina_png(UN_PDF, 1, 0.5)
    assert contenedor.medidas(UN_PDF) == imagen.medidas(UN_PDF)
    with pytest.raises(IndexError, match="no tiene página 99"):
        contenedor.pagina_png(UN_PDF, 99)


@pytest.mark.parametrize(
    "datos",
    [b"", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7\n", b"PK\x05\x06" + b"\0" * 18, b"PK\x03\x04roto"],
)
def test_los_errores_son_los_mismos_dentro_que_fuera(
    datos: bytes, tmp_path: Path, contenedor: Contenedor
):
    ruta = tmp_path / "acta.pdf"
    ruta.write_bytes(datos)
    with pytest.raises(ErrorDeIngesta) as fuera:
        lectores.leer(ruta)
    with pytest.raises(ErrorDeIngesta) as dentro:
        contenedor.leer(ruta)
    assert (type(dentro.value), str(dentro.value)) == (type(fuera.value), str(fuera.value))


def test_se_lee_un_archivo_que_solo_su_dueno_puede_abrir(tmp_path: Path, contenedor: Contenedor):
    carpeta = tmp_path / "privada"
    carpeta.mkdir(mode=0o700)
    ruta = carpeta / "acta.docx"
    ruta.write_bytes(UN_DOCX.read_bytes())
    ruta.chmod(0o600)
    assert contenedor.leer(ruta).texto == lectores.leer(UN_DOCX).texto


def test_lo_que_no_es_un_archivo_corriente_no_se_abre(tmp_path: Path, contenedor: Contenedor):
    os.mkfifo(tmp_path / "tuberia.pdf")
    with pytest.raises(FormatoNoAdmitido):
        contenedor.leer(tmp_path / "tuberia.pdf")
    with pytest.raises(IsADirectoryError):
        contenedor.leer(tmp_path)
    with pytest.raises(FileNotFoundError):
        contenedor.leer(tmp_path / "no está.pdf")


def test_el_que_pasa_de_su_plazo_se_detiene(lento: Path):
    with Contenedor(plazo=impaciente) as contenedor:
        inicio = time.monotonic()
        with pytest.raises(TiempoAgotado, match=r"lento\.pdf") as error:
            contenedor.leer(lento)
        assert time.monotonic() - inicio < 5
        assert (error.value.codigo, error.value.estado) == ("tiempo_agotado", "fallida")
        assert "divídalo" in error.value.consejo
        assert contenedor.pid
        esperar(lambda: not hijos_de(contenedor.pid or 0))


def test_el_plazo_crece_con_las_paginas_hasta_un_tope():
    assert [plazo(0), plazo(1), plazo(10), plazo(500)] == [14, 14, 32, 300]
    assert all(limite.razon for limite in LIMITES.values())


@pytest.mark.parametrize(
    ("senal", "clase", "codigo"),
    [
        (signal.SIGSEGV, LectorInterrumpido, "lector_interrumpido"),
        (signal.SIGABRT, LectorInterrumpido, "lector_interrumpido"),
        (signal.SIGKILL, MemoriaAgotada, "memoria_agotada"),
        (signal.SIGXCPU, TiempoAgotado, "tiempo_agotado"),
    ],
)
def test_la_caida_del_lector_es_un_error_de_ese_archivo(
    senal: signal.Signals,
    clase: type[ErrorDeIngesta],
    codigo: str,
    lento: Path,
    contenedor: Contenedor,
):
    error = mientras_lee(contenedor, lento, lambda pid: os.kill(pid, senal))
    assert type(error) is clase
    assert isinstance(error, ErrorDeIngesta)
    assert error.codigo == codigo
    assert "lento.pdf" in str(error)
    assert contenedor.leer(UN_DOCX).texto


def test_si_el_zigoto_muere_se_repone_y_la_lectura_en_curso_se_repite(lento: Path):
    with Contenedor() as contenedor:
        primero = contenedor.pid
        assert primero
        error = mientras_lee(contenedor, lento, lambda _: os.kill(primero, signal.SIGKILL))
        assert error is None
        segundo = contenedor.pid
        assert segundo
        assert segundo != primero
        os.kill(segundo, signal.SIGKILL)
        assert contenedor.leer(UN_DOCX).texto
        assert contenedor.pid not in {primero, segundo}


def test_con_el_zigoto_mueren_sus_hijos(lento: Path):
    nacidos: list[int] = []

    def matar(hijo: int) -> None:
        nacidos.append(hijo)
        os.kill(contenedor.pid or 0, signal.SIGKILL)
        esperar(lambda: termino(hijo), segundos=0.5)

    with Contenedor() as contenedor:
        assert mientras_lee(contenedor, lento, matar) is None
    assert nacidos


def test_al_detener_las_lecturas_en_curso_lo_dicen(lento: Path):
    with Contenedor() as contenedor:
        error = mientras_lee(contenedor, lento, lambda _: contenedor.detener())
        assert isinstance(error, ContencionNoDisponible)
        with pytest.raises(ContencionNoDisponible):
            contenedor.leer(UN_DOCX)
    assert contenedor.pid is None


def test_varios_hilos_leen_a_la_vez(contenedor: Contenedor):
    esperados = {ruta: lectores.leer(ruta).texto for ruta in EJEMPLOS}
    with ThreadPoolExecutor(6) as hilos:
        leidos = hilos.map(lambda ruta: (ruta, contenedor.leer(ruta).texto), EJEMPLOS * 2)
        assert all(texto == esperados[ruta] for ruta, texto in leidos)


def test_no_hay_mas_hijos_a_la_vez_que_los_pedidos(lento: Path):
    vistos: set[int] = set()
    with Contenedor(hijos=1) as contenedor, ThreadPoolExecutor(3) as hilos:
        lecturas = [hilos.submit(contenedor.leer, lento) for _ in range(3)]
        while not all(lectura.done() for lectura in lecturas):
            vistos.add(len(hijos_de(contenedor.pid or 0)))
            time.sleep(0.01)
    assert max(vistos) == 1
    assert hijos_que_caben() >= 1


def test_no_quedan_descriptores_hilos_ni_procesos(tmp_path: Path, lento: Path):
    vacio = tmp_path / "vacio.pdf"
    vacio.touch()

    def abiertos(pid: int | str = "self") -> int:
        return len(list(Path(f"/proc/{pid}/fd").iterdir()))

    antes, hilos = abiertos(), threading.active_count()
    with Contenedor(plazo=impaciente) as contenedor:
        zigoto = contenedor.pid
        assert zigoto
        en_marcha, del_zigoto = abiertos(), abiertos(zigoto)
        for ruta in [UN_DOCX, vacio, lento] * 5:
            try:
                contenedor.leer(ruta)
            except ErrorDeIngesta:
                continue
        assert abiertos() == en_marcha
        esperar(lambda: not hijos_de(zigoto) and abiertos(zigoto) == del_zigoto)
    assert (abiertos(), threading.active_count()) == (antes, hilos)
    assert termino(zigoto)


def test_si_muere_quien_lo_usa_el_zigoto_termina():
    programa = (
        "import os; from ingesta.contencion.contenedor import Contenedor; c = Contenedor();"
        "c.iniciar(); print(c.pid, flush=True); os.kill(os.getpid(), 9)"
    )
    salida = subprocess.run(
        [sys.executable, "-c", programa], capture_output=True, text=True, check=False, cwd=RAIZ
    )
    zigoto = int(salida.stdout)
    esperar(lambda: termino(zigoto))


def test_si_el_zigoto_no_arranca_se_dice_por_que(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    monkeypatch.setattr(arranque, "PROGRAMA", "import esto_no_existe")
    with pytest.raises(ContencionNoDisponible, match="no arranca"):
        Contenedor().iniciar()
    assert "esto_no_existe" in caplog.text


def test_las_claves_del_entorno_no_llegan_al_lector(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ACTAS_BASE", "postgresql://clave-secreta")
    with Contenedor() as contenedor:
        assert b"secreta" not in Path(f"/proc/{contenedor.pid}/environ").read_bytes()


def test_mientras_lee_el_hijo_esta_encerrado(lento: Path, contenedor: Contenedor):
    capas = contenedor.capas()
    visto: dict[str, str] = {}

    def mirar(hijo: int) -> None:
        def estado() -> dict[str, str]:
            lineas = Path(f"/proc/{hijo}/status").read_text().splitlines()
            return dict(linea.split(":\t", 1) for linea in lineas)

        esperar(lambda: estado()["Seccomp"] == "2" or not capas["llamadas"].activa)
        visto.update(estado(), red=Path(f"/proc/{contenedor.pid}/net/dev").read_text())

    assert mientras_lee(contenedor, lento, mirar) is None
    assert int(visto["CapEff"], 16) == 0
    assert visto["NoNewPrivs"] == "1"
    assert visto["Threads"] == "1"
    assert (os.geteuid() == 0 and visto["Uid"].startswith("0")) <= (not capas["usuario"].activa)
    interfaces = [linea.split(":")[0].strip() for linea in visto["red"].splitlines()[2:]]
    assert interfaces == ["lo"] or not capas["red"].activa


def test_quien_pide_no_carga_los_lectores():
    programa = (
        "import sys, ingesta.contencion.contenedor;"
        "sys.exit(bool({'lxml', 'pypdfium2', 'pdfplumber', 'PIL'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", programa], cwd=RAIZ, check=False).returncode == 0


def test_el_consumo_se_anota(lento: Path):
    consumos: list[tuple[str, float, float, int]] = []
    with Contenedor(anotar=consumos.append) as contenedor:
        contenedor.leer(lento)
    ((tarea, segundos, cpu, memoria),) = consumos
    assert tarea == "leer"
    assert 0 < cpu <= segundos + 0.1
    assert 10 << 20 < memoria < valor("memoria")


@pytest.mark.parametrize(
    "datos",
    [
        CABEZA.pack(b"z", 0),
        CABEZA.pack(b"r", 101),
        CABEZA.pack(b"e", valor("error") + 1),
        CABEZA.pack(b"p", 2) + b"11",
        (CABEZA.pack(b"r", 1) + b"a") * 2,
    ],
    ids=["clase", "resultado largo", "error largo", "páginas", "dos respuestas"],
)
def test_una_respuesta_sin_la_forma_convenida_se_corta(datos: bytes):
    with pytest.raises(MensajeInvalido):
        Respuesta(100).agregar(datos)


def test_una_respuesta_llega_a_trozos():
    respuesta = Respuesta(100)
    for octeto in CABEZA.pack(b"p", 4) + b"\0\0\0\7" + CABEZA.pack(b"r", 3) + b"abc":
        respuesta.agregar(bytes([octeto]))
    assert (respuesta.paginas, respuesta.resultado, respuesta.error) == (7, b"abc", None)
