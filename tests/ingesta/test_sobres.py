"""Los ZIP y los correos que traen actas."""

import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest

from ingesta.contencion.contenedor import Contenedor
from ingesta.errores import (
    ArchivoCifrado,
    ArchivoDemasiadoGrande,
    ContenidoNoPermitido,
    FormatoNoAdmitido,
    VariosDocumentos,
)
from ingesta.lectores import abrir_sobre, leer
from ingesta.sobre import MAYOR_CANTIDAD, Miembro, SobreIlegible, a_bytes, de_bytes

Zip = Callable[..., Path]


@pytest.fixture
def crear_zip(tmp_path: Path) -> Zip:
    def _crear(partes: dict[str, bytes], nombre: str = "actas.zip") -> Path:
        ruta = tmp_path / nombre
        with zipfile.ZipFile(ruta, "w", zipfile.ZIP_DEFLATED) as z:
            for parte, datos in partes.items():
                z.writestr(parte, datos)
        return ruta

    return _crear


def test_cada_archivo_de_un_zip_es_un_acta(crear_zip: Zip, ejemplos: Path):
    acta = (ejemplos / "acta-07-santa-rosa-del-alto.docx").read_bytes()
    ruta = crear_zip({
        "2026/": b"",
        "2026/mayo/acta ñandú.docx": acta,
        "nota.TXT": "Se acordó.".encode(),
        "__MACOSX/2026/._acta.docx": b"x",
        "2026/Thumbs.db": b"x",
        "2026/~$acta.docx": b"x",
    })
    with Contenedor(hijos=1) as contenedor:
        miembros = contenedor.abrir_sobre(ruta)
    assert miembros == (
        Miembro("acta ñandú.docx", acta),
        Miembro("nota.TXT", "Se acordó.".encode()),
    )
    with pytest.raises(VariosDocumentos) as error:
        leer(ruta)
    assert "cada acta" in error.value.consejo


def test_el_nombre_que_escribio_un_windows_en_espanol_se_entiende(tmp_path: Path):
    ruta = tmp_path / "actas.zip"
    with zipfile.ZipFile(ruta, "w") as z:
        z.writestr("REUNIxN.txt", "Acta")
    ruta.write_bytes(ruta.read_bytes().replace(b"REUNIxN", "REUNIÓN".encode("cp850")))
    assert [m.nombre for m in abrir_sobre(ruta)] == ["REUNIÓN.txt"]


def test_un_zip_con_barras_invertidas_se_lee_entero(tmp_path: Path):
    ruta = tmp_path / "actas.zip"
    with zipfile.ZipFile(ruta, "w") as z:
        z.writestr("mayoxacta.txt", "Acta")
    ruta.write_bytes(ruta.read_bytes().replace(b"mayoxacta", b"mayo\\acta"))
    assert abrir_sobre(ruta) == (Miembro("acta.txt", b"Acta"),)


@pytest.mark.parametrize("nombre", ["../fuera.txt", "/etc/x.txt", "c:/x.txt"])
def test_un_zip_con_rutas_peligrosas_no_se_abre(nombre: str, crear_zip: Zip):
    with pytest.raises(ContenidoNoPermitido, match="rutas"):
        abrir_sobre(crear_zip({nombre: b"Acta", "b.txt": b"b"}))


def test_los_limites_de_un_sobre(crear_zip: Zip, ejemplos: Path):
    muchas = {f"{i}.txt": b"Acta" for i in range(MAYOR_CANTIDAD + 1)}
    with pytest.raises(ArchivoDemasiadoGrande, match="demasiadas actas"):
        abrir_sobre(crear_zip(muchas))
    with pytest.raises(ArchivoDemasiadoGrande):
        abrir_sobre(crear_zip({f"{i}.bin": bytes(35 << 20) for i in range(3)}))
    with pytest.raises(FormatoNoAdmitido, match="ninguna acta"):
        abrir_sobre(crear_zip({"carpeta/": b"", ".DS_Store": b"x"}))
    with pytest.raises(FormatoNoAdmitido, match="es un documento"):
        abrir_sobre(ejemplos / "acta-07-santa-rosa-del-alto.docx")
    cifrado = crear_zip({"a.txt": b"Acta"})
    datos = bytearray(cifrado.read_bytes())
    datos[datos.rfind(b"PK\x01\x02") + 8] |= 1
    cifrado.write_bytes(datos)
    with pytest.raises(ArchivoCifrado):
        abrir_sobre(cifrado)


def correo(texto: str = "Va el acta.") -> EmailMessage:
    mensaje = EmailMessage()
    mensaje["From"], mensaje["To"] = "mesa@ejemplo.test", "sgsd@ejemplo.test"
    mensaje["Subject"], mensaje["Date"] = "Acta de la reunión", "Tue, 12 May 2026 10:00:00 -0500"
    mensaje.set_content(texto)
    return mensaje


def adjuntar(mensaje: EmailMessage, datos: bytes, nombre: str) -> None:
    mensaje.add_attachment(datos, maintype="application", subtype="octet-stream", filename=nombre)


def test_cada_adjunto_de_un_correo_es_un_acta(tmp_path: Path, ejemplos: Path):
    acta = (ejemplos / "acta-09-quiruvilca-mesa.pdf").read_bytes()
    reenviado = correo("Reenvío.")
    adjuntar(reenviado, b"Acta dos", "../../dos.txt")
    mensaje = correo()
    mensaje.add_alternative("<p>Va el acta <img src='cid:logo'></p>", subtype="html")
    html = mensaje.get_payload()[1]  # type: ignore[index]
    html.add_related(b"\x89PNG", "image", "png", cid="<logo>", filename="logo.png")  # type: ignore[union-attr]
    foto = b"\xff\xd8\xff" + bytes(40_000)
    html.add_related(foto, "image", "jpeg", cid="<foto>", filename="foto.jpg")  # type: ignore[union-attr]
    adjuntar(mensaje, acta, "Acta de reunión.pdf")
    mensaje.add_attachment(reenviado)
    ruta = tmp_path / "correo.eml"
    ruta.write_bytes(mensaje.as_bytes())
    with Contenedor(hijos=1) as contenedor:
        miembros = contenedor.abrir_sobre(ruta)
    assert [(m.nombre, len(m.datos)) for m in miembros] == [
        ("foto.jpg", len(foto)),
        ("Acta de reunión.pdf", len(acta)),
        ("dos.txt", 8),
    ]
    assert miembros[1].datos == acta


def test_el_texto_de_un_correo_sin_adjuntos_es_el_acta(tmp_path: Path):
    ruta = tmp_path / "correo.eml"
    ruta.write_bytes(correo("La empresa entregará el informe en junio.").as_bytes())
    [miembro] = abrir_sobre(ruta)
    assert miembro.nombre == "Acta de la reunión.txt"
    assert miembro.datos.decode() == "La empresa entregará el informe en junio."
    vacio = correo(" ")
    ruta.write_bytes(vacio.as_bytes())
    with pytest.raises(FormatoNoAdmitido, match="adjuntos"):
        abrir_sobre(ruta)


@pytest.mark.parametrize(
    ("viejo", "nuevo"),
    [
        (b"utf-8", b"codificacion-inventada"),
        (b"Content-Transfer-Encoding: 8bit", b"Content-Transfer-Encoding: nada"),
        (b"text/plain", b"multipart/mixed; boundary=x"),
        (b"Subject: ", b"Subject: =?utf-8?b?////?= "),
    ],
)
def test_un_correo_mal_escrito_se_abre_o_se_rechaza(viejo: bytes, nuevo: bytes, tmp_path: Path):
    ruta = tmp_path / "correo.eml"
    datos = correo("La comunidad acordó algo con ñ.").as_bytes().replace(viejo, nuevo)
    ruta.write_bytes(datos)
    try:
        [miembro] = abrir_sobre(ruta)
    except FormatoNoAdmitido:
        return
    assert b"comunidad" in miembro.datos


@pytest.mark.parametrize(
    "datos",
    [b"", b"\0\0\0\2[]x", b"\0\0\0\2{}", b"\0\0\0\x09[[1,\"a\"]]", b'\0\0\0\x0a[["a",-1]]',
     b'\0\0\0\x09[["a",9]]corto', b"\xff\xff\xff\xff[]"],
)  # fmt: skip
def test_un_sobre_mal_escrito_por_el_hijo_se_rechaza(datos: bytes):
    with pytest.raises(SobreIlegible):
        de_bytes(datos)


def test_los_nombres_que_da_el_hijo_no_llevan_carpetas():
    miembros = (
        Miembro("../../etc/passwd", b"1"),
        Miembro("..", b""),
        Miembro("a\x00b\\c.txt", b"2"),
    )
    assert [m.nombre for m in de_bytes(a_bytes(miembros))] == ["passwd", "acta", "c.txt"]


def test_un_zip_dentro_de_otro_queda_para_quien_lo_lea(crear_zip: Zip, tmp_path: Path):
    dentro = crear_zip({"a.txt": b"Acta"}, "dentro.zip").read_bytes()
    [miembro] = abrir_sobre(crear_zip({"dentro.zip": dentro}))
    (tmp_path / "x.zip").write_bytes(miembro.datos)
    with pytest.raises(VariosDocumentos):
        leer(tmp_path / "x.zip")
    assert zipfile.ZipFile(BytesIO(miembro.datos)).namelist() == ["a.txt"]
