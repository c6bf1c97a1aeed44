"""Plazo de la obligación: qué frase es, cómo se expresa y qué fecha da."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.componentes import plazo
from nlp.contexto import Contexto
from nlp.propuesta import MetodoDePlazo, Plazo, PrecisionDePlazo

ACTA = date(2026, 5, 14)


EXACTA, NINGUNA = PrecisionDePlazo.EXACTA, PrecisionDePlazo.NINGUNA


def leer(texto: str, acta: date | None = ACTA, base: int = 0) -> Plazo | None:
    return plazo.extraer(texto, Contexto(base=base, fecha_acta=acta))


def frase(texto: str, leido: Plazo | None) -> str | None:
    return texto[leido.tramo.inicio : leido.tramo.fin] if leido else None


@pytest.mark.parametrize(
    ("texto", "leido", "fecha"),
    [
        (
            "El MVCS instalará las plantas hasta el 30 de junio de 2026.",
            "hasta el 30 de junio de 2026",
            date(2026, 6, 30),
        ),
        (
            "La UGEL remitirá el padrón a más tardar el 20 de julio.",
            "a más tardar el 20 de julio",
            date(2026, 7, 20),
        ),
        (
            "La empresa presentará el plan antes del 15 de diciembre.",
            "antes del 15 de diciembre",
            date(2026, 12, 14),
        ),
        (
            "La próxima reunión se realizará el jueves 25 de junio en Nauta.",
            "el jueves 25 de junio",
            date(2026, 6, 25),
        ),
        (
            "La DIRESA hará la campaña del 20 al 24 de julio en los cinco anexos.",
            "del 20 al 24 de julio",
            date(2026, 7, 24),
        ),
        (
            "La empresa regará la vía a partir del lunes 18 de mayo.",
            "a partir del lunes 18 de mayo",
            date(2026, 5, 18),
        ),
        (
            "El alcalde entregará la lista en la reunión del 12 de junio.",
            "en la reunión del 12 de junio",
            date(2026, 6, 12),
        ),
        ("Responsable: DREM. Fecha: 18/06.", "18/06", date(2026, 6, 18)),
        ("El consorcio cancela la deuda este viernes.", "este viernes", date(2026, 5, 15)),
        ("La minera repondrá el agua antes de Navidad.", "antes de Navidad", date(2026, 12, 24)),
        (
            "El PNSR ingresará la ficha como máximo el último día hábil de agosto.",
            "como máximo el último día hábil de agosto",
            date(2026, 8, 31),
        ),
    ],
)
def test_una_fecha_escrita_se_lee_con_la_preposicion_que_la_introduce(
    texto: str, leido: str, fecha: date
) -> None:
    hallado = leer(texto)
    assert frase(texto, hallado) == leido
    assert hallado is not None
    assert (hallado.metodo, hallado.precision) == (MetodoDePlazo.FECHA, EXACTA)
    assert hallado.fecha_limite == fecha


@pytest.mark.parametrize(
    ("texto", "leido", "metodo", "fecha"),
    [
        (
            "El PNSR culminará el mantenimiento de 5 plantas en Nauta en 30 días hábiles.",
            "en 30 días hábiles",
            MetodoDePlazo.HABILES,
            date(2026, 6, 25),
        ),
        (
            "El MTC entregará el perfil en un plazo de 90 días calendario contados desde la "
            "suscripción de la presente acta.",
            "en un plazo de 90 días calendario contados desde la suscripción de la presente acta",
            MetodoDePlazo.CALENDARIO,
            date(2026, 8, 12),
        ),
        (
            "La entidad responderá dentro de los quince (15) días hábiles de suscrita la presente.",
            "dentro de los quince (15) días hábiles de suscrita la presente",
            MetodoDePlazo.HABILES,
            date(2026, 6, 4),
        ),
        (
            "Hará la obra en un plazo de 75 días calendario computados a partir del 1 de junio.",
            "en un plazo de 75 días calendario computados a partir del 1 de junio",
            MetodoDePlazo.CALENDARIO,
            date(2026, 8, 15),
        ),
        (
            "Las comunidades suspenden el paro desde la fecha y por 45 días.",
            "desde la fecha y por 45 días",
            MetodoDePlazo.CALENDARIO,
            date(2026, 6, 28),
        ),
        (
            "La gerencia alcanzará el informe en cuarenta y ocho horas.",
            "en cuarenta y ocho horas",
            MetodoDePlazo.HORAS,
            date(2026, 5, 16),
        ),
        (
            "El GORE concluirá el expediente en un plazo de 02 meses.",
            "en un plazo de 02 meses",
            MetodoDePlazo.PERIODO,
            date(2026, 7, 14),
        ),
        (
            "Los asesores alcanzarán sus aportes en dos semanas.",
            "en dos semanas",
            MetodoDePlazo.PERIODO,
            date(2026, 5, 28),
        ),
    ],
)
def test_una_duracion_se_cuenta_desde_el_acta_o_desde_la_fecha_que_diga(
    texto: str, leido: str, metodo: MetodoDePlazo, fecha: date
) -> None:
    hallado = leer(texto)
    assert frase(texto, hallado) == leido
    assert hallado is not None
    assert (hallado.metodo, hallado.precision, hallado.fecha_limite) == (metodo, EXACTA, fecha)


def test_los_dias_sin_adjetivo_dan_las_dos_lecturas_y_ninguna_fecha() -> None:
    texto = "La empresa entregará la vajilla en un plazo de 30 días."
    hallado = leer(texto)
    assert hallado is not None
    assert frase(texto, hallado) == "en un plazo de 30 días"
    assert hallado.metodo is MetodoDePlazo.PERIODO
    assert hallado.precision is PrecisionDePlazo.AMBIGUA
    assert hallado.fecha_limite is None
    assert hallado.alternativas == (date(2026, 6, 13), date(2026, 6, 25))
    assert hallado.explicacion == (
        "30 días desde el 14/05/2026: 13/06/2026 si son calendario o 25/06/2026 si son hábiles."
    )


def test_la_explicacion_cuenta_los_feriados_saltados() -> None:
    hallado = leer("Lo remitirá en 15 días hábiles.", date(2026, 7, 15))
    assert hallado is not None
    assert hallado.explicacion == (
        "15 días hábiles desde el 15/07/2026 (día siguiente hábil: 16/07/2026) → 11/08/2026; "
        "feriados: 23/07, 28/07, 29/07, 06/08."
    )


@pytest.mark.parametrize(
    ("texto", "leido", "precision", "fecha"),
    [
        ("Transferirá los recursos en julio de 2026.", "en julio de 2026", "mes", (2026, 7, 31)),
        ("Lo presentará a fines de agosto.", "a fines de agosto", "mes", (2026, 8, 31)),
        ("Lo presentará a mediados de agosto.", "a mediados de agosto", "mes", (2026, 8, 15)),
        ("Lo presentará a inicios de agosto.", "a inicios de agosto", "mes", (2026, 8, 10)),
        ("Convocará en la quincena de julio.", "en la quincena de julio", "mes", (2026, 7, 15)),
        (
            "Convocará en la segunda quincena de julio.",
            "en la segunda quincena de julio",
            "mes",
            (2026, 7, 31),
        ),
        (
            "Hará la visita en la primera semana de junio.",
            "en la primera semana de junio",
            "semana",
            (2026, 6, 5),
        ),
        ("Hará la visita esta semana.", "esta semana", "semana", (2026, 5, 15)),
        (
            "Hará la visita en la semana del 8 al 12 de junio.",
            "en la semana del 8 al 12 de junio",
            "semana",
            (2026, 6, 12),
        ),
        (
            "Licitará la obra en el primer trimestre de 2027.",
            "en el primer trimestre de 2027",
            "periodo",
            (2027, 3, 31),
        ),
        (
            "Licitará la obra en el primer semestre.",
            "en el primer semestre",
            "periodo",
            (2026, 6, 30),
        ),
        (
            "Licitará la obra en el primer bimestre.",
            "en el primer bimestre",
            "periodo",
            (2027, 2, 28),
        ),
        ("Capacitará de abril a julio.", "de abril a julio", "periodo", (2026, 7, 31)),
        ("Firmará el convenio antes de agosto.", "antes de agosto", "mes", (2026, 7, 31)),
        ("Elevará la lista hasta fin de mes.", "hasta fin de mes", "mes", (2026, 5, 31)),
        (
            "Donará una ambulancia antes de finalizado el presente año.",
            "antes de finalizado el presente año",
            "anio",
            (2026, 12, 31),
        ),
        (
            "Asfaltará la vía en el año fiscal 2027.",
            "en el año fiscal 2027",
            "anio",
            (2027, 12, 31),
        ),
        ("Asfaltará la vía el próximo año.", "el próximo año", "anio", (2027, 12, 31)),
    ],
)
def test_un_periodo_vence_en_su_ultimo_dia(
    texto: str, leido: str, precision: str, fecha: tuple[int, int, int]
) -> None:
    hallado = leer(texto)
    assert frase(texto, hallado) == leido
    assert hallado is not None
    assert hallado.metodo is MetodoDePlazo.PERIODO
    assert (hallado.precision, hallado.fecha_limite) == (precision, date(*fecha))


@pytest.mark.parametrize(
    ("texto", "leido", "metodo"),
    [
        (
            "Transferirá la obra a los 15 días hábiles de iniciada la obra.",
            "a los 15 días hábiles de iniciada la obra",
            MetodoDePlazo.EVENTO,
        ),
        (
            "Ejecutará el reservorio una vez que la comunidad otorgue el terreno.",
            "una vez que la comunidad otorgue el terreno",
            MetodoDePlazo.EVENTO,
        ),
        (
            "Informará los avances en la próxima sesión.",
            "en la próxima sesión",
            MetodoDePlazo.EVENTO,
        ),
        (
            "Repartirá agua hasta que opere la planta.",
            "hasta que opere la planta",
            MetodoDePlazo.EVENTO,
        ),
        ("Supervisará la vía cada dos meses.", "cada dos meses", MetodoDePlazo.RECURRENTE),
        (
            "Hará el monitoreo dos veces al año.",
            "dos veces al año",
            MetodoDePlazo.RECURRENTE,
        ),
        ("Atenderá el pedido a la brevedad posible.", "a la brevedad posible", MetodoDePlazo.VAGO),
        ("Instalará el tanque de inmediato.", "de inmediato", MetodoDePlazo.VAGO),
        (
            "Informada de los 9 brotes notificados en el último bimestre, tramitará con la"
            " celeridad que el caso exige la compra de vacunas.",
            "con la celeridad que el caso exige",
            MetodoDePlazo.VAGO,
        ),
        (
            "Supervisará la obra mientras dure su ejecución.",
            "mientras dure su ejecución",
            MetodoDePlazo.ABIERTO,
        ),
        (
            "Ejecutará la obra según cronograma adjunto.",
            "según cronograma adjunto",
            MetodoDePlazo.REFERENCIA,
        ),
        ("Taller de riego | GORE | Por definir", "Por definir", MetodoDePlazo.POR_DEFINIR),
        (
            "Sembrará 20 hectáreas antes de que comience la campaña grande 2027-2028.",
            "antes de que comience la campaña grande 2027-2028",
            MetodoDePlazo.EVENTO,
        ),
        (
            "Enviará un médico a cada taller de este espacio hasta su clausura.",
            "hasta su clausura",
            MetodoDePlazo.EVENTO,
        ),
        (
            "Abonará el 30 %, contra la entrega de los planos.",
            "contra la entrega de los planos",
            MetodoDePlazo.EVENTO,
        ),
    ],
)
def test_lo_que_no_fija_fecha_se_nombra_sin_inventarla(
    texto: str, leido: str, metodo: MetodoDePlazo
) -> None:
    hallado = leer(texto)
    assert frase(texto, hallado) == leido
    assert hallado is not None
    assert (hallado.metodo, hallado.precision, hallado.fecha_limite) == (metodo, NINGUNA, None)


def test_sin_fecha_del_acta_hay_plazo_pero_no_fecha_limite() -> None:
    hallado = leer("Lo remitirá en 15 días hábiles.", None)
    assert hallado is not None
    assert (hallado.metodo, hallado.fecha_limite) == (MetodoDePlazo.HABILES, None)
    assert "Falta la fecha del acta" in hallado.explicacion


def test_entre_varias_expresiones_vale_la_que_limita_la_obligacion() -> None:
    texto = (
        "En la reunión del 6 de mayo, el MTC ofreció iniciar en julio y concluir la obra "
        "hasta el 30 de noviembre."
    )
    assert frase(texto, leer(texto)) == "hasta el 30 de noviembre"


def test_el_tramo_es_del_documento() -> None:
    hallado = leer("Lo hará en 30 días hábiles.", base=1000)
    assert hallado is not None
    assert (hallado.tramo.inicio, hallado.tramo.fin) == (1008, 1026)


def test_un_texto_hostil_no_se_atasca() -> None:
    for trozo in ("veinte y ", "1, ", "el 3 de enero al ", "en un plazo de "):
        leer(trozo * 4000)


def test_un_limite_ya_vencido_sigue_siendo_plazo() -> None:
    texto = "La empresa entregará las computadoras hasta el 15/03/2026."
    leido = leer(texto)
    assert leido is not None
    assert leido.fecha_limite == date(2026, 3, 15)


@pytest.mark.parametrize(
    ("texto", "leido"),
    [
        (
            "Acordaron una tregua de 20 días (exigen que el ministro venga para el 16 de junio).",
            "20 días",
        ),
        ("Reducirá la anemia a 20 % al 2028.", "al 2028"),
        ("El gerente dijo: «vamos a abrir la compuerta desde mañana», y así consta.", "mañana"),
        ("Llegaron a acuerdos sobre nuevas reuniones para enero de 2027.", "para enero de 2027"),
        ("Atenderá a los turistas en la semana mayor.", "semana mayor"),
        ("Traer el dato del catastro a la próxima.", "a la próxima"),
    ],
)
def test_entre_fechas_vale_la_de_la_obligacion(texto: str, leido: str) -> None:
    hallado = frase(texto, leer(texto))
    assert hallado is not None
    assert hallado.endswith(leido)


@pytest.mark.parametrize(
    ("texto", "fecha"),
    [
        ("Lo entregará hasta el 30 de juni0 de 2026.", date(2026, 6, 30)),
        ("Lo entregará a fines de febrer0 del 2027.", date(2027, 2, 28)),
        ("LO ENTREGARA HASTA EL 15 DE SETIEMBRE DE 2026.", date(2026, 9, 15)),
        ("Lo entregara dentro de los 10 dias habiles.", date(2026, 5, 28)),
        ("Lo entregara en un p1azo de 20 dias calendari0.", date(2026, 6, 3)),
    ],
)
def test_se_lee_con_ruido_de_ocr_sin_tildes_y_en_mayusculas(texto: str, fecha: date) -> None:
    hallado = leer(texto)
    assert hallado is not None
    assert hallado.fecha_limite == fecha


@pytest.mark.parametrize(
    ("texto", "dia"),
    [
        (
            "La Municipalidad aprobará la ordenanza en la sesión de concejo del 29 de setiembre.",
            date(2026, 9, 29),
        ),
        (
            "La directiva entregará el padrón en la asamblea general ordinaria del 3 de diciembre.",
            date(2026, 12, 3),
        ),
        (
            "El frente levantará el paro a las 6:00 horas del día 29 de mayo del año en curso.",
            date(2026, 5, 29),
        ),
        (
            "La ANA instalará la estación dentro de los 60 días calendario de aprobada la "
            "presente acta.",
            date(2026, 7, 3),
        ),
    ],
)
def test_el_dia_de_una_sesion_o_de_una_hora_y_lo_que_corre_desde_la_aprobacion(
    texto: str, dia: date
) -> None:
    plazo = leer(texto, date(2026, 5, 4))
    assert plazo is not None
    assert plazo.fecha_limite == dia


@pytest.mark.parametrize(
    ("texto", "leido", "fecha"),
    [
        (
            "El GORE pagará S/ 9 000 a la suscripción de la presente acta.",
            "a la suscripción de la presente acta",
            date(2026, 5, 14),
        ),
        (
            "La DIREPRO patrullará la bahía durante la veda de junio y julio.",
            "durante la veda de junio y julio",
            date(2026, 7, 31),
        ),
        (
            "La DRA abonará el maíz en la temporada de siembra de agosto.",
            "en la temporada de siembra de agosto",
            date(2026, 8, 31),
        ),
        (
            "La DRA abonará el maíz antes de que termine el año.",
            "termine el año",
            date(2026, 12, 31),
        ),
        (
            "La DRA abonará el maíz hasta el cierre del presente mes.",
            "hasta el cierre del presente mes",
            date(2026, 5, 31),
        ),
    ],
)
def test_la_firma_del_acta_y_la_temporada_con_meses_tienen_fecha(
    texto: str, leido: str, fecha: date
) -> None:
    hallado = leer(texto)
    assert hallado is not None
    assert leido in (frase(texto, hallado) or "")
    assert hallado.fecha_limite == fecha
