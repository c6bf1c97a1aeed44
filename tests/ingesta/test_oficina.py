"""LibreOffice, encerrado, convierte lo que no se lee directamente."""

import os
import shutil
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from ingesta import oficina
from ingesta.contencion.contenedor import Contenedor
from ingesta.documento import Documento, TipoBloque
from ingesta.errores import ArchivoDanado, DocPorConvertir, FormatoNoAdmitido
from ingesta.lectores import VERSION, leer

EJEMPLOS = Path(__file__).parents[2] / "ejemplos"
ACTA = EJEMPLOS / "acta-08-huayllati-matriz.docx"
ANTIGUO = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "WordDocument".encode("utf-16-le")

pytestmark = [
    pytest.mark.oficina,
    pytest.mark.skipif(oficina.programa() is None, reason="falta LibreOffice"),
]
con_encierro = pytest.mark.skipif(
    oficina.programa() is None or not oficina.se_puede_aislar(),
    reason="este sistema no deja encerrar a LibreOffice",
)


def guardar_como(origen: Path, formato: str, carpeta: Path) -> Path:
    subprocess.run(
        [
            *("soffice", "--headless", f"-env:UserInstallation=file://{carpeta}/perfil"),
            *("--convert-to", formato, "--outdir", carpeta, origen),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return carpeta / f"{origen.stem}.{formato}"


def forma(documento: Documento) -> list[tuple[object, ...]]:
    return [
        (b.tipo, b.numero, b.nivel, b.celda, documento.fragmento(b.tramo))
        for b in documento.bloques
        if b.tipo is not TipoBloque.PIE
    ]


@con_encierro
@pytest.mark.parametrize("formato", ["doc", "rtf"])
def test_un_acta_antigua_se_lee_como_la_de_word(formato: str, tmp_path: Path):
    antigua = guardar_como(ACTA, formato, tmp_path)
    with Contenedor(hijos=1) as contenedor:
        documento = contenedor.leer(antigua, "mi acta")
    assert forma(documento) == forma(leer(ACTA))
    assert documento.avisos[0].codigo == "convertido"
    origen = documento.origen
    assert origen is not None
    assert (origen.nombre, origen.formato, origen.bytes) == (
        "mi acta", formato, antigua.stat().st_size,
    )  # fmt: skip
    assert origen.lector == f"odt/{VERSION} y libreoffice"


@con_encierro
def test_lo_que_enlaza_un_acta_antigua_no_se_descarga(tmp_path: Path):
    visitas: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as puerta:

        def contar() -> None:
            while True:
                try:
                    visita, _ = puerta.accept()
                except OSError:
                    return
                with visita:
                    visitas.append(visita.recv(100))

        hilo = threading.Thread(target=contar, daemon=True)
        hilo.start()
        direccion = f"http://127.0.0.1:{puerta.getsockname()[1]}/a.png"
        rtf = tmp_path / "acta.rtf"
        rtf.write_text(
            r"{\rtf1\ansi La empresa entregar\'e1 el informe.\par "
            rf'{{\field{{\*\fldinst INCLUDEPICTURE "{direccion}" \\d}}{{\fldrslt x}}}}\par '
            rf"{{\*\template {direccion}}}}}"
        )
        documento = leer(rtf)
        puerta.shutdown(socket.SHUT_RDWR)
        hilo.join(5)
    assert "La empresa entregará el informe." in documento.texto
    assert visitas == []


@con_encierro
def test_lo_que_no_se_puede_convertir_esta_danado(tmp_path: Path):
    roto = tmp_path / "roto.doc"
    roto.write_bytes(ANTIGUO)
    with pytest.raises(ArchivoDanado, match="LibreOffice no pudo"):
        leer(roto)


def test_sin_libreoffice_se_dice_que_hacer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    antiguo = tmp_path / "acta.doc"
    antiguo.write_bytes(ANTIGUO)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DocPorConvertir) as error:
        leer(antiguo)
    assert "instala LibreOffice" in error.value.consejo
    assert isinstance(error.value, FormatoNoAdmitido)


@con_encierro
def test_el_programa_encerrado_no_tiene_red_ni_mas_disco_que_el_suyo(tmp_path: Path):
    """Un Python corre en el mismo encierro e intenta salir."""
    (tmp_path / "secreto.txt").write_text("secreto")
    trabajo = tmp_path / "trabajo"
    trabajo.mkdir()
    puerta = socket.create_server(("127.0.0.1", 0))
    puerto = puerta.getsockname()[1]
    (trabajo / "intento.sh").write_text(
        f"""
        echo propio > /tmp/escrito.txt
        cat {tmp_path}/secreto.txt > /tmp/leido.txt 2>/dev/null && echo LEYO >> /tmp/mal.txt
        echo x > /var/tmp/actas-intento 2>/dev/null && echo ESCRIBIO >> /tmp/mal.txt
        (exec 3<>/dev/tcp/127.0.0.1/{puerto}) 2>/dev/null && echo RED >> /tmp/mal.txt
        id -u > /tmp/quien.txt
        cat /proc/net/dev | grep -c eth > /tmp/redes.txt
        """
    )
    codigo = oficina.correr(trabajo, str(Path(shutil.which("bash") or "bash")), "/tmp/intento.sh")  # noqa: S108
    puerta.close()
    assert codigo is not None
    assert (trabajo / "escrito.txt").read_text() == "propio\n"
    assert not (trabajo / "mal.txt").exists()
    assert (trabajo / "redes.txt").read_text() == "0\n"
    if os.geteuid() == 0:
        assert (trabajo / "quien.txt").read_text() != "0\n"


@con_encierro
def test_si_tarda_demasiado_se_mata(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(
        oficina.limites.LIMITES, "programa_segundos", oficina.limites.Limite(2, "prueba")
    )
    assert oficina.correr(tmp_path, str(shutil.which("sleep")), "30") is None


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="hace falta ser root")
def test_sin_poder_encerrarlo_no_se_ejecuta(tmp_path: Path):
    """Sin el derecho de crear redes ni usuarios, el encierro falla y no corre nada."""
    guion = f"""
import sys; sys.path.insert(0, {str(Path(__file__).parents[2])!r})
from ingesta import oficina
from ingesta.contencion.sistema import prctl
prctl(24, 21)  # PR_CAPBSET_DROP, CAP_SYS_ADMIN: ningún hijo lo tendrá
print(oficina.se_puede_aislar())
"""
    hecho = subprocess.run(
        [sys.executable, "-c", guion], capture_output=True, text=True, timeout=60, check=True
    )
    assert hecho.stdout.strip() == "False"
