"""Las erratas se enmiendan para leer; los tramos siguen en el texto como llegó."""

from __future__ import annotations

import pytest

from ingesta.documento import Documento, Tramo
from nlp.cambio import cambiar_documento, devolver, enmendar
from nlp.legible import legible
from nlp.tuberia import Tuberia, crear_tuberia
from nlp.vocabulario import vocabulario


@pytest.mark.parametrize(
    ("llega", "se_lee"),
    [
        ("La Municipaldad entregará carpas.", "La Municipalidad entregará carpas."),
        ("La emp resa pagará.", "La empresa pagará."),
        ("elMINSA reparará la posta", "el MINSA reparará la posta"),
        ("El MINSAhará la posta", "El MINSA hará la posta"),
        ("El Gobierno Regionalde Puno", "El Gobierno Regional de Puno"),
        ("El alcalde se comprometié a ello", "El alcalde se comprometió a ello"),
        ("La empresa financiara la intervencion", "La empresa financiará la intervención"),
        ("ejecutar mantenlmiento", "ejecutar mantenimiento"),
        (
            "PLANTEAMIENTOSDE LAS BASES\nhabló el SENASA",
            "PLANTEAMIENTOS DE LAS BASES\nhabló el SENASA",
        ),
        ("ochosientos soles", "ochocientos soles"),
        ("El Gobiern o Regional pagará", "El Gobierno Regional pagará"),
        ("La Secretaría de Gestió n Social", "La Secretaría de Gestión Social"),
        ("El prefecto conversar á con el juez", "El prefecto conversará con el juez"),
        ("El MINSA otorgaráa la red", "El MINSA otorgará a la red"),
        ("La GERESA destacaráun médico", "La GERESA destacará un médico"),
        ("Los docentes se comprometierona ir", "Los docentes se comprometieron a ir"),
        ("Las partesacuerdan la visita", "Las partes acuerdan la visita"),
        ("El Mnisterio y el Gobiero Regional", "El Ministerio y el Gobierno Regional"),
        ("ENCRGAR a la Gerencia", "ENCARGAR a la Gerencia"),
        ("La empresa señalo el plazo", "La empresa señaló el plazo"),
        ("queel alcalde dela zona", "que el alcalde de la zona"),
        ("delGobierno o elGR", "del Gobierno o el GR"),
        ("El Goberno, qe irá", "El Gobierno, que irá"),
        ("La DRE cmprometió", "La DRE comprometió"),
        ("se compr ometié a pagar", "se comprometió a pagar"),
        ("lo s docentes po r turnos", "los docentes por turnos"),
        ("Lafundación y losronderos", "La fundación y los ronderos"),
        ("El sindicatoqueda con ello", "El sindicato queda con ello"),
        ("La Oficina Ordinaia", "La Oficina Ordinaria"),
        ("ARTÍCULOPRIMERO", "ARTÍCULO PRIMERO"),
        ("será por prte del juez", "será por parte del juez"),
        ("EL GOBIERNO REGINAL APROBARA LA EJECUCION", None),
    ],
)
def test_enmienda_lo_que_no_es_palabra(llega: str, se_lee: str | None) -> None:
    texto, posicion = legible(llega)
    if se_lee:
        assert texto == se_lee
    else:
        assert texto.endswith("APROBARÁ LA EJECUCIÓN")
    assert len(posicion) == len(llega) + 1
    assert posicion[-1] == len(texto)
    assert list(posicion) == sorted(posicion)


@pytest.mark.parametrize(
    "texto",
    [
        "El camal de Huachispampa y la PTAR de Quinuamayo",
        "Los señores Quispe Ccahuana y Ñaupari, de Ccollpamayo",
        "OxI, TdR, PIPs, UGELs y DRTyC",
        "Quedamos en que haremos lo que nos pidieron y estoy conforme",
        "correo jperez@ejemplo.pe y archivo acta_final.pdf",
        "EXTREMADURA Y CCAPANA",
        "elaborarlo, verlas y pagándoles",
        "Considérelo y llámelo, que den fe quienes me dieron el libro",
        "creo que el género aplazó a los interesantes",
        "el MINSAL, la Hidroandina y los ashéninka",
        "la redactora preñada rehace y los que pidieron sostendrán",
        "Quispe rehará la opinión técnica de la última reunión",
    ],
)
def test_respeta_palabras_raras_nombres_y_siglas(texto: str) -> None:
    assert legible(texto)[0] == texto


def test_los_tramos_vuelven_al_texto_que_llego() -> None:
    llega = "Queda acargo de la Municipaldad Distrital la obra"
    texto, posicion = legible(llega)
    leida = "Municipalidad Distrital"
    inicio = texto.index(leida)
    de_vuelta = devolver(Tramo(inicio, inicio + len(leida)), posicion)
    assert llega[de_vuelta.inicio : de_vuelta.fin] == "Municipaldad Distrital"
    assert devolver((de_vuelta, {"a": de_vuelta}, "x"), range(len(llega) + 1)) == (
        de_vuelta,
        {"a": de_vuelta},
        "x",
    )


def test_una_enmienda_conserva_el_lugar_de_lo_que_no_cambia() -> None:
    assert enmendar("abXcd-e", [(0, 5, "abcd"), (6, 7, "")]) == (
        "abcd-",
        (0, 1, 2, 2, 3, 4, 5, 5),
    )


def test_el_documento_enmendado_mueve_sus_bloques() -> None:
    documento = Documento.desde_texto("La emp resa pagará.\nFin.")
    nuevo = cambiar_documento(documento, legible(documento.texto), legible)
    assert [nuevo.fragmento(b.tramo) for b in nuevo.bloques] == ["La empresa pagará.", "Fin."]


@pytest.fixture(scope="module")
def tuberia() -> Tuberia:
    return crear_tuberia()


def test_el_responsable_se_resuelve_y_se_cita_como_esta_escrito(tuberia: Tuberia) -> None:
    documento, propuesta = tuberia.proponer("El Ministeri o de Salud construira la posta de Anta.")
    [responsable] = propuesta.campos.responsable
    assert documento.fragmento(responsable.tramo) == "Ministeri o de Salud"
    assert responsable.valor == "Ministerio de Salud"


def test_sin_vocabulario_no_se_enmienda_nada(monkeypatch: pytest.MonkeyPatch) -> None:
    vistas = vocabulario()
    assert vistas.veces("compromiso") > 1000
    assert vistas.conoce("llamaremos")
    assert not vistas.conoce("mnicipalidad")
