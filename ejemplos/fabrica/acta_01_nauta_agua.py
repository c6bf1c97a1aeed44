"""Acta 01: acuerdos con numeración automática de Word, que vuelve a empezar en cada tema."""

from pathlib import Path

from comun_docx import (
    CENTRADO,
    definir_lista,
    documento,
    firmas,
    guardar,
    nueva_lista,
    numerado,
    parrafo,
    tabla,
    titulo,
)

PARTICIPANTES = [
    ("N.°", "Nombres y apellidos", "DNI", "Cargo", "Entidad u organización"),
    ("1", "Delia Rengifo Saboya", "00001101", "Coordinadora de la UT Amazonía", "SGSD – PCM"),
    ("2", "Hernán Cárdenas Ibáñez", "00001102", "Especialista social", "PNSR – MVCS"),
    (
        "3",
        "Milagros Tuesta Ríos",
        "00001103",
        "Directora de Salud de las Personas",
        "Gerencia Regional de Salud de Loreto (GERESA)",
    ),
    (
        "4",
        "Óscar Panduro Vela",
        "00001104",
        "Subgerente de Estudios y Proyectos",
        "Gobierno Regional de Loreto",
    ),
    (
        "5",
        "Wílder Pezo Shahuano",
        "00001105",
        "Gerente municipal",
        "Municipalidad Provincial de Loreto – Nauta",
    ),
    (
        "6",
        "Segundo Murayari Canaquiri",
        "00001106",
        "Presidente",
        "Federación Kukama del Bajo Marañón (FEKUBAM)",
    ),
    ("7", "Jésica Ahuanari Tamani", "00001107", "Lideresa", "C.N. Nuevo Porvenir del Marañón"),
    ("8", "Artemio Yuyarima Pacaya", "00001108", "Apu", "C.N. San Hilario del Yanayacu"),
    (
        "9",
        "Katherine Osorio Lúcar",
        "00001109",
        "Gerenta de Relaciones Comunitarias",
        "Petrolera Punga S.A.C.",
    ),
    ("10", "Ítalo Bardales Chota", "00001110", "Comisionado (observador)", "Defensoría del Pueblo"),
]

AGUA_PEDIDOS = [
    "Instalación de plantas potabilizadoras en las comunidades de San Hilario del Yanayacu y Nuevo Porvenir del Marañón.",
    "Que el PNSR entregue cloro y repuestos a las JASS de manera permanente, no solo cuando hay emergencia.",
    "Contratación de los operadores de planta entre los mismos comuneros, con pago mensual.",
]

AGUA_ACUERDOS = [
    "El PNSR culminará la reparación de las cinco plantas potabilizadoras inoperativas del distrito de Nauta hasta el 31 de julio de 2026, con cargo a su presupuesto institucional.",
    "El GORE Loreto elaborará el expediente técnico del proyecto de agua potable para San Hilario del Yanayacu y Nuevo Porvenir del Marañón, con CUI 2999611.",
    "El PNSR entregará a las JASS de la zona 600 kilos de hipoclorito de calcio en el mes de junio de 2026; la Municipalidad Provincial pondrá el bote y el combustible para el traslado.",
    "Sobre el pago de los operadores, el PNSR trasladará la consulta a la Dirección General de Presupuesto Público del MEF y dará cuenta en la siguiente reunión.",
    "FEKUBAM garantizará el ingreso y la seguridad de los equipos técnicos del PNSR en las comunidades.",
]

SALUD_ACUERDOS = [
    "La GERESA contratará un técnico en enfermería para el puesto de salud de Nuevo Porvenir del Marañón, de preferencia hablante de kukama.",
    "La empresa Petrolera Punga S.A.C. se compromete a donar un deslizador con motor de 40 HP para las referencias de emergencia, el mismo que será administrado por la Microrred Nauta.",
    "La GERESA realizará, en coordinación con el CENSOPAS, una campaña de tamizaje de metales a 120 niños y gestantes, siempre que el Ministerio de Salud remita los reactivos.",
    "La Municipalidad Provincial cederá un ambiente en la ciudad de Nauta para alojar a los pacientes referidos y a sus familiares.",
]

AMBIENTE_ACUERDOS = [
    "La SGSD solicitará al OEFA un informe sobre la supervisión que realizó en marzo en la quebrada Punga.",
    "La empresa permitirá el ingreso de cuatro monitores comunales a los puntos de muestreo durante el monitoreo del tercer trimestre.",
]


def fabricar(destino: Path) -> None:
    """Escribe `acta-01-nauta-agua.docx` en la carpeta de destino."""
    doc = documento("Acta de la segunda reunión", "Secretaría técnica de la mesa", "Calibri", 11)
    temas = nueva_lista(
        doc, definir_lista(doc, [("upperRoman", "TEMA %1:")], paso_cm=2.0, negrita=True)
    )
    incisos = definir_lista(doc, [("lowerLetter", "%1)")], paso_cm=1.0)
    acuerdos = definir_lista(doc, [("decimal", "Acuerdo %1.")], paso_cm=2.3, negrita=True)
    agenda = nueva_lista(doc, definir_lista(doc, [("decimal", "%1.")]))

    cabecera = doc.sections[0].header.paragraphs[0]
    cabecera.text = "Presidencia del Consejo de Ministros – Secretaría de Gestión Social y Diálogo"
    cabecera.alignment = CENTRADO
    titulo(
        doc,
        "ACTA DE LA SEGUNDA REUNIÓN DE LA MESA TÉCNICA DE AGUA, SALUD Y AMBIENTE DEL BAJO MARAÑÓN",
    )
    parrafo(
        doc,
        "En la ciudad de Nauta, capital de la provincia de Loreto, departamento de Loreto, siendo las 09:40 horas del día jueves 21 de mayo de 2026, en el auditorio de la Municipalidad Provincial de Loreto – Nauta, "
        "se reunieron los representantes del Estado, de las federaciones indígenas y de la empresa operadora, convocados por la Secretaría de Gestión Social y Diálogo (SGSD) mediante Oficio Múltiple N.° D000118-2026-PCM-SGSD.",
    )
    parrafo(doc, "**PARTICIPANTES**")
    tabla(doc, PARTICIPANTES, [1.0, 4.4, 2.0, 4.2, 4.6])
    parrafo(doc, "**AGENDA**")
    for punto in (
        "Agua segura en las comunidades",
        "Atención de salud",
        "Monitoreo ambiental de la quebrada Punga",
    ):
        numerado(doc, agenda, punto)
    parrafo(doc, "**DESARROLLO DE LA REUNIÓN**")

    numerado(doc, temas, "**AGUA SEGURA**")
    parrafo(
        doc,
        "El señor Segundo Murayari manifestó que en época de creciente las familias siguen tomando agua del río y que de las ocho plantas entregadas en el año 2024 solo funcionan tres. "
        "El especialista del PNSR expuso el estado de cada planta y reconoció la falta de repuestos.",
    )
    parrafo(doc, "Las federaciones solicitan lo siguiente:")
    lista = nueva_lista(doc, incisos)
    for pedido in AGUA_PEDIDOS:
        numerado(doc, lista, pedido)
    parrafo(
        doc, "Luego de un cuarto intermedio de veinte minutos se llegó a los siguientes acuerdos:"
    )
    lista = nueva_lista(doc, acuerdos)
    for acuerdo in AGUA_ACUERDOS:
        numerado(doc, lista, acuerdo)

    numerado(doc, temas, "**SALUD**")
    parrafo(
        doc,
        "La señora Jésica Ahuanari indicó que el puesto de salud de su comunidad atiende dos días por semana y que no hay técnico desde febrero. Solicita que la GERESA nombre un técnico en enfermería que hable kukama. "
        "La representante de la GERESA señaló que no cuentan con plaza orgánica, pero que sí es posible un contrato temporal.",
    )
    parrafo(doc, "Se acordó:")
    lista = nueva_lista(doc, acuerdos)
    for acuerdo in SALUD_ACUERDOS:
        numerado(doc, lista, acuerdo)

    numerado(doc, temas, "**AMBIENTE**")
    parrafo(
        doc,
        "El apu Artemio Yuyarima exige que la empresa retire los tubos abandonados en la quebrada Punga, que ya tienen años ahí. "
        "La señora Katherine Osorio respondió que esos tubos corresponden al operador anterior y que su representada no asumirá ese pasivo. El apu manifestó su total desacuerdo.",
    )
    parrafo(doc, "Se acordó:")
    lista = nueva_lista(doc, acuerdos)
    for acuerdo in AMBIENTE_ACUERDOS:
        numerado(doc, lista, acuerdo)

    parrafo(doc, "**PRÓXIMA REUNIÓN**")
    parrafo(
        doc,
        "La siguiente reunión se llevará a cabo el viernes 26 de junio de 2026, a las 9:00 a. m., en la C.N. San Hilario del Yanayacu. "
        "FEKUBAM acreditará hasta el 5 de junio a sus dos delegados titulares.",
    )
    parrafo(doc, "**CONSTANCIAS**")
    parrafo(
        doc,
        "Se deja constancia de que el representante del OEFA no asistió pese a haber sido convocado. "
        "Los apus advierten que, de no cumplirse los acuerdos, retomarán la vigilancia del río.",
    )
    parrafo(
        doc,
        "No habiendo más puntos que tratar, siendo las 16:25 horas se dio por concluida la reunión, firmando los presentes en señal de conformidad.",
    )
    firmas(doc, [f"{nombre}\n{entidad}" for _, nombre, _, _, entidad in PARTICIPANTES[1:]])
    guardar(doc, destino, "acta-01-nauta-agua.docx")
