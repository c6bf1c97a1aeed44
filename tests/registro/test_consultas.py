"""Las listas de las páginas: cuentas, filtros y cursores."""

from datetime import date

import pytest
from sqlalchemy import update

from nlp.propuesta import Clase
from registro.acta import EstadoActa, NuevaDecision
from registro.consultas import listar_actas, listar_items, ver_registro, ver_resultado
from registro.decisiones import decidir
from registro.errores import ActaDesconocida, DatoInvalido, RegistroDesconocido
from registro.estados import Estado
from registro.filtros import POR_DETERMINAR, Filtros, Plazo
from registro.listas import (
    contar_registros,
    listar_compromisos,
    listar_registros,
    unidades_registradas,
)
from registro.portada import ver_portada
from registro.tablas import compromiso, tarea


def _responsable(valor):
    return {"responsable": [{"valor": valor, "nivel_de_gobierno": "nacional"}]}


@pytest.fixture
def poblada(base, acta_con, hacer_item, ahora):
    """Dos actas con siete ítems; se registran un pedido, tres compromisos y una tarea."""
    primera = acta_con(
        hacer_item(id="i1", clase="pedido", texto="Solicitan REPARACIÓN de la vía", tipo=None),
        hacer_item(
            _responsable("Ministerio de Educación"), id="i2", texto="Construirá 100 % aulas"
        ),
        hacer_item(_responsable("Agro Rural"), id="i3", tipo="pip", texto="Reparará el canal"),
        hacer_item(id="i4", clase="tarea", texto="Se reunirán el lunes"),
        hacer_item(id="i5", clase="otro", texto="Se dio lectura al acta"),
    )
    segunda = acta_con(
        hacer_item(id="i1", texto="Otro compromiso", tipo=None),
        hacer_item(id="i2", texto="Pendiente de decidir"),
    )
    decididos = [i.propuesta.id for a in (primera, segunda) for i in listar_items(base, a.id)]
    for propuesta in decididos[:4] + decididos[5:6]:
        decidir(base, propuesta, NuevaDecision("aceptar", "Ana"), ahora)
    return primera, segunda


def _textos(base, **filtros):
    return [r.transcripcion for r in listar_registros(base, Filtros(**filtros)).filas]


def test_las_actas_se_listan_de_la_ultima_a_la_primera_con_sus_cuentas(base, acta_con, poblada):
    acta_con()
    pagina = listar_actas(base)
    assert [(f.acta.nombre, f.items, f.decididos, f.pendientes) for f in pagina.filas] == [
        ("acta_3.pdf", 0, 0, 0),
        ("acta_2.pdf", 2, 1, 1),
        ("acta_1.pdf", 5, 4, 0),
    ]
    assert pagina.siguiente is None


def test_la_lista_de_actas_se_recorre_por_paginas(base, acta_con):
    for _ in range(5):
        acta_con()
    vistas, cursor = [], None
    while True:
        pagina = listar_actas(base, cursor=cursor, limite=2)
        vistas.append([f.acta.nombre for f in pagina.filas])
        cursor = pagina.siguiente
        if cursor is None:
            break
    assert vistas == [["acta_5.pdf", "acta_4.pdf"], ["acta_3.pdf", "acta_2.pdf"], ["acta_1.pdf"]]


def test_los_items_van_en_orden_de_lectura_con_su_decision(base, poblada):
    primera, _ = poblada
    items = listar_items(base, primera.id)
    assert [i.propuesta.item_id for i in items] == ["i1", "i2", "i3", "i4", "i5"]
    assert [i.version for i in items] == [1, 1, 1, 1, 0]
    assert [i.decision and i.decision.quien for i in items] == ["Ana"] * 4 + [None]


def test_el_registro_lista_primero_el_acta_mas_reciente_y_en_su_orden(base, poblada):
    assert _textos(base) == [
        "Otro compromiso",
        "Solicitan REPARACIÓN de la vía",
        "Construirá 100 % aulas",
        "Reparará el canal",
        "Se reunirán el lunes",
    ]


def test_el_registro_se_recorre_por_paginas_sin_saltar_ni_repetir(base, poblada):
    vistos, cursor = [], None
    while True:
        pagina = listar_registros(base, Filtros(), cursor=cursor, limite=2)
        assert len(pagina.filas) <= 2
        vistos += [r.transcripcion for r in pagina.filas]
        cursor = pagina.siguiente
        if cursor is None:
            break
    assert vistos == _textos(base)


@pytest.mark.parametrize(
    ("filtros", "esperados"),
    [
        ({"texto": "reparacion"}, ["Solicitan REPARACIÓN de la vía", "Reparará el canal"]),
        ({"texto": "REPARAR canales"}, ["Reparará el canal"]),
        ({"texto": "REPARA"}, ["Solicitan REPARACIÓN de la vía", "Reparará el canal"]),
        ({"texto": "solicitó reparaciones"}, ["Solicitan REPARACIÓN de la vía"]),
        ({"texto": "construido"}, ["Construirá 100 % aulas"]),
        ({"texto": "construira"}, ["Construirá 100 % aulas"]),
        ({"texto": "se reúnen los lunes"}, ["Se reunirán el lunes"]),
        ({"texto": "construirá agro"}, []),
        ({"texto": '"reparara el"'}, ["Reparará el canal"]),
        ({"texto": '"el canal" repar'}, ["Reparará el canal"]),
        ({"texto": '"canal el"'}, []),
        ({"texto": "ministerios"}, ["Construirá 100 % aulas"]),
        ({"texto": "la"}, ["Solicitan REPARACIÓN de la vía", "Construirá 100 % aulas"]),
        ({"texto": "100 %"}, ["Construirá 100 % aulas"]),
        ({"texto": "%"}, ["Construirá 100 % aulas"]),
        ({"texto": "_"}, []),
        ({"texto": "' OR 1=1 --"}, []),
        ({"clase": Clase.PEDIDO}, ["Solicitan REPARACIÓN de la vía"]),
        ({"clase": Clase.TAREA}, ["Se reunirán el lunes"]),
        ({"tipo": "pip"}, ["Reparará el canal"]),
        ({"tipo": POR_DETERMINAR}, ["Otro compromiso", "Solicitan REPARACIÓN de la vía"]),
        ({"responsable": "educacion"}, ["Construirá 100 % aulas"]),
        ({"responsable": "aulas"}, []),
        ({"responsable": "ministerio educativo"}, ["Construirá 100 % aulas"]),
        ({"responsable": '"agro rural"'}, ["Reparará el canal"]),
        ({"responsable": "agro", "clase": Clase.COMPROMISO}, ["Reparará el canal"]),
        ({"estado": Estado.CUMPLIDO}, []),
        ({"estado": Estado.NO_INICIADO, "clase": Clase.TAREA}, ["Se reunirán el lunes"]),
        ({"acta_id": 2}, ["Otro compromiso"]),
        ({"acta_id": 10**30}, []),
    ],
)
def test_los_filtros_del_registro(base, poblada, filtros, esperados):
    assert _textos(base, **filtros) == esperados


@pytest.mark.parametrize(
    ("plazo", "hoy", "cuantos"),
    [
        (Plazo.VENCIDO, date(2026, 6, 25), 0),
        (Plazo.VENCIDO, date(2026, 6, 26), 5),
        (Plazo.POR_VENCER, date(2026, 5, 25), 0),
        (Plazo.POR_VENCER, date(2026, 5, 26), 5),
        (Plazo.POR_VENCER, date(2026, 6, 25), 5),
        (Plazo.POR_VENCER, date(2026, 6, 26), 0),
        (Plazo.SIN_FECHA, None, 1),
    ],
)
def test_el_plazo_se_cuenta_desde_hoy(base, poblada, registrar, plazo, hoy, cuantos):
    """Lo que tiene fecha vence el 25 de junio."""
    registrar(campos={"plazo": None})
    filtros = Filtros(plazo=plazo, hoy=hoy)
    assert sum(contar_registros(base, filtros).values()) == cuantos
    assert len(listar_registros(base, filtros).filas) == cuantos


def test_lo_cerrado_y_la_tarea_hecha_no_vencen(base, poblada, ssgd, ahora):
    vencidos = Filtros(plazo=Plazo.VENCIDO, hoy=date(2027, 1, 1))
    antes = contar_registros(base, vencidos)
    with base.escribir() as conexion:
        cerrado = {"estado": Estado.CUMPLIDO}
        conexion.execute(update(compromiso).where(compromiso.c.id == 1).values(cerrado))
        conexion.execute(update(tarea).values(hecha_en=date(2026, 6, 1)))
    despues = contar_registros(base, vencidos)
    assert (antes[Clase.COMPROMISO] - 1, antes[Clase.TAREA]) == (despues[Clase.COMPROMISO], 1)
    assert Clase.TAREA not in despues


def test_la_cuenta_es_la_de_la_lista_y_saltar_sigue_donde_quedo(base, poblada):
    assert contar_registros(base, Filtros()) == {
        Clase.COMPROMISO: 3,
        Clase.PEDIDO: 1,
        Clase.TAREA: 1,
    }
    de_dos = [listar_registros(base, Filtros(), limite=2, saltar=n).filas for n in (0, 2, 4, 6)]
    assert [r.transcripcion for filas in de_dos for r in filas] == _textos(base)
    assert unidades_registradas(base) == tuple(
        sorted({r.unidad_territorial for r in listar_registros(base, Filtros()).filas} - {None})
    )


def test_por_unidad_region_y_espacio(base, poblada, hacer_espacio, registrar):
    espacio = hacer_espacio()
    numero = registrar(espacio).id
    for filtros in (
        Filtros(espacio_id=espacio.id),
        Filtros(espacio_id=espacio.id, region="LORETO"),
    ):
        assert [r.id for r in listar_registros(base, filtros).filas] == [numero]
    assert len(_textos(base, region="Loreto")) == 6
    assert _textos(base, region="Lima") == []
    [unidad] = unidades_registradas(base)
    assert len(_textos(base, unidad=unidad)) == 6
    assert _textos(base, unidad="Otra") == []


RAROS = (
    *("'", "a'b", "\\", "a:b & !c | (d", "*", "NEAR(a b)", "raices : x", "a\x00b", "\ud800", "²³"),
    *("ﬁn", "日本語", "İstanbul", "ß", "x" * 5000, "a " * 500, '"', '"%_"', "«'»", ":x %s {y}"),
)


def test_lo_que_se_escriba_no_es_una_orden(base, poblada):
    for escrito in RAROS:
        for campo in ("texto", "responsable", "region", "unidad"):
            filtros = Filtros(**{campo: escrito})
            total = sum(contar_registros(base, filtros).values())
            assert len(listar_registros(base, filtros).filas) == total <= 5, (campo, escrito)


def test_lo_que_una_rectificacion_saco_no_se_halla_ni_se_cuenta(base, poblada):
    with base.escribir() as conexion:
        conexion.execute(update(compromiso).values(vigente=False))
    assert Clase.COMPROMISO not in contar_registros(base, Filtros())
    assert _textos(base, texto="canal") == []


@pytest.mark.parametrize("cursor", ["1", "a.b", "1.2.3", "-1.2", "9" * 5000 + ".1", "²"])
def test_un_cursor_inventado_se_rechaza(base, cursor):
    with pytest.raises(DatoInvalido):
        listar_registros(base, Filtros(), cursor=cursor)


def test_un_cursor_enorme_da_una_pagina_vacia(base, poblada):
    assert listar_registros(base, Filtros(), cursor="9999999999.1").filas == ()


def test_un_tipo_inventado_se_rechaza(base):
    with pytest.raises(DatoInvalido) as info:
        listar_registros(base, Filtros(tipo="obra"))
    assert info.value.campo == "tipo"


def test_la_portada_cuenta_todo(base, acta_con, poblada):
    acta_con(estado="rechazada", texto=None, acta=None)
    portada = ver_portada(base)
    assert portada.pendientes == 1
    assert portada.registrados == {Clase.COMPROMISO: 3, Clase.PEDIDO: 1, Clase.TAREA: 1}
    assert portada.sin_tipo == 1
    assert {e: n for e, n in portada.actas.items() if n} == {
        EstadoActa.CERRADA: 1,
        EstadoActa.EN_REVISION: 1,
        EstadoActa.ILEGIBLE: 1,
    }
    assert {e: n for e, n in portada.estados.items() if n} == {Estado.NO_INICIADO: 3}
    assert set(portada.estados) == set(Estado)


def test_la_portada_de_una_base_vacia_va_en_cero(base):
    portada = ver_portada(base)
    assert (portada.pendientes, portada.sin_tipo, sum(portada.actas.values())) == (0, 0, 0)


def test_los_compromisos_se_listan_por_fecha_de_acta_y_sin_fecha_al_final(
    base, acta_con, hacer_item, ahora, hacer_resultado
):
    datos = hacer_resultado()["acta"]
    for fecha in (None, "2026-03-02", "2025-12-01"):
        valor = fecha and datos["fecha"] | {"valor": fecha}
        acta = acta_con(hacer_item(), acta=datos | {"fecha": valor})
        [item] = listar_items(base, acta.id)
        decidir(base, item.propuesta.id, NuevaDecision("aceptar", "Ana"), ahora)
    fechas = [c.fecha_acta and c.fecha_acta.isoformat() for c in listar_compromisos(base)]
    assert fechas == ["2025-12-01", "2026-03-02", None]


def test_lo_que_no_existe_se_dice(base, originales, ahora):
    with pytest.raises(ActaDesconocida):
        listar_items(base, 7)
    with pytest.raises(ActaDesconocida):
        ver_resultado(base, 7)
    for clase in Clase:
        with pytest.raises(RegistroDesconocido):
            ver_registro(base, clase, 7)
