"""El documento cruza de proceso sin cambiar, y lo que no tiene la forma convenida no pasa."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingesta import errores, transporte
from ingesta.contencion.limites import valor
from ingesta.documento import Aviso, Bloque, Documento, Renglon, TipoBloque, Tramo
from ingesta.imagen import medidas
from ingesta.lectores import leer
from ingesta.transporte import ErrorDeTransporte

EJEMPLOS = sorted((Path(__file__).parents[2] / "ejemplos").glob("acta-*.*"))
CON_PAGINAS = next(r for r in EJEMPLOS if r.suffix == ".pdf")

Cambio = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize("ruta", EJEMPLOS, ids=lambda ruta: ruta.stem)
def test_el_documento_vuelve_igual(ruta: Path):
    documento = leer(ruta)
    assert transporte.a_documento(transporte.de_documento(documento)) == documento


def test_vuelve_igual_lo_que_los_ejemplos_no_tienen():
    tramo = Tramo(0, 4)
    documento = Documento(
        "ñ😀á\n",
        (Bloque(TipoBloque.ITEM, tramo, (Renglon(tramo, None, (), 0.25),), "1.", 2),),
        None,
        (),
        (Aviso("prueba", "mensaje", "consejo", 3, tramo, True),),
    )
    assert transporte.a_documento(transporte.de_documento(documento)) == documento


def test_las_medidas_vuelven_iguales():
    paginas = medidas(CON_PAGINAS)
    assert transporte.a_paginas(transporte.de_paginas(paginas)) == paginas


@pytest.mark.parametrize(
    "error",
    [
        errores.ArchivoVacio("está vacío"),
        errores.ArchivoCifrado("pide contraseña"),
        errores.SinPaginas("no tiene páginas"),
        errores.TiempoAgotado("tardó"),
        IndexError("no tiene página 9"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_el_error_vuelve_con_su_clase_y_su_mensaje(error: Exception):
    vuelto = transporte.a_error(transporte.de_error(error))
    assert type(vuelto) is type(error)
    assert str(vuelto) == str(error)


@pytest.mark.parametrize("clase", ["SystemExit", "OSError", "Path", "", None, 3])
def test_un_error_ajeno_no_se_crea(clase: object):
    with pytest.raises(ErrorDeTransporte):
        transporte.a_error(
            json.dumps({"version": transporte.VERSION, "clase": clase, "mensaje": "x"}).encode()
        )


def _poner(*camino: str | int, dato: object) -> Cambio:
    def cambiar(crudo: Any) -> None:
        for paso in camino[:-1]:
            crudo = crudo[paso]
        crudo[camino[-1]] = dato

    return cambiar


CAMBIOS: dict[str, Cambio] = {
    "otra versión": _poner("version", dato=99),
    "sin texto": lambda crudo: crudo.pop("texto"),
    "texto que no es texto": _poner("texto", dato=["a"]),
    "sustituto suelto": _poner("texto", dato="\ud800" * 100_000),
    "tramo fuera del texto": _poner("bloques", 0, 1, 1, dato=10**7),
    "tramo al revés": _poner("bloques", 0, 1, dato=[5, 2]),
    "tramo negativo": _poner("bloques", 0, 1, 0, dato=-1),
    "tramo con decimales": _poner("bloques", 0, 1, 0, dato=0.0),
    "sí o no en vez de entero": _poner("bloques", 0, 1, 0, dato=False),
    "tipo de bloque desconocido": _poner("bloques", 0, 0, dato="marciano"),
    "bloque incompleto": lambda crudo: crudo["bloques"][0].pop(),
    "bloques que no son una lista": _poner("bloques", dato=7),
    "caja en otra página": _poner("bloques", 0, 2, 0, 1, 0, dato=999),
    "medida infinita": _poner("bloques", 0, 2, 0, 1, 1, dato=float("inf")),
    "medida que no es número": _poner("bloques", 0, 2, 0, 1, 1, dato="3"),
    "página sin medidas": _poner("paginas", 0, dato=[1]),
    "origen a medias": _poner("origen", dato=["acta.pdf"]),
    "celda enorme": _poner("bloques", 0, 5, dato=[0, 0, 0, 10**9, 1, False, None]),
    "aviso sin consejo": _poner("avisos", dato=[["a", "b", None, None, None, False]]),
    "pierde no es sí o no": _poner("avisos", dato=[["a", "b", "c", None, None, 1]]),
}


@pytest.mark.parametrize("cambio", CAMBIOS.values(), ids=CAMBIOS)
def test_lo_que_no_tiene_la_forma_convenida_no_pasa(cambio: Cambio):
    crudo = json.loads(transporte.de_documento(leer(CON_PAGINAS)))
    assert transporte.a_documento(json.dumps(crudo).encode())
    cambio(crudo)
    with pytest.raises(ErrorDeTransporte):
        transporte.a_documento(json.dumps(crudo).encode())


@pytest.mark.parametrize(
    "datos",
    [b"", b"{", b"null", b"[]", b"\xff\xfe", b"[" * 100_000, b'{"version":' + b"9" * 5_000 + b"}"],
    ids=["nada", "cortado", "nulo", "lista", "no es UTF-8", "muy hondo", "entero enorme"],
)
def test_lo_que_no_es_json_no_pasa(datos: bytes):
    with pytest.raises(ErrorDeTransporte):
        transporte.a_documento(datos)


def test_lo_que_pasa_del_tope_no_se_mira():
    with pytest.raises(ErrorDeTransporte, match="demasiado largo"):
        transporte.a_documento(b" " * (valor("documento") + 1))
