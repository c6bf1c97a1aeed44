"""Las páginas de la vida del compromiso y las órdenes que la cuidan, sin leer actas."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from nlp.propuesta import Clase
from registro.actores import Actor, Oficina
from registro.consultas import ver_registro
from registro.estados import Estado
from registro.importar import importar
from registro.listas import listar_compromisos
from registro.requerimientos import listar_requerimientos
from registro.sustentos import listar_evidencias, listar_hitos
from registro.variaciones import listar_solicitudes

ACTAS = Path(sys.executable).with_name("actas")
TITULOS = "FECHA DEL ACTA,TIPO DE COMPROMISO,DESCRIPCIÓN DEL COMPROMISO,RESPONSABLE,ESTADO ACTUAL"
SSGC = Actor("Carmen Quispe", Oficina.SSGC)
NUMEROS = count(1)


@pytest.fixture
def servicios(ana: Any) -> Any:
    ana.publicar("/quien", quien="Diego Rojas", volver="/")
    return ana.http.app.state.servicios


@pytest.fixture
def numero(servicios: Any) -> int:
    """Registra un compromiso de una matriz y devuelve su número."""
    fila = f"14/05/2026,Actividad,Entregará el equipo n.º {next(NUMEROS)},Minera Aurora,Por iniciar"
    matriz = f"{TITULOS}\n{fila}\n".encode()
    ahora = datetime.now(UTC)
    importar(servicios.base, servicios.originales, SSGC, matriz, "m.csv", ahora)
    return max(c.id for c in listar_compromisos(servicios.base))


def _ver(servicios: Any, numero: int) -> Any:
    return ver_registro(servicios.base, Clase.COMPROMISO, numero)


def test_cambiar_el_estado_deja_su_hecho_en_la_ficha(ana: Any, servicios: Any, numero: int) -> None:
    ruta = f"/registro/compromiso-{numero}"
    formulario = ana.http.get(f"{ruta}/estado").text
    assert "Abierto – Inviable → En proceso" in formulario
    respuesta = ana.publicar(
        f"{ruta}/estado",
        oficina="ssgd",
        version="1",
        hacia="suspendido",
        razon="Crecida del <b>río</b>.",
    )
    assert (respuesta.status_code, respuesta.headers["location"]) == (303, f"{ruta}?hecho=estado")
    ficha = ana.http.get(respuesta.headers["location"]).text
    assert "Hecho: cambiar el estado." in ficha
    assert "se reporta como «En proceso»" in ficha
    assert "por Diego Rojas (SSGD). Razón: Crecida del &lt;b&gt;río&lt;/b&gt;." in ficha
    assert '<option value="ssgd" selected>' in ana.http.get(f"{ruta}/avance").text


def test_lo_que_falta_se_dice_y_lo_escrito_no_se_pierde(
    ana: Any, servicios: Any, numero: int
) -> None:
    ruta = f"/registro/compromiso-{numero}/estado"
    datos = {"oficina": "ssgd", "version": "1", "hacia": "cumplido", "razon": "Se entregó todo."}
    respuesta = ana.publicar(ruta, **datos)
    assert respuesta.status_code == 422
    assert "Cerrado – Cumplido» pide un sustento" in respuesta.text
    assert "Se entregó todo." in respuesta.text
    assert '<option value="cumplido" selected>' in respuesta.text
    archivo = [("archivo", ("entrega.pdf", b"acta de entrega"))]
    assert ana.publicar(ruta, archivo, **datos).status_code == 303
    assert _ver(servicios, numero).estado is Estado.CUMPLIDO
    [evidencia] = listar_evidencias(servicios.base, numero)
    descarga = ana.http.get(f"/evidencias/{evidencia.id}")
    assert descarga.content == b"acta de entrega"
    assert descarga.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("cambio", "codigo", "mensaje"),
    [
        ({"oficina": "ssgc"}, 403, "SSGC no puede hacer la actualización mensual"),
        ({"oficina": ""}, 422, "no es un valor admitido"),
        ({"version": "7"}, 409, "Otra persona lo cambió"),
        ({"hacia": "no_iniciado"}, 409, "Ya está"),
        ({"hacia": "volando"}, 422, "volando"),
        ({"razon": ""}, 422, "Falta la razón"),
        ({"sucesor_id": "dos"}, 422, "no es un número"),
    ],
)
def test_un_cambio_que_no_procede_no_cambia_nada(
    ana: Any, servicios: Any, numero: int, cambio: dict[str, str], codigo: int, mensaje: str
) -> None:
    datos = {"oficina": "ssgd", "version": "1", "hacia": "en_proceso", "razon": "Empezó."} | cambio
    respuesta = ana.publicar(f"/registro/compromiso-{numero}/estado", **datos)
    assert respuesta.status_code == codigo
    assert mensaje in respuesta.text
    assert _ver(servicios, numero).version == 1


def test_pulsar_dos_veces_no_cambia_dos_veces(ana: Any, servicios: Any, numero: int) -> None:
    ruta = f"/registro/compromiso-{numero}/estado"
    clave = re.search(r'name="clave" value="([^"]+)"', ana.http.get(ruta).text)
    assert clave
    datos = {"oficina": "ssgd", "version": "1", "hacia": "en_proceso", "razon": "Empezó."}
    for _ in range(2):
        assert ana.publicar(ruta, **datos, clave=clave[1]).status_code == 303
    assert _ver(servicios, numero).version == 2


def test_sin_decir_quien_se_pregunta_y_no_se_guarda(ana: Any, servicios: Any, numero: int) -> None:
    ana.http.cookies.clear()
    respuesta = ana.publicar(f"/registro/compromiso-{numero}/avance", oficina="ssgd", avance="x")
    assert respuesta.headers["location"].startswith("/quien?")
    assert _ver(servicios, numero).version == 1


def test_avance_hito_requerimiento_y_variacion_desde_la_ficha(
    ana: Any, servicios: Any, numero: int
) -> None:
    ruta, hoy = f"/registro/compromiso-{numero}", datetime.now(UTC).date()
    ayer = hoy - timedelta(days=2)
    hace_mucho = (hoy - timedelta(days=40)).isoformat()
    pedidos: dict[str, dict[str, str]] = {
        "avance": {"version": "1", "avance": "Se convocó la compra."},
        "hito": {"nombre": "Buena pro", "fecha_prevista": ayer.isoformat()},
        "requerimiento": {
            "entidad": "Minera Aurora",
            "documento": "Carta 7",
            "enviado": hace_mucho,
            "dias": "5",
            "unidad": "habiles",
        },
    }
    for accion, datos in pedidos.items():
        assert ana.publicar(f"{ruta}/{accion}", oficina="ssgd", **datos).status_code == 303, accion
    actual = _ver(servicios, numero)
    pedida = {"denominacion": actual.denominacion, "monto": "S/ 500", "razon": "Consta en el acta."}
    assert ana.publicar(f"{ruta}/variacion", oficina="ssgd", **pedida).status_code == 303
    [hito] = listar_hitos(servicios.base, numero)
    [requerimiento] = listar_requerimientos(servicios.base, numero)
    [solicitud] = listar_solicitudes(servicios.base, compromiso_id=numero)
    assert solicitud.campos == {"monto": "S/ 500"}
    pendiente = ana.http.get("/seguimiento").text
    assert f"/seguimiento/requerimientos/{requerimiento.id}" in pendiente
    assert f"/seguimiento/variaciones/{solicitud.id}" in pendiente
    respuestas = {
        f"hitos/{hito.id}": {"oficina": "ssgd", "fecha_cumplida": ayer.isoformat()},
        f"requerimientos/{requerimiento.id}": {
            "oficina": "ssgd",
            "que": "responder",
            "respondido": ayer.isoformat(),
            "razon": "Ya compró.",
        },
        f"variaciones/{solicitud.id}": {"oficina": "ssgc", "que": "aceptar", "razon": "Conforme."},
    }
    for cual, datos in respuestas.items():
        assert ana.http.get(f"/seguimiento/{cual}").status_code == 200
        hecho = ana.publicar(f"/seguimiento/{cual}", version="1", **datos)
        assert hecho.status_code == 303, hecho.text
    quedo = _ver(servicios, numero)
    assert (quedo.avance, quedo.monto) == ("Se convocó la compra.", "S/ 500")
    ficha = ana.http.get(ruta).text
    for visto in ("Buena pro", "Respondido", "Variación aceptada", "Hito cumplido"):
        assert visto in ficha


def test_un_espacio_se_abre_se_prioriza_y_recibe_actas(
    ana: Any, servicios: Any, numero: int
) -> None:
    abierto = ana.publicar("/espacios", oficina="ssgc", nombre="Mesa de Nauta", tipo="mesa_tecnica")
    ruta = abierto.headers["location"]
    assert ana.publicar(ruta, oficina="ssgc", que="acta", acta="99999").status_code == 404
    acta = str(_ver(servicios, numero).acta_id)
    assert ana.publicar(ruta, oficina="ssgc", que="acta", acta=acta).status_code == 303
    datos = {"version": "1", "fecha": "2026-05-20", "decidio": "alta_direccion"}
    datos |= {"que": "priorizar", "responsable": "sspi"}
    sin_razon = ana.publicar(ruta, oficina="ssgc", **datos, razon="")
    assert sin_razon.status_code == 422
    assert ana.publicar(ruta, oficina="ssgc", **datos, razon="Riesgo.").status_code == 303
    assert "Pasa a priorizado" in ana.http.get(ruta).text
    ficha = ana.http.get(f"/registro/compromiso-{numero}").text
    assert "se reporta como" not in ficha
    negado = ana.publicar(
        f"/registro/compromiso-{numero}/avance", oficina="ssgd", version="2", avance="x"
    )
    assert negado.status_code == 403


def test_rectificar_saca_del_registro_y_lo_vuelve_a_poner(
    ana: Any, servicios: Any, numero: int
) -> None:
    acta = _ver(servicios, numero).acta_id
    [fila] = ana.http.get(f"/api/v1/actas/{acta}/items").json()["filas"]
    item = fila["item"]["id"]
    ruta = f"/actas/{acta}/items/{item}/rectificar"
    assert ana.http.get(ruta).status_code == 200
    sin_motivo = ana.publicar(ruta, que="rechazar", version="1", motivo=" ")
    assert sin_motivo.status_code == 422
    fuera = ana.publicar(ruta, que="rechazar", version="1", motivo="Está repetido.")
    assert fuera.status_code == 303
    assert numero not in {c.id for c in listar_compromisos(servicios.base)}
    assert "lo sacó del registro" in ana.http.get(f"/registro/compromiso-{numero}").text
    dentro = {"que": "aceptar", "clase": "compromiso", "version": "2", "motivo": "No lo estaba."}
    assert ana.publicar(ruta, **dentro).status_code == 303
    assert numero in {c.id for c in listar_compromisos(servicios.base)}
    quedo = _ver(servicios, numero)
    assert (str(quedo.fecha_acta), quedo.responsables[0].valor) == ("2026-05-14", "Minera Aurora")
    otra = {"que": "aceptar", "clase": "tarea", "version": "3", "motivo": "Es una tarea."}
    assert ana.publicar(ruta, **otra).status_code == 303
    [fila] = ana.http.get(f"/api/v1/registro?clase=tarea&acta={acta}").json()["filas"]
    tarea = ver_registro(servicios.base, Clase.TAREA, int(fila["id"].split("-")[1]))
    assert (str(tarea.fecha_acta), tarea.responsables) == ("2026-05-14", quedo.responsables)


def test_la_clave_de_idempotencia_vale_en_la_api(ana: Any, servicios: Any, numero: int) -> None:
    acta = _ver(servicios, numero).acta_id
    fila = ana.http.get(f"/api/v1/actas/{acta}/items").json()["filas"][0]
    ruta = f"/api/v1/actas/{acta}/items/{fila['item']['id']}/decisiones"
    pedido = {"que": "rechazar", "quien": "Luis", "version": 0}
    conflicto = ana.http.post(ruta, json=pedido, headers={"idempotency-key": "k"})
    assert conflicto.status_code == 409


def test_un_acta_que_se_lee_no_se_reintenta(ana: Any, servicios: Any, numero: int) -> None:
    acta = _ver(servicios, numero).acta_id
    respuesta = ana.publicar(f"/actas/{acta}/reintentar")
    assert respuesta.status_code == 409
    assert "no se pudo leer" in respuesta.text


def test_dos_actas_parecidas_se_proponen_como_versiones(ana: Any, servicios: Any) -> None:
    numeros = []
    for marca in ("", " "):
        fila = "14/05/2026,PIP,La entidad entregará los equipos a la posta de la comunidad,MINSA,"
        otra = f"15/06/2026{marca},PIP,Pintará el local comunal {len(numeros)},MINSA,Por iniciar"
        matriz = "\n".join([TITULOS, fila.replace("14", f"{14 + len(numeros)}"), otra]).encode()
        ahora = datetime.now(UTC)
        importar(servicios.base, servicios.originales, SSGC, matriz, "v.csv", ahora)
        numeros.append(max(c.acta_id for c in listar_compromisos(servicios.base)))
    una, dos = numeros
    ruta = f"/actas/{dos}/versiones"
    assert f"Acta {una}</a>: v.csv" in ana.http.get(ruta).text
    datos = {"oficina": "ssgc", "de": str(una), "tipo": "firmada"}
    assert ana.publicar(ruta, **datos | {"de": str(dos)}).status_code == 409
    assert ana.publicar(ruta, **datos | {"de": "99999"}).status_code == 404
    assert ana.publicar(ruta, **datos | {"oficina": "ssgd"}).status_code == 403
    assert ana.publicar(ruta, **datos).status_code == 303
    assert "Es la misma acta que" in ana.http.get(f"/actas/{una}/versiones").text


def _actas(carpeta: Path, *argumentos: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(ACTAS), *map(str, argumentos)],
        env={**os.environ, "ACTAS_CARPETA": str(carpeta)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_importar_verificar_respaldar_y_restaurar_desde_la_consola(tmp_path: Path) -> None:
    matriz, uno, otro = tmp_path / "m.csv", tmp_path / "uno", tmp_path / "otro"
    filas = [
        "14/05/2026,PIP,Construirá la posta,GORE Junín,Por iniciar",
        "14/05/2026,PIP,Pintará el local,GORE Junín,a medias",
    ]
    matriz.write_text("\n".join([TITULOS, *filas]), encoding="utf-8")
    ensayo = _actas(uno, "importar", matriz)
    assert ensayo.returncode == 1
    assert "fila 3: rechazada: el estado «a medias» no es del Anexo 7" in ensayo.stdout
    assert "2 filas: 1 nuevas, 0 iguales" in ensayo.stdout
    assert _actas(uno, "importar", matriz, "--aplicar").returncode == 2
    como = ("--aplicar", "--quien", "Carmen Quispe", "--oficina", "ssgc")
    assert "1 nuevas" in _actas(uno, "importar", matriz, *como).stdout
    assert "0 nuevas, 1 iguales" in _actas(uno, "importar", matriz).stdout
    verificado = _actas(uno, "verificar")
    assert (verificado.returncode, "en orden" in verificado.stdout) == (0, True)
    cabeza = verificado.stdout.split("historia: ")[1].strip()
    assert _actas(uno, "respaldar", tmp_path / "r").returncode == 0
    assert _actas(otro, "restaurar", tmp_path / "r").returncode == 0
    assert _actas(otro, "verificar", "--cabeza", cabeza).returncode == 0
    falsa = f"{cabeza.split(':')[0]}:{'0' * 64}"
    assert _actas(otro, "verificar", "--cabeza", falsa).returncode == 1
    assert _actas(otro, "restaurar", tmp_path / "r").returncode == 2
