"""La historia encadenada: qué guarda, qué se nota si alguien la toca y qué se puede borrar."""

import io
import sqlite3
import subprocess
import sys
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError

from registro import tablas_vida
from registro.acta import NuevaDecision
from registro.base import abrir
from registro.cadena import PRIMERA, enlazar
from registro.cotejo import borrar_dato_personal, cotejar
from registro.decisiones import decidir
from registro.estados import Estado
from registro.filtros import Filtros
from registro.historia import BORRADO, historia_de, ver_cabeza
from registro.listas import listar_registros
from registro.sustentos import agregar_evidencia
from registro.verificar import leer, verificar
from registro.vida import CambioDeEstado, actualizar, cambiar_estado, variar


@pytest.fixture
def con_vida(base, originales, registrar, ssgd, ahora):
    """Un compromiso con evidencia, avance y dos cambios de estado; devuelve su número."""
    numero = registrar().id
    agregar_evidencia(base, originales, ssgd, numero, io.BytesIO(b"informe"), "informe.pdf", ahora)
    actualizar(base, ssgd, numero, "Lo confirmó Rosa Huamán por teléfono.", 1, ahora)
    cambiar_estado(base, ssgd, numero, CambioDeEstado(Estado.EN_PROCESO, 2, "Empezó."), ahora)
    cambiar_estado(base, ssgd, numero, CambioDeEstado(Estado.SUSPENDIDO, 3, "Lluvias."), ahora)
    return numero


def _informe(url, *cabezas):
    return verificar(*leer(url), cabezas)


def test_cada_paso_deja_su_hecho(base, con_vida, ahora):
    hechos = historia_de(base, {"compromiso": [con_vida]})
    assert [h.que for h in hechos] == [
        "registrado",
        "avance_anotado",
        "estado_cambiado",
        "estado_cambiado",
    ]
    ultimo = hechos[-1]
    assert (ultimo.antes, ultimo.despues) == ({"estado": "en_proceso"}, {"estado": "suspendido"})
    assert (ultimo.razon, ultimo.quien, ultimo.oficina) == ("Lluvias.", "Diego Rojas", "ssgd")
    assert ultimo.cuando == ahora
    assert hechos[1].despues == {"avance": "Lo confirmó Rosa Huamán por teléfono."}


def test_la_huella_es_la_que_dice_el_documento():
    """Calculada a mano: etiqueta, previa, número, largo y cuerpo, separados por NUL."""
    cuerpo = '{"que":"ñ"}'
    a_mano = b"actas/historia/1\x00" + b"0" * 64 + b"\x001\x0012\x00" + cuerpo.encode()
    assert enlazar(PRIMERA, 1, cuerpo) == sha256(a_mano).hexdigest()


def test_recien_hecha_verifica_y_coteja(url, base, originales, con_vida):
    informe = _informe(url)
    assert (informe.defectos, informe.hechos) == ([], ver_cabeza(base).numero)
    assert informe.huella == ver_cabeza(base).huella
    cotejo = cotejar(base, originales)
    assert (cotejo.defectos, cotejo.filas, cotejo.archivos) == ((), 2, 2)


@pytest.mark.parametrize("orden", ["UPDATE personal SET valor = 'x'", "DELETE FROM historia"])
def test_ni_la_historia_ni_sus_datos_se_cambian(base, con_vida, orden):
    with pytest.raises(DBAPIError, match=r"no admite cambios|solo admite"), base.escribir() as c:
        c.execute(text(orden))


def test_un_hecho_suelto_o_repetido_no_entra(base, con_vida):
    valores = dict.fromkeys(("entidad", "cuerpo", "previa", "huella"), "x") | {"entidad_id": 1}
    repetido = insert(tablas_vida.historia).values(id=1, **valores)
    with pytest.raises(DBAPIError), base.escribir() as conexion:
        conexion.execute(repetido)


def _sin_disparadores(url):
    """Abre la base como quien tiene todo el poder: sin disparadores."""
    base = abrir(url)
    with base.escribir() as conexion:
        if conexion.dialect.name == "postgresql":
            for tabla in ("historia", "personal"):
                conexion.execute(text(f"ALTER TABLE {tabla} DISABLE TRIGGER USER"))
        else:
            nombres = conexion.execute(
                text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            ).scalars()
            for nombre in nombres.all():
                conexion.execute(text(f"DROP TRIGGER {nombre}"))
    return base


ATAQUES = {
    "alterar": (
        ["UPDATE historia SET cuerpo = replace(cuerpo, 'suspendido', 'cumplido')"],
        "no da su huella",
    ),
    "borrar": (["DELETE FROM historia WHERE id = 3"], "hecho 3: falta"),
    "intercambiar": (
        [
            "UPDATE historia SET id = -1 WHERE id = 3",
            "UPDATE historia SET id = 3 WHERE id = 4",
            "UPDATE historia SET id = 4 WHERE id = -1",
        ],
        "no sigue al anterior",
    ),
    "cambiar de fila": (["UPDATE historia SET entidad_id = 99 WHERE id = 4"], "de otra fila"),
    "cambiar un dato": (["UPDATE personal SET valor = 'Otra persona'"], "fue cambiado"),
    "agregar un dato": (
        ["INSERT INTO personal (id, clave, sal, valor) VALUES (9999, 'z', '00', 'x')"],
        "no es de ningún hecho",
    ),
    "romper el cuerpo": (["UPDATE historia SET cuerpo = 'x' WHERE id = 2"], "no se entiende"),
}


@pytest.mark.parametrize("ataque", ATAQUES)
def test_lo_que_se_altera_en_la_historia_se_encuentra(url, base, con_vida, ataque):
    ordenes, esperado = ATAQUES[ataque]
    poderosa = _sin_disparadores(url)
    with poderosa.escribir() as conexion:
        for orden in ordenes:
            conexion.execute(text(orden))
    poderosa.cerrar()
    assert any(esperado in defecto for defecto in _informe(url).defectos)


def test_cortar_el_final_solo_se_nota_con_la_cabeza_publicada(url, base, con_vida):
    cabeza = ver_cabeza(base)
    poderosa = _sin_disparadores(url)
    with poderosa.escribir() as conexion:
        conexion.execute(text("DELETE FROM historia WHERE id = :n"), {"n": cabeza.numero})
        conexion.execute(
            text("DELETE FROM personal WHERE valor IN ('Lluvias.')"),
        )
    poderosa.cerrar()
    assert not [d for d in _informe(url).defectos if d.startswith("hecho")]
    publicada = (cabeza.numero, cabeza.huella[:16])
    assert f"hecho {cabeza.numero}: se publicó y ya no está" in _informe(url, publicada).defectos


def test_reescribir_todo_con_coherencia_solo_se_nota_con_la_cabeza(url, base, con_vida):
    cabeza = ver_cabeza(base)
    poderosa = _sin_disparadores(url)
    with poderosa.escribir() as conexion:
        previa = PRIMERA
        for fila in conexion.execute(text("SELECT id, cuerpo FROM historia ORDER BY id")).all():
            cuerpo = fila.cuerpo.replace("suspendido", "cumplido")
            huella = enlazar(previa, fila.id, cuerpo)
            conexion.execute(
                text("UPDATE historia SET cuerpo = :c, previa = :p, huella = :h WHERE id = :i"),
                {"c": cuerpo, "p": previa, "h": huella, "i": fila.id},
            )
            previa = huella
    poderosa.cerrar()
    assert _informe(url).defectos == []
    publicada = (cabeza.numero, cabeza.huella)
    assert _informe(url, publicada).defectos == [f"hecho {cabeza.numero}: no es el que se publicó"]


CAMBIOS = {
    "cambiar": ("UPDATE compromiso SET estado = 'cumplido'", "cambió sin dejar historia"),
    "borrar": ("DELETE FROM evidencia", "se borró sin dejar historia"),
    "agregar": (
        "INSERT INTO hito (id, compromiso_id, nombre, fecha_prevista, observacion, version) "
        "VALUES (1, 1, 'x', '2026-01-01', '', 1)",
        "está sin historia",
    ),
}


@pytest.mark.parametrize("cambio", CAMBIOS)
def test_lo_que_se_cambia_en_las_tablas_sin_el_programa_se_encuentra(base, con_vida, cambio):
    orden, esperado = CAMBIOS[cambio]
    with base.escribir() as conexion:
        conexion.execute(text(orden))
    [defecto] = cotejar(base).defectos
    assert esperado in defecto


def test_un_original_que_cambia_o_falta_se_encuentra(base, originales, con_vida):
    cualquiera, otro = sorted(originales.carpeta.rglob("*.bin"))
    cualquiera.write_bytes(b"otra cosa")
    otro.unlink()
    assert len(cotejar(base, originales).defectos) == 2


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_todo_bit_volteado_en_la_historia_se_encuentra(url, base, con_vida):
    hechos, personales = leer(url)
    for posicion, hecho in enumerate(hechos):
        cuerpo = hecho[3]
        for lugar in range(0, len(cuerpo), 37):
            volteado = cuerpo[:lugar] + chr(ord(cuerpo[lugar]) ^ 1) + cuerpo[lugar + 1 :]
            otros = [*hechos]
            otros[posicion] = (*hecho[:3], volteado, *hecho[4:])
            assert verificar(otros, personales).defectos, (posicion, lugar)


def test_borrar_un_dato_personal_no_rompe_la_cadena(url, base, con_vida, ssgc, ahora):
    assert borrar_dato_personal(base, ssgc, "Rosa Huamán", "Lo pidió la titular.", ahora) == 1
    informe = _informe(url)
    assert (informe.defectos, informe.borrados) == ([], 1)
    avance = historia_de(base, {"compromiso": [con_vida]})[1]
    assert avance.despues == {"avance": BORRADO}
    if url.startswith("sqlite"):
        base.cerrar()
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as archivo:
            archivo.execute("UPDATE compromiso SET avance = ''")
            archivo.commit()
            archivo.execute("VACUUM")
        carpeta = Path(url.removeprefix("sqlite:///")).parent
        assert not any(b"Rosa Hua" in f.read_bytes() for f in carpeta.iterdir())


def test_lo_borrado_no_queda_en_ninguna_tabla_ni_indice_ni_en_el_archivo(
    url, base, registrar, ssgc, ssgd, ahora
):
    """Se corrige lo registrado por el programa y después se borra de la historia (Ley 29733)."""
    numero = registrar().id
    variar(base, ssgc, numero, {"denominacion": "Lo hará Rosa Huamanyauri."}, "Se vio.", 1, ahora)
    actualizar(base, ssgd, numero, "Avisó Rosa Huamanyauri.", 2, ahora)
    variar(base, ssgc, numero, {"denominacion": "Lo hará una vecina."}, "Se pidió.", 3, ahora)
    actualizar(base, ssgd, numero, "Avisó una vecina.", 4, ahora)
    assert borrar_dato_personal(base, ssgc, "Huamanyauri", "Ley 29733.", ahora) == 4
    informe = _informe(url)
    assert (informe.defectos, informe.borrados) == ([], 4)
    assert cotejar(base).defectos == ()
    with base.leer() as conexion:
        for tabla in tablas_vida.metadata.sorted_tables:
            filas = conexion.execute(select(tabla)).all()
            assert "huamanyauri" not in str(filas).lower(), tabla.name
    assert listar_registros(base, Filtros(texto="Huamanyauri")).filas == ()
    if url.startswith("sqlite"):
        base.cerrar()
        carpeta = Path(url.removeprefix("sqlite:///")).parent
        assert not any(b"huamanyauri" in f.read_bytes().lower() for f in carpeta.iterdir())


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_el_programa_suelto_verifica_y_dice_la_cabeza(url, base, con_vida):
    ruta, cabeza = url.removeprefix("sqlite:///"), ver_cabeza(base)
    orden = [sys.executable, "-m", "registro.verificar", ruta, "--cabeza", str(cabeza)]
    hecho = subprocess.run(orden, capture_output=True, text=True, check=False)
    assert (hecho.returncode, hecho.stderr) == (0, "")
    assert str(cabeza) in hecho.stdout


def test_lo_registrado_antes_de_la_historia_entra_al_migrar(url, base, registrar):
    """Vuelve a la migración anterior, que no tiene historia, y sube otra vez."""
    from alembic import command

    from registro.base import configuracion_de_migraciones

    registrar()
    with base.escribir() as conexion:
        command.downgrade(configuracion_de_migraciones(conexion), "0001")
    with base.escribir() as conexion:
        command.upgrade(configuracion_de_migraciones(conexion), "head")
    assert cotejar(base).defectos == ()
    informe = _informe(url)
    assert (informe.defectos, informe.hechos) == ([], 1)


def test_una_decision_repetida_con_su_clave_se_atiende_una_vez(base, acta_con, hacer_item, ahora):
    acta_con(hacer_item())
    nueva = NuevaDecision("aceptar", "Ana", version=0, clave="k-7")
    primera = decidir(base, 1, nueva, ahora)
    segunda = decidir(base, 1, nueva, ahora)
    assert (segunda.repetida, segunda.decision) == (True, primera.decision)
    assert segunda.registro == primera.registro
