"""Los correos de Outlook (.msg) y las actas que traen."""

import random
import struct
from contextlib import suppress
from pathlib import Path

import pytest
from archivo_ole import Arbol, escribir

from ingesta.compuerta import examinar
from ingesta.contencion.contenedor import Contenedor
from ingesta.errores import ArchivoDanado, DocPorConvertir, FormatoNoAdmitido, VariosDocumentos
from ingesta.lectores import abrir_sobre

CABECERA = bytes(32)


def texto(valor: str) -> bytes:
    return valor.encode("utf-16-le")


def mensaje(cuerpo: str = "Va el acta.", **adjuntos: Arbol) -> Arbol:
    return {
        "__nameid_version1.0": {"__substg1.0_00020102": b""},
        "__properties_version1.0": CABECERA,
        "__substg1.0_0037001F": texto("Acta de la reunión"),
        "__substg1.0_1000001F": texto(cuerpo),
        **{f"__attach_version1.0_#{n:08X}": a for n, a in enumerate(adjuntos.values())},
    }


def adjunto(nombre: str, datos: bytes, **mas: str) -> Arbol:
    return {
        "__properties_version1.0": bytes(8),
        "__substg1.0_37010102": datos,
        "__substg1.0_3707001F": texto(nombre),
        **{f"__substg1.0_{p[1:]}001F": texto(v) for p, v in mas.items()},
    }


def guardar(carpeta: Path, arbol: Arbol) -> Path:
    ruta = carpeta / "correo.msg"
    ruta.write_bytes(escribir(arbol))
    return ruta


def test_cada_adjunto_es_un_acta_tambien_los_del_correo_reenviado(tmp_path: Path, ejemplos: Path):
    acta = (ejemplos / "acta-09-quiruvilca-mesa.pdf").read_bytes()
    reenviado: Arbol = {"__substg1.0_3701000D": mensaje(a=adjunto("../../dos.txt", b"Acta dos"))}
    ruta = guardar(
        tmp_path,
        mensaje(
            a=adjunto("logo.png", b"\x89PNG" * 9, p3712="logo@1", p370E="image/png"),
            b=adjunto("foto.jpg", b"\xff\xd8\xff" * 12_000, p3712="foto@1", p370E="image/jpeg"),
            c=adjunto("Acta de reunión.pdf", acta),
            d=reenviado,
            e={"__properties_version1.0": bytes(8), "__substg1.0_3704001F": texto("ENLACE.DOC")},
        ),
    )
    with pytest.raises(VariosDocumentos, match="Outlook"):
        examinar(ruta, "correo.msg")
    with Contenedor(hijos=1) as contenedor:
        miembros = contenedor.abrir_sobre(ruta)
    assert [(m.nombre, len(m.datos)) for m in miembros] == [
        ("foto.jpg", 36_000),
        ("Acta de reunión.pdf", len(acta)),
        ("dos.txt", 8),
        ("ENLACE.DOC", 0),
    ]
    assert miembros[1].datos == acta


def test_sin_adjuntos_el_texto_es_el_acta(tmp_path: Path):
    ruta = guardar(tmp_path, mensaje("La empresa entregará el informe en junio.\r\n"))
    [miembro] = abrir_sobre(ruta)
    assert miembro.nombre == "Acta de la reunión.txt"
    assert miembro.datos.decode() == "La empresa entregará el informe en junio."
    with pytest.raises(FormatoNoAdmitido, match="ni texto"):
        abrir_sobre(guardar(tmp_path, mensaje(" ")))


@pytest.mark.parametrize(("pagina", "codificacion"), [(1252, "cp1252"), (65001, "utf-8")])
def test_el_texto_de_ocho_bits_se_lee_en_su_pagina_de_codigos(
    pagina: int, codificacion: str, tmp_path: Path
):
    correo = mensaje()
    del correo["__substg1.0_1000001F"]
    correo["__substg1.0_1000001E"] = "Se cumplirá en el año 2027.".encode(codificacion)
    correo["__properties_version1.0"] = CABECERA + struct.pack("<HHIQ", 3, 0x3FFD, 6, pagina)
    [miembro] = abrir_sobre(guardar(tmp_path, correo))
    assert miembro.datos.decode() == "Se cumplirá en el año 2027."


def test_un_doc_adjunto_no_hace_pasar_el_correo_por_un_doc(tmp_path: Path):
    doc = escribir({"WordDocument": b"\xec\xa5" + bytes(40)})
    ruta = guardar(tmp_path, mensaje(a=adjunto("acta.doc", doc)))
    [miembro] = abrir_sobre(ruta)
    assert miembro.datos == doc
    suelto = tmp_path / "acta.doc"
    suelto.write_bytes(doc)
    with pytest.raises(DocPorConvertir):
        examinar(suelto, "acta.doc")


def test_un_correo_cortado_se_abre_o_se_rechaza(tmp_path: Path):
    entero = escribir(mensaje(a=adjunto("acta.txt", b"Acta " * 400)))
    ruta = tmp_path / "cortado.msg"
    rechazados = 0
    for largo in range(8, len(entero), 127):
        ruta.write_bytes(entero[:largo])
        try:
            abrir_sobre(ruta)
        except (ArchivoDanado, FormatoNoAdmitido):
            rechazados += 1
    assert rechazados > 0


def test_un_correo_con_bytes_cambiados_se_abre_o_se_rechaza(tmp_path: Path):
    entero = escribir(mensaje(a=adjunto("acta.txt", b"Acta " * 400)))
    azar = random.Random(7)  # noqa: S311
    ruta = tmp_path / "cambiado.msg"
    for _ in range(300):
        datos = bytearray(entero)
        for _ in range(azar.randint(1, 6)):
            datos[azar.randrange(len(datos))] = azar.randrange(256)
        ruta.write_bytes(datos)
        with suppress(ArchivoDanado, FormatoNoAdmitido):
            abrir_sobre(ruta)
