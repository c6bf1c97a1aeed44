"""Acta 06: sesión de concejo en prosa corrida, por estaciones, con fechas y horas en letras."""

from pathlib import Path

from comun_docx import documento, firmas, guardar, parrafo, titulo

APERTURA = (
    "En la localidad de Roque, capital del distrito de Alonso de Alvarado, provincia de Lamas, departamento de San Martín, siendo las cuatro y diez de la tarde del día miércoles diez de junio de dos mil veintiséis, "
    "se reunieron en la sala de sesiones de la municipalidad el señor alcalde Tercero Guerra Sangama y los señores regidores Wagner Lozano Cachique, Clara Luz Sinarahua Tuanama, Deyvis Paredes Isuiza, Nelva Salas Amasifuén y Rolin Tapullima Fasabi, "
    "con la asistencia del gerente municipal, Ing. Hugo Arévalo Pinchi, y del secretario general que suscribe, Abg. Saúl Chujutalli Ojanama. Comprobado el quórum reglamentario, el señor alcalde declaró abierta la sesión ordinaria. "
    "Se dio lectura al acta de la sesión anterior, la que fue aprobada sin observaciones."
)

ESTACIONES = [
    (
        "ESTACIÓN DE DESPACHO",
        [
            "El secretario general dio cuenta del Oficio N.° 214-2026 de la Red de Salud Lamas, que comunica el cronograma de vacunación, y de la Carta N.° 08-2026 de la cooperativa agraria Café Mishquiyacu. Pasaron al archivo y a la orden del día, respectivamente.",
        ],
    ),
    (
        "ESTACIÓN DE INFORMES",
        [
            "El señor alcalde informó que el veintiocho de mayo viajó a Moyobamba y se entrevistó con funcionarios del Gobierno Regional sobre la trocha Roque – Pinshapampa, encontrando buena disposición. "
            "El gerente municipal informó que la obra del mercado de abastos tiene un avance físico de 71 % y que el contratista ha presentado una ampliación de plazo que viene siendo evaluada por el supervisor.",
            "La regidora Salas Amasifuén informó que visitó el comedor de Pacchilla y que la balanza se encuentra malograda.",
        ],
    ),
    (
        "ESTACIÓN DE PEDIDOS",
        [
            "El regidor Lozano Cachique pidió que el gerente municipal informe por escrito sobre los gastos de la fiesta patronal. El señor alcalde dispuso que el gerente municipal presente dicho informe en la próxima sesión.",
            "La regidora Sinarahua Tuanama solicitó que se instalen dos reflectores en la losa deportiva del barrio Los Andes. El señor alcalde le manifestó que este año no hay presupuesto para ello.",
            "El regidor Paredes Isuiza pidió que se exhorte a la empresa eléctrica por los continuos cortes de luz en las comunidades kechwas. Pasó a la orden del día.",
            "El regidor Tapullima Fasabi pidió que se arregle la balanza del comedor de Pacchilla; el gerente municipal indicó que lo vería con el área de programas sociales.",
        ],
    ),
]

ORDEN_DEL_DIA = [
    "**1. Priorización de proyecto por Obras por Impuestos.** El gerente municipal sustentó la propuesta. El agente municipal de Pinshapampa, don Misael Cenepo Guerra, invitado a la sesión, ofreció que su comunidad pondrá la piedra y la mano de obra para la captación; "
    "el alcalde, a su vez, se comprometió a entregar 400 bolsas de cemento antes del 31 de julio. Luego del debate, el Concejo por unanimidad adoptó el siguiente acuerdo:",
    "**ACUERDO DE CONCEJO N.° 034-2026-MDAA.-** PRIORIZAR la ejecución, bajo el mecanismo de Obras por Impuestos, del proyecto «Mejoramiento y ampliación del servicio de agua potable y saneamiento de la localidad de Pinshapampa, distrito de Alonso de Alvarado, provincia de Lamas, departamento de San Martín», con CUI 2999661. "
    "La Gerencia Municipal remitirá copia del presente acuerdo a PROINVERSIÓN dentro de los diez (10) días hábiles.",
    "**2. Cortes de energía eléctrica.** El regidor Paredes Isuiza refirió que en mayo hubo once cortes y que se malograron las refrigeradoras de la posta. El regidor Tapullima opinó que debe denunciarse a la empresa. Por cuatro votos a favor y una abstención se acordó:",
    "**ACUERDO DE CONCEJO N.° 035-2026-MDAA.-** EXHORTAR a la empresa Electro Huallaga Alto S.A. a reemplazar los transformadores que alimentan a las comunidades kechwas del distrito.",
    "**3. Atención del puesto de salud de Pacchilla.** Sin mayor debate y por unanimidad se acordó:",
    "**ACUERDO DE CONCEJO N.° 036-2026-MDAA.-** RECOMENDAR a la Red de Salud Lamas la permanencia de un obstetra en el puesto de salud de Pacchilla.",
    "**4. Convenio con la cooperativa agraria Café Mishquiyacu.** El presidente de la cooperativa, don Elber Ramírez Shupingahua, presente en la sala, ofreció que la cooperativa donará 2 000 plantones de café para el vivero municipal. Por unanimidad se acordó:",
    "**ACUERDO DE CONCEJO N.° 037-2026-MDAA.-** AUTORIZAR al señor alcalde a suscribir el convenio marco de cooperación con la cooperativa agraria Café Mishquiyacu.",
    "**5. Trocha Roque – Pinshapampa.** El alcalde manifestó que la Municipalidad efectuará la limpieza de los tres derrumbes con el cargador frontal apenas se consiga el combustible. "
    "La regidora Salas Amasifuén expresó su preocupación por el traslado de los escolares. No se adoptó acuerdo.",
]

CIERRE = [
    "La próxima sesión ordinaria queda fijada para el miércoles 24 de junio de 2026, a las cuatro de la tarde.",
    "No habiendo más asuntos que tratar, el señor alcalde levantó la sesión siendo las siete y cinco de la noche, de lo que doy fe.",
]


def fabricar(destino: Path) -> None:
    """Escribe `acta-06-sesion-de-concejo.docx` en la carpeta de destino."""
    doc = documento(
        "Acta de sesión ordinaria de concejo", "Secretaría General", "Garamond", 12, margen_cm=3
    )
    titulo(
        doc,
        "MUNICIPALIDAD DISTRITAL DE ALONSO DE ALVARADO",
        "ACTA DE SESIÓN ORDINARIA DE CONCEJO N.° 011-2026",
    )
    parrafo(doc, APERTURA)
    for nombre, parrafos in ESTACIONES:
        parrafo(doc, f"**{nombre}**")
        for texto in parrafos:
            parrafo(doc, texto)
    parrafo(doc, "**ORDEN DEL DÍA**")
    for texto in (*ORDEN_DEL_DIA, *CIERRE):
        parrafo(doc, texto)
    firmas(
        doc,
        [
            "Tercero Guerra Sangama\nAlcalde",
            "Saúl Chujutalli Ojanama\nSecretario General",
            "Wagner Lozano Cachique\nRegidor",
            "Clara Luz Sinarahua Tuanama\nRegidora",
            "Deyvis Paredes Isuiza\nRegidor",
            "Nelva Salas Amasifuén\nRegidora",
            "Rolin Tapullima Fasabi\nRegidor",
            "Hugo Arévalo Pinchi\nGerente municipal",
        ],
        3,
    )
    guardar(doc, destino, "acta-06-sesion-de-concejo.docx")
