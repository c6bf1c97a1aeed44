"""Responsables y colaboradores: quién asume, quién solo pide o recibe, y cómo se llama."""

from __future__ import annotations

import gc
import time

import pytest

from nlp.componentes import entidad
from nlp.contexto import Contexto
from nlp.propuesta import Entidad, NivelDeGobierno

NACIONAL, REGIONAL = NivelDeGobierno.NACIONAL, NivelDeGobierno.REGIONAL
LOCAL, NO_APLICA = NivelDeGobierno.LOCAL, NivelDeGobierno.NO_APLICA


def responsables(texto: str, contexto: Contexto | None = None) -> tuple[Entidad, ...]:
    return entidad.responsables(texto, contexto or Contexto())


def colaboradores(texto: str) -> tuple[Entidad, ...]:
    return entidad.colaboradores(texto, Contexto())


def celda(texto: str, contexto: Contexto | None = None) -> tuple[Entidad, ...]:
    return entidad.de_celda(texto, contexto or Contexto())


def leidos(texto: str, halladas: tuple[Entidad, ...]) -> list[str]:
    return [texto[e.tramo.inicio : e.tramo.fin] for e in halladas]


def test_el_ejemplo_del_contrato_deja_fuera_el_articulo() -> None:
    texto = "El PNSR culminará el mantenimiento de 5 plantas en Nauta en 30 días hábiles."
    (hallado,) = responsables(texto)
    assert (hallado.tramo.inicio, hallado.tramo.fin) == (3, 7)
    assert hallado.valor == "Programa Nacional de Saneamiento Rural"
    assert hallado.nivel is NACIONAL
    assert not hallado.generica
    assert hallado.confianza is None


@pytest.mark.parametrize(
    ("texto", "esperados"),
    [
        ("La empresa operadora construirá el local comunal.", ["empresa operadora"]),
        ("El GORE Loreto se compromete a culminar el expediente.", ["GORE Loreto"]),
        ("La UGEL y la DRE Cusco firmarán el convenio.", ["UGEL", "DRE Cusco"]),
        (
            "El Ministerio de Cultura, en mérito a lo expuesto, efectuará el rescate.",
            ["Ministerio de Cultura"],
        ),
        ("Se acuerda que el MIDAGRI transferirá los fondos.", ["MIDAGRI"]),
        ("Se acuerda que la DIRESA contrate a dos obstetras.", ["DIRESA"]),
        ("Las partes acuerdan que el MTC convocará la licitación.", ["MTC"]),
        ("El OEFA informó que realizará una supervisión.", ["OEFA"]),
        ("DIGESA indicó que, a pedido de la mesa, procederá a tomar muestras.", ["DIGESA"]),
        ("La Empresa, entregará una ambulancia.", ["Empresa"]),
        (
            "Vista la carta que el señor Hilario Condori y otros dejaron en la mesa de partes, la"
            " Constructora Huaylla, apenas le sea posible y previa firma de las planillas,"
            " repondrá el cerco.",
            ["Constructora Huaylla"],
        ),
        ("El camino lo ejecuta Provías Descentralizado.", ["Provías Descentralizado"]),
        ("La rampa será reparada por FONDEPES en enero.", ["FONDEPES"]),
        ("Queda a cargo de la Municipalidad Distrital la trocha.", ["Municipalidad Distrital"]),
        ("Dotación de suero por parte de la Red de Salud.", ["Red de Salud"]),
        ("Elaborar el perfil. Responsable: MPC. Plazo: por definir.", ["MPC"]),
        ("Toma de muestras a la población, por CENSOPAS.", ["CENSOPAS"]),
        ("Capacitar a las JASS | GORE Apurímac | Dic. 2026", ["GORE Apurímac"]),
        ("23 | No usar explosivos | Cerro Tantal | aceptado", ["Cerro Tantal"]),
        ("MVCS: transferencia de recursos para la planta", ["MVCS"]),
        ("Cursar el oficio a los alcaldes (secretario general).", ["secretario general"]),
        ("Los comuneros levantarán la medida de fuerza.", ["comuneros"]),
        ("Los transportistas de la zona suspenderán el paro.", ["transportistas de la zona"]),
        ("La obra pasa a la Gerencia Sub Regional, que la terminará.", ["Gerencia Sub Regional"]),
        ("De contar con recursos, el GORE contratará dos obstetras.", ["GORE"]),
        ("La Municipalidad resolvió el contrato y ejecutará el saldo.", ["Municipalidad"]),
        (
            "LA MUNICIPALIDAD PROVINCIAL DE ESPINAR SE COMPROMETE A INICIAR LA OBRA.",
            ["MUNICIPALIDAD PROVINCIAL DE ESPINAR"],
        ),
        ("La Empresa entregara en calidad de donaci6n un ecografo.", ["Empresa"]),
        ("EI MIDAGRI entregara semiIlas de papa a la zona.", ["MIDAGRI"]),
        ("EMTUSA ENTREGARÁ LOS PLANOS DE LA ESCUELA A LA COMUNIDAD.", ["EMTUSA"]),
        ("LA RED DE SALUD CAPACITARÁ A LAS PARTERAS Y RECONOCERÁ SU LABOR.", ["RED DE SALUD"]),
        ("QUE EL MIDAGRI, EN EL MARCO DE SUS FUNCIONES, EVALUARÁ LA TOMA.", ["MIDAGRI"]),
        ("El camal seguirá a cargo de Cárnicas Ficticias, que lo pintará.", ["Cárnicas Ficticias"]),
        (
            "Hacer el padrón (ficha única). Microred Villa Ficticia, 3 semanas.",
            ["Microred Villa Ficticia"],
        ),
        ("Que la DRE revise los planos de la escuela.", ["DRE"]),
        ("Posteriormente, que la UGEL revise el padrón.", ["UGEL"]),
        ("La entidad, realice la prueba de carga del puente.", ["entidad"]),
        ("DISPONER que, dentro de sus funciones, la DIREPRO evalúe el muelle.", ["DIREPRO"]),
        ("El GR Cusco asumirá el costo del estudio.", ["GR Cusco"]),
        ("La ONGR a través de sus socias, apoyará con plantones.", ["ONGR a través de sus socias"]),
        (
            "La UGEL conjuntamente con la DRE Puno iban a formular un informe.",
            ["UGEL conjuntamente con la DRE Puno"],
        ),
        ("La empresa en coordinación con la UGEL, pintará el aula.", ["empresa"]),
        (
            "La gerenta de Obras, Rosa Ficticia Quispe, se compromete a ir al lugar.",
            ["gerenta de Obras"],
        ),
        (
            "Se suscribió el convenio de apoyo entre el GORE Puno y la UGEL Melgar.",
            ["GORE Puno", "UGEL Melgar"],
        ),
        ("OTORGAR un plazo de diez días hábiles a la Comisión de Salud.", ["Comisión de Salud"]),
        ("Limpieza del canal: ingeniero de la Junta, con su cuadrilla.", ["ingeniero de la Junta"]),
        ("Revisar el padrón (asistenta social de la Red, 3 nov).", ["asistenta social de la Red"]),
        ("Enviar el plano. Responsable: Gestión Social.", ["Gestión Social"]),
        ("OPI de la Municipalidad debe contestar las observaciones.", ["OPI de la Municipalidad"]),
        ("EMTUR-Q informó que, a pedido de todos, procederá a cerrar el botadero.", ["EMTUR-Q"]),
        ("Visitar el predio (Sra. Elena Ficticia).", ["Sra. Elena Ficticia"]),
        ("LA DREFIC REALIZARÁ UNA VISITA A LAS ESCUELAS DEL DISTRITO.", ["DREFIC"]),
        ("EL 26 DE JUNIO, LA DP COMUNICARÁ LO RESUELTO A LOS USUARIOS.", ["DP"]),
        ("EL SUTEF SE COMPROMETIÓ A RECUPERAR LAS CLASES PERDIDAS.", ["SUTEF"]),
        ("VALORIZACIÓN: QUE EL DFH DEFINA EL MECANISMO DE PAGO.", ["DFH"]),
        ("La panadería de la plaza donará el pan.", ["panadería de la plaza"]),
        ("Se acuerda que el albergue entregue el padrón.", ["albergue"]),
        ("LA PANADERÍA DE LA PLAZA DONARÁ EL PAN.", ["PANADERÍA DE LA PLAZA"]),
        ("La limpieza de la toma estará a cargo de la botica.", ["botica"]),
        ("Los guías de turismo se comprometen a limpiar la vía.", ["guías de turismo"]),
        ("La viuda informó que entregará el título en mayo.", ["viuda"]),
        ("El departamento de obras tiene que entregar el plano.", ["departamento de obras"]),
        ("La red de mujeres manifestó su voluntad de pintar el aula.", ["red de mujeres"]),
        ("Habrá faena, para lo cual los ronderos pondrán las palas.", ["ronderos"]),
        ("EL CABILDO INDÍGENA REVISARÁ EL PADRÓN.", ["CABILDO INDÍGENA"]),
        ("PAGO POR PARTE DE LA EMPRESA DEL EXPEDIENTE TÉCNICO DE LA VÍA.", ["EMPRESA"]),
        ("Informe Anual La DRE Puno publicará un balance.", ["DRE Puno"]),
        ("DISPONER que en diez días hábiles, la Oficina Zonal elabore el plan.", ["Oficina Zonal"]),
        ("Se firmó un acta, comprometiéndose la UGEL a pagar el bono.", ["UGEL"]),
        ("Se compromete la DRE a enviar el padrón en mayo.", ["DRE"]),
        ("Hacer, con maquinaria de la Gerencia Vial, dos zanjas.", ["Gerencia Vial"]),
        (
            "AUTORIZAR el aporte del Pliego 999: GORE Puno a favor de la UGEL.",
            ["GORE Puno"],
        ),
        ("LA MINA NOS VA A DAR CIEN BOLSAS DE CEMENTO PUESTO EN OBRA.", ["MINA"]),
    ],
)
def test_halla_a_quien_asume(texto: str, esperados: list[str]) -> None:
    assert leidos(texto, responsables(texto)) == esperados


@pytest.mark.parametrize(
    "texto",
    [
        "La comunidad solicita al MTC que construya el puente.",
        "El alcalde pide que el MINSA envíe médicos.",
        "Los dirigentes exigieron la presencia de la PCM.",
        "Se entregará la ambulancia a la comunidad.",
        "Elaborar los términos de referencia del estudio.",
        "Se hará el estudio del puente.",
        "Si la asamblea lo aprueba, se firmará el convenio.",
        "El proyecto será ejecutado.",
        "Que se declare en emergencia el distrito.",
        "Implementar las recomendaciones emitidas por el OEFA en su informe.",
        "Página 3 de 7",
        "",
        "Adicionalmente, se hará una visita a la zona.",
        "LA INSTALACIÓN DEL SISTEMA DEMORARÁ TRES MESES EN TODO EL PAÍS.",
        "SE CAPACITARÁ A LOS JÓVENES JUNTO CON SUS PADRES EN TODO EL PAÍS.",
        "Mañana se publica la lista de postulantes.",
        "Ahora se entregarán los padrones a los interesados.",
        "Emitiremos las directrices dadas por la ley y por la secretaría de Tránsito.",
        "Según lo comunicado a la mesa por la PCM, se reanudaría el diálogo.",
        "Se citará al Ing. Pedro Ficticio, jefe de obra, para el lunes.",
        "Elaborar el plan. Responsable: por definir.",
        "Construir el aula en el sector Los Olivos.",
        "APROBAR el aporte para el Proyecto Especial Rumi Cruz (PERC), por la suma indicada.",
        "Jornadas de tamizaje: VIH, sífilis y métodos de planificación.",
        "EL PRÓXIMO AÑO SE HARÁ EL ESTUDIO DE LA CUENCA ALTA.",
        "El plan definirá las metas y el próximo año citaremos a la mesa.",
        "LAS LLUVIAS RETRASARÁN LA LIMPIEZA DE LA TOMA.",
        "La Mesa Técnica se instalará en mayo.",
        "El Comité de Vigilancia deberá conformarse en diez días.",
        "Crearemos un fondo con aportes que vendrán desde el GORE.",
        "Presentar el plan en mayo para su aprobación por el Consejo Regional.",
        "El plazo es de un mes, el cual definirá la obra.",
        "Hacer seguimiento a lo ofrecido por el MTC.",
        "Los docentes recibirán capacitación en mayo.",
        "DESIGNAR DOS TÉCNICOS POR ORGANIZACIÓN Y MANDAR SUS NOMBRES.",
        "Comprar ambulancias en el distrito de Punchana, departamento de Loreto.",
    ],
)
def test_no_inventa_responsable(texto: str) -> None:
    assert responsables(texto) == ()


def test_pedido_aceptado_en_la_misma_oracion_tiene_por_responsable_al_que_acepta() -> None:
    texto = "La comunidad solicitó la construcción del puente y el MTC aceptó ejecutarlo."
    assert leidos(texto, responsables(texto)) == ["MTC"]


def test_a_traves_de_es_un_solo_responsable_con_el_valor_de_la_cabeza() -> None:
    texto = "El MTC, a través de Provías Nacional, convocará la licitación."
    (hallado,) = responsables(texto)
    assert leidos(texto, (hallado,)) == ["MTC, a través de Provías Nacional"]
    assert hallado.valor == "Ministerio de Transportes y Comunicaciones"


@pytest.mark.parametrize(
    ("texto", "valor", "nivel"),
    [
        (
            "El Ministerio de Vivienda financiará la obra.",
            "Ministerio de Vivienda, Construcción y Saneamiento",
            NACIONAL,
        ),
        (
            "Vivienda transferirá los fondos en mayo.",
            "Ministerio de Vivienda, Construcción y Saneamiento",
            NACIONAL,
        ),
        ("El MINAGRI entregará semillas.", "Ministerio de Desarrollo Agrario y Riego", NACIONAL),
        (
            "El Gobierno Regional del Cusco ejecutará la obra.",
            "Gobierno Regional de Cusco",
            REGIONAL,
        ),
        ("El GORE APURIMAC ejecutará la obra.", "Gobierno Regional de Apurímac", REGIONAL),
        (
            "La UGEL Espinar contratará docentes.",
            "Unidad de Gestión Educativa Local Espinar",
            REGIONAL,
        ),
        (
            "La Municipalidad Distrital de Nauta donará el terreno.",
            "Municipalidad Distrital de Nauta",
            LOCAL,
        ),
        ("El alcalde distrital sustentará el proyecto.", "Municipalidad Distrital", LOCAL),
        ("El gobernador regional firmará el convenio.", "Gobierno Regional", REGIONAL),
        (
            "El representante del MTC remitirá el cronograma.",
            "Ministerio de Transportes y Comunicaciones",
            NACIONAL,
        ),
        ("Minera Antarumi S.A.C. regará la vía.", "Minera Antarumi S.A.C.", NO_APLICA),
        ("Transportes Rumi Cruz S.A.C. regará la vía.", "Transportes Rumi Cruz S.A.C.", NO_APLICA),
        (
            "La comunidad campesina de Ccollpa cederá el terreno.",
            "Comunidad Campesina de Ccollpa",
            NO_APLICA,
        ),
        (
            "El sector Justicia actualizará la evaluación del riesgo.",
            "Ministerio de Justicia y Derechos Humanos",
            NACIONAL,
        ),
        ("El GR Loreto pagará el estudio.", "Gobierno Regional de Loreto", REGIONAL),
        ("La secretaría técnica elaborará el acta.", "Secretaría técnica de la mesa", NO_APLICA),
    ],
)
def test_nombra_y_ubica_a_la_entidad(texto: str, valor: str, nivel: NivelDeGobierno) -> None:
    primera = responsables(texto)[0]
    assert (primera.valor, primera.nivel) == (valor, nivel)


@pytest.mark.parametrize(
    ("texto", "generica"),
    [
        ("El Ejecutivo aprobará la transferencia.", True),
        ("Las partes se comprometen a mantener el diálogo.", True),
        ("Ambas partes acuerdan realizar un monitoreo.", True),
        ("La empresa donará una ambulancia.", True),
        ("Las autoridades se comprometen a apoyar.", True),
        ("La instancia que corresponda donará una ambulancia.", True),
        ("Quienes resulten competentes en la cuenca donarán una ambulancia.", True),
        ("Ambos niveles de gobierno donarán una ambulancia.", True),
        ("Los dos niveles de gobierno financiarán una ambulancia.", True),
        ("El MINSA donará una ambulancia.", False),
        ("La empresa minera Yanapampa donará una ambulancia.", False),
    ],
)
def test_marca_los_nombres_que_no_asignan_a_nadie(texto: str, generica: bool) -> None:
    assert responsables(texto)[0].generica is generica


def test_el_alias_del_acta_resuelve_a_la_empresa() -> None:
    contexto = Contexto(alias={"la empresa": "Minera Antarumi S.A.C."})
    (hallado,) = responsables("La empresa donará una ambulancia.", contexto)
    assert (hallado.valor, hallado.nivel) == ("Minera Antarumi S.A.C.", NO_APLICA)
    assert not hallado.generica


def test_los_tramos_son_del_documento() -> None:
    (hallado,) = responsables("El PNSR culminará la obra.", Contexto(base=100))
    assert (hallado.tramo.inicio, hallado.tramo.fin) == (103, 107)


@pytest.mark.parametrize(
    ("texto", "esperados"),
    [
        (
            "El MINSA, en coordinación con la Municipalidad, implementará el plan.",
            ["Municipalidad"],
        ),
        (
            "El ANA medirá el caudal con apoyo de la Junta de Usuarios y la DRA.",
            ["Junta de Usuarios", "DRA"],
        ),
        ("La Fiscalía, con la PNP y la DICAPI, ejecutará operativos.", ["PNP", "DICAPI"]),
        (
            "El GORE iniciará el expediente; la Municipalidad Distrital donará el terreno.",
            ["Municipalidad Distrital"],
        ),
        ("El PNSR culminará la obra en Nauta.", []),
        ("La DRE capacitará a cien tutores, previa opinión de la UGEL Melgar.", ["UGEL Melgar"]),
        ("La DRE pagará la beca con fondos transferidos por el GORE Puno.", ["GORE Puno"]),
        ("El MINSA donará una ambulancia; los comuneros la aceptan.", []),
        ("La PNP enviará dos efectivos, los ronderos no irán.", []),
        ("La mina pagará el aula mediante convenio con la DRE Puno.", ["DRE Puno"]),
    ],
)
def test_halla_a_quienes_colaboran(texto: str, esperados: list[str]) -> None:
    assert leidos(texto, colaboradores(texto)) == esperados


@pytest.mark.parametrize(
    ("texto", "valores"),
    [
        ("GORE Apurímac / MPC", ["Gobierno Regional de Apurímac", "MPC"]),
        (
            "MINAM, OEFA y PCM",
            [
                "Ministerio del Ambiente",
                "Organismo de Evaluación y Fiscalización Ambiental",
                "Presidencia del Consejo de Ministros",
            ],
        ),
        ("Minera X", ["Minera X"]),
        ("Alcaldía de Villa Ficticia", ["Alcaldía de Villa Ficticia"]),
        ("encargadas del comedor", ["encargadas del comedor"]),
        ("--", []),
        ("Por definir", []),
        ("S/D", []),
        ("", []),
    ],
)
def test_lee_la_celda_responsable(texto: str, valores: list[str]) -> None:
    assert [e.valor for e in celda(texto)] == valores


def test_en_una_celda_el_alias_tambien_vale() -> None:
    contexto = Contexto(alias={"la empresa": "Minera Antarumi S.A.C."})
    assert [e.valor for e in celda("La empresa", contexto)] == ["Minera Antarumi S.A.C."]


def test_un_texto_larguisimo_se_lee_en_tiempo_lineal() -> None:
    def segundos(veces: int) -> float:
        doc = "El MTC informó que realizará la obra por la UGEL, " * veces
        gc.collect()
        gc.disable()  # recorrer la memoria de las demás pruebas no es leer el texto
        antes = time.process_time()
        try:
            entidad.responsables(doc, Contexto())
            entidad.de_celda(doc, Contexto())
            return time.process_time() - antes
        finally:
            gc.enable()

    segundos(10)
    assert segundos(1600) < 12 * max(segundos(400), 0.02)


@pytest.mark.parametrize(
    ("texto", "valores"),
    [
        (
            "Será la Municipalidad Distrital de Ocoruro quien entregue 90 contenedores.",
            ["Municipalidad Distrital de Ocoruro"],
        ),
        (
            "Serán el MINSA y la UGEL Puno quienes realicen la campaña.",
            ["Ministerio de Salud", "Unidad de Gestión Educativa Local Puno"],
        ),
        (
            "Corresponde a la UGEL Puno contratar a los docentes.",
            ["Unidad de Gestión Educativa Local Puno"],
        ),
        ("El terreno corresponde a la UGEL Puno.", []),
    ],
)
def test_sera_quien_y_le_corresponde(texto: str, valores: list[str]) -> None:
    assert [e.valor for e in entidad.responsables(texto, Contexto())] == valores


@pytest.mark.parametrize(
    ("texto", "valores"),
    [
        (
            "Los ministerios de Salud y de Educación enviarán brigadas.",
            ["Ministerio de Salud", "Ministerio de Educación"],
        ),
        (
            "QUEDA A CARGO DE LOS SECTORES CULTURA, ENERGÍA Y MINAS Y DEL AMBIENTE.",
            ["Ministerio de Cultura", "Ministerio de Energía y Minas", "Ministerio del Ambiente"],
        ),
        (
            "Los gobiernos regionales de Puno y Cusco firmarán el acta.",
            ["Gobierno Regional de Puno", "Gobierno Regional de Cusco"],
        ),
        (
            "LAS COMUNIDADES CAMPESINAS DE AYO Y RUMI CEDERÁN EL PASO.",
            ["Comunidad Campesina de Ayo", "Comunidad Campesina de Rumi"],
        ),
        ("Las comunidades de la cuenca cederán el paso.", ["Comunidades de la cuenca"]),
    ],
)
def test_una_cabeza_reparte_varias_entidades(texto: str, valores: list[str]) -> None:
    assert [e.valor for e in responsables(texto)] == valores
