"""Datos generales del acta: sobre las actas de ejemplo y sobre textos hechos a mano."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from ingesta.documento import Bloque, Celda, Documento, TipoBloque, Tramo
from ingesta.lectores import leer
from nlp import horas, participantes, proxima_reunion
from nlp.acta_analizada import DatosDelActa
from nlp.componentes import plazo
from nlp.contexto import Contexto
from nlp.datos_acta import extraer

EJEMPLOS = Path(__file__).parents[2] / "ejemplos"
ESPERADOS = sorted((EJEMPLOS / "esperado").glob("*.json"))


def extraer_de(texto: str) -> DatosDelActa:
    return extraer(Documento.desde_texto(texto))


def con_cuadro(antes: str, filas: list[list[str]], con_titulos: bool) -> Documento:
    texto, bloques = antes, [Bloque(TipoBloque.PARRAFO, Tramo(0, len(antes)))]
    for fila, celdas in enumerate(filas):
        for columna, valor in enumerate(celdas):
            texto += "\t" if columna else "\n"
            tramo = Tramo(len(texto), len(texto) + len(valor))
            titulo = filas[0][columna] if con_titulos and fila else None
            celda = Celda(0, fila, columna, es_encabezado=con_titulos and fila == 0, titulo=titulo)
            bloques.append(Bloque(TipoBloque.CELDA, tramo, celda=celda))
            texto += valor
    return Documento(texto, tuple(bloques))


@pytest.mark.parametrize("ruta", ESPERADOS, ids=lambda ruta: ruta.stem)
def test_las_actas_de_ejemplo_dan_los_datos_anotados(ruta: Path) -> None:
    [archivo] = EJEMPLOS.glob(f"{ruta.stem}.*")
    esperado = json.loads(ruta.read_text(encoding="utf-8"))["acta"]
    documento = leer(archivo)
    datos = extraer(documento)
    simples = ("titulo", "fecha", "hora_inicio", "hora_fin", "lugar")
    hallado = {nombre: getattr(datos, nombre) for nombre in simples}
    assert {n: dato and dato.valor for n, dato in hallado.items()} == {
        nombre: esperado[nombre] for nombre in simples
    }
    assert len(datos.participantes) == esperado["participantes"]
    assert all(documento.fragmento(d.tramo) for d in hallado.values() if d)


@pytest.mark.parametrize(
    ("apertura", "fecha"),
    [
        ("Siendo las 8.30 am del día 21 de setiembre de 2014, se dio inicio.", "2014-09-21"),
        ("El día lunes 1 de abril de 2002, a las 9:00 a.m., se llevó a cabo.", "2002-04-01"),
        (
            "A los dieciocho días del mes de junio del año dos mil trece, se reunieron.",
            "2013-06-18",
        ),
        ("Fecha: 14.05.2026", "2026-05-14"),
        ("Lugar y fecha: Nauta, 14 de mayo de 2026", "2026-05-14"),
        (
            "Atendiendo al Oficio N.° 12 de fecha 2 de mayo de 2026, siendo las 9:00 horas del "
            "14 de mayo de 2026, se reunieron.",
            "2026-05-14",
        ),
        ("Fecha: 21 y 22 de setiembre de 2026", "2026-09-22"),
    ],
)
def test_la_fecha_es_la_de_la_reunion_y_si_dura_varios_dias_la_del_ultimo(
    apertura: str, fecha: str
) -> None:
    datos = extraer_de(f"ACTA DE REUNIÓN\n{apertura}")
    assert datos.fecha is not None
    assert datos.fecha.valor == fecha


def test_la_fecha_sin_anio_toma_el_del_numero_del_acta() -> None:
    datos = extraer_de(
        "ACTA N.° 013-2026-MDPA\nSiendo las 8 de la mañana del 9 de agosto, nos reunimos."
    )
    assert datos.dia == date(2026, 8, 9)


def test_lo_que_no_se_halla_queda_en_none() -> None:
    assert extraer_de("La empresa regará la vía.") == DatosDelActa()


def test_el_titulo_se_une_cuando_sigue_en_el_renglon_siguiente() -> None:
    datos = extraer_de(
        "ACTA DE LA PRIMERA SESIÓN DE LA MESA TÉCNICA\nDEL DISTRITO DE NAUTA\nAGENDA"
    )
    assert datos.titulo is not None
    assert (
        datos.titulo.valor == "ACTA DE LA PRIMERA SESIÓN DE LA MESA TÉCNICA DEL DISTRITO DE NAUTA"
    )
    assert datos.espacio is not None
    assert datos.espacio.valor == "MESA TÉCNICA DEL DISTRITO DE NAUTA"


def test_los_datos_se_leen_de_un_cuadro_de_encabezado() -> None:
    filas = [
        ["Fecha", "03/09/2026"],
        ["Hora", "Inicio: 09:00 horas. Término: 15:30 horas"],
        ["Lugar", "Local comunal de Chaje Alto"],
    ]
    datos = extraer(con_cuadro("ACTA DE REUNIÓN", filas, con_titulos=False))
    assert (datos.fecha and datos.fecha.valor) == "2026-09-03"
    assert (datos.hora_inicio and datos.hora_inicio.valor) == "09:00"
    assert (datos.hora_fin and datos.hora_fin.valor) == "15:30"
    assert (datos.lugar and datos.lugar.valor) == "Local comunal de Chaje Alto"


def test_la_hora_de_la_proxima_reunion_no_es_la_de_cierre() -> None:
    datos = extraer_de(
        "ACTA\nSiendo las 9:00 horas del 14 de mayo de 2026, se reunieron.\n"
        "Se levantó la sesión a las 13:10 horas.\n"
        "La próxima reunión termina a las 18:00 horas."
    )
    assert datos.hora_fin is not None
    assert datos.hora_fin.valor == "13:10"


def test_una_agenda_en_un_solo_renglon_son_varios_puntos() -> None:
    texto = "ACTA DE REUNIÓN\nAGENDA\n1. Agua y saneamiento 2. Salud 3. Otros.\nDESARROLLO"
    datos = extraer_de(texto)
    assert [a.valor for a in datos.agenda] == ["Agua y saneamiento", "Salud", "Otros"]
    assert [texto[a.tramo.inicio : a.tramo.fin] for a in datos.agenda] == [
        a.valor for a in datos.agenda
    ]


def test_los_asistentes_de_un_cuadro_llevan_el_dni_enmascarado() -> None:
    filas = [
        ["N.°", "Nombres y apellidos", "DNI", "Cargo o entidad"],
        ["1", "Ing. Rosa Quispe Mamani", "00001234", "Gerenta de la Municipalidad de Nauta"],
        ["2", "Luis Rojas Huamán", "sin dato", "Defensoría del Pueblo"],
    ]
    datos = extraer(con_cuadro("PARTICIPANTES", filas, con_titulos=True))
    primero, segundo = datos.participantes
    assert (primero.nombre, primero.dni) == ("Rosa Quispe Mamani", "****1234")
    assert (primero.cargo, primero.entidad) == ("Gerenta", "Municipalidad de Nauta")
    assert (segundo.cargo, segundo.entidad, segundo.dni) == (None, "Defensoría del Pueblo", None)


def test_una_matriz_de_acuerdos_no_da_asistentes() -> None:
    filas = [
        ["N.°", "Acuerdo", "Responsable", "Plazo"],
        ["1", "Elaborar el perfil", "Luis Rojas Huamán", "30 días"],
    ]
    datos = extraer(con_cuadro("ACTA", filas, con_titulos=True))
    assert datos.participantes == ()


@pytest.mark.parametrize(
    ("lista", "asistentes"),
    [
        (
            "Por la PCM: Ana Rojas Vela (especialista) y Luis Paz Ríos, asesor legal.",
            [("Ana Rojas Vela", "especialista", "PCM"), ("Luis Paz Ríos", "asesor legal", "PCM")],
        ),
        (
            "Sr. Eusebio Cusi Mamani, presidente de la Junta de Usuarios del Alto Nieva.",
            [("Eusebio Cusi Mamani", "presidente", "Junta de Usuarios del Alto Nieva")],
        ),
        (
            "Marta Solís Vega (PNSR); Iván Cruz Luna (Red de Salud Nauta); y Elsa Ruiz Paz.",
            [
                ("Marta Solís Vega", None, "PNSR"),
                ("Iván Cruz Luna", None, "Red de Salud Nauta"),
                ("Elsa Ruiz Paz", None, None),
            ],
        ),
        (
            "el alcalde Tito Guerra Sosa y la relacionista Inés Lara Puga, de Minera Andes S.A.C.",
            [
                ("Tito Guerra Sosa", "alcalde", None),
                ("Inés Lara Puga", "relacionista", "Minera Andes S.A.C."),
            ],
        ),
        (
            "Municipalidad Distrital de Qantu, Rosa Lima Paz, gerenta municipal.",
            [("Rosa Lima Paz", "gerenta municipal", "Municipalidad Distrital de Qantu")],
        ),
        (
            "Rosa Lima Paz – gerenta municipal – Municipalidad Distrital de Qantu",
            [("Rosa Lima Paz", "gerenta municipal", "Municipalidad Distrital de Qantu")],
        ),
        ("MINSA - Iván Cruz Luna - especialista", [("Iván Cruz Luna", "especialista", "MINSA")]),
        ("MINSA", [(None, None, "MINSA")]),
        ("GORE Puno", [(None, None, "GORE Puno")]),
        ("Local comunal", []),
    ],
)
def test_una_lista_corrida_da_nombre_cargo_y_entidad(
    lista: str, asistentes: list[tuple[str | None, str | None, str | None]]
) -> None:
    datos = extraer_de(f"ACTA DE REUNIÓN\nPARTICIPANTES\n{lista}\nDESARROLLO")
    assert [(p.nombre, p.cargo, p.entidad) for p in datos.participantes] == asistentes


def test_los_asistentes_de_un_acta_en_mayusculas_tambien_se_leen() -> None:
    datos = extraer_de(
        "ACTA DE REUNIÓN\nSE REUNIERON LAS SIGUIENTES PERSONAS:\n"
        "- SRA. ELENA MEJÍA DE LA CRUZ, DIRECTORA DE LA UGEL HUALGAYOC.\n"
        "- SR. ÍTALO MENA ROCA, JEFE DE RELACIONES COMUNITARIAS DE MINERA QUILLIMARCA S.A.C."
    )
    assert [(p.nombre, p.cargo, p.entidad) for p in datos.participantes] == [
        ("Elena Mejía de la Cruz", "DIRECTORA", "UGEL HUALGAYOC"),
        ("Ítalo Mena Roca", "JEFE DE RELACIONES COMUNITARIAS", "MINERA QUILLIMARCA S.A.C"),
    ]


def test_la_apertura_corrida_no_le_da_a_uno_la_entidad_de_otro() -> None:
    datos = extraer_de(
        "ACTA DE ACUERDOS\nEn Mala, a las cuatro de la tarde del 11 de febrero de 2026, en el "
        "despacho de alcaldía, se reunieron el alcalde Víctor Huapaya Chumpitaz, la presidenta de "
        "la Asociación de Vecinos, señora Nelly Cama Francia, y el señor Óscar Yaya Malásquez, por "
        "EPS Litoral S.A."
    )
    assert [(p.nombre, p.entidad) for p in datos.participantes] == [
        ("Víctor Huapaya Chumpitaz", None),
        ("Nelly Cama Francia", None),
        ("Óscar Yaya Malásquez", "EPS Litoral S.A."),
    ]
    assert datos.lugar is not None
    assert datos.lugar.valor == "despacho de alcaldía"


def test_las_constancias_y_las_firmas_se_leen_donde_esten() -> None:
    datos = extraer_de(
        "ACTA DE REUNIÓN\nACUERDOS\n1. La empresa donará becas. Se deja expresa constancia de que "
        "la UGEL no asistió.\nCONSTANCIAS\nEl apu no está de acuerdo con el punto 2.\n"
        "Siendo las 10:00 horas se levantó la reunión.\n"
        "______________________\nDelia Rengifo Saboya\nSGSD\n"
        "____________________ Celso Polo Arteaga – GORE\n......................\n"
        "______________________\nEleuterio Ramírez Cruz"
    )
    assert [c.valor for c in datos.constancias] == [
        "Se deja expresa constancia de que la UGEL no asistió.",
        "El apu no está de acuerdo con el punto 2.",
    ]
    assert [f.valor for f in datos.firmas] == [
        "Delia Rengifo Saboya",
        "Celso Polo Arteaga – GORE",
        "Eleuterio Ramírez Cruz",
    ]


def test_una_asistencia_sin_personas_da_las_entidades() -> None:
    datos = extraer_de(
        "ACTA DE REUNIÓN\nAsisten el Gobierno Regional de Loreto, la DIRESA y la empresa Punga."
    )
    assert [(p.nombre, p.entidad) for p in datos.participantes] == [
        (None, "Gobierno Regional de Loreto"),
        (None, "DIRESA"),
        (None, "Punga"),
    ]


@pytest.mark.parametrize(
    ("dni", "visible"),
    [("00001234", "****1234"), ("****1234", "****1234"), ("1234", None), ("", None)],
)
def test_el_dni_nunca_sale_entero(dni: str, visible: str | None) -> None:
    assert participantes.enmascarar(dni) == visible


@pytest.mark.parametrize(
    ("texto", "leido", "valor"),
    [
        ("siendo las 9:20 am", "9:20 am", "09:20"),
        ("8.30 am", "8.30 am", "08:30"),
        ("las 10:00 horas", "10:00 horas", "10:00"),
        ("3:10 p. m.", "3:10 p. m.", "15:10"),
        ("12:30 am", "12:30 am", "00:30"),
        ("a las 2 de la tarde", "2 de la tarde", "14:00"),
        ("las 8 y 30 de la mañana", "8 y 30 de la mañana", "08:30"),
        ("las cuatro y diez de la tarde", "cuatro y diez de la tarde", "16:10"),
        (
            "las quince horas con veinte minutos",
            "quince horas con veinte minutos",
            "15:20",
        ),
        ("a las nueve y media de la mañana", "nueve y media de la mañana", "09:30"),
        ("siendo las 1O:00 horas", "1O:00 horas", "10:00"),
    ],
)
def test_una_hora_se_lee_como_se_escriba(texto: str, leido: str, valor: str) -> None:
    [hora] = horas.buscar(texto)
    assert (texto[hora.inicio : hora.fin], hora.valor) == (leido, valor)


@pytest.mark.parametrize(
    "texto", ["S/ 12.50", "versión 3.15", "60 horas máquina", "las dos partes"]
)
def test_lo_que_no_es_una_hora_no_se_lee(texto: str) -> None:
    assert horas.buscar(texto) == []


def test_el_plazo_en_la_proxima_reunion_toma_la_fecha_que_el_acta_fija() -> None:
    texto = (
        "El PNSR dará cuenta en la próxima reunión.\n"
        "La próxima reunión será el 16 de junio de 2026 en Nauta."
    )
    documento = Documento.desde_texto(texto)
    dia = proxima_reunion.buscar(documento, date(2026, 5, 14))
    leido = plazo.extraer(texto.splitlines()[0], Contexto(fecha_acta=date(2026, 5, 14)))
    assert leido is not None
    enlazado = proxima_reunion.enlazar(leido, documento, dia)
    assert (dia, enlazado.fecha_limite) == (date(2026, 6, 16), date(2026, 6, 16))
    assert enlazado.metodo is leido.metodo


def test_un_plazo_que_no_menciona_la_reunion_no_cambia() -> None:
    texto = "Repartirá agua hasta que opere la planta."
    leido = plazo.extraer(texto, Contexto())
    assert leido is not None
    documento = Documento.desde_texto(texto)
    assert proxima_reunion.enlazar(leido, documento, date(2026, 6, 16)) is leido
