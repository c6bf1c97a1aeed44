"""Acta 11: matriz con líneas sobre varias páginas; se repite el encabezado y hay celdas unidas."""

from pathlib import Path

from comun_pdf import centrado, componer, estilo, parrafos, registrar_vera
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import cm
from reportlab.platypus import Flowable, Frame, PageTemplate, Paragraph, Spacer, Table

ARCHIVO = "acta-11-chumbivilcas-matriz.pdf"
TITULO = "ACTA DE LA TERCERA REUNIÓN DEL GRUPO DE TRABAJO «VELILLE – CHAMACA – LIVITACA»"

DATOS = [
    ["Fecha", "12/03/2026", "Hora de inicio", "10:00 h"],
    [
        "Lugar",
        "Coliseo municipal de Velille, provincia de Chumbivilcas, región Cusco",
        "Hora de término",
        "17:20 h",
    ],
    [
        "Conduce",
        "Secretaría de Gestión Social y Diálogo (SGSD) de la PCM",
        "Modalidad",
        "Presencial",
    ],
]
PARTICIPANTES = [
    "Milagros Tejada Olórtegui (SGSD-PCM); Édgar Huillca Conza (Municipalidad Provincial de Chumbivilcas); Ruth Ccahuana Llaique (GERESA Cusco); Jorge Salcedo Benavente (PRONATEL); Paola Marquina Rey y Óscar Delgado Vera (Minera Huayllasaya S.A.); Saturnino Achahui Merma (Comunidad Campesina de Cullahuata); Primitiva Kana Huamaní (Asociación de Proveedores de Velille).",
]
INTRODUCCION = [
    "Se dio lectura a la agenda única: revisión de la matriz de pedidos recogidos en las asambleas de enero. Cada pedido fue leído por los delegados y respondido por la entidad o la empresa que corresponde. Lo conversado se resume en el siguiente cuadro, que los presentes dieron por conforme luego de su traducción al quechua.",
]
CABECERA = ["N.°", "Pedido", "Acuerdo", "Responsable", "Plazo"]
MATRIZ = [
    [
        "1",
        "Que la vía se riegue también los domingos",
        "Regar la vía en el tramo Velille – Cullahuata tres veces al día, incluidos domingos y feriados",
        "Minera Huayllasaya S.A.",
        "Permanente",
    ],
    [
        "2",
        "Asfaltado de la carretera Velille – Chamaca",
        "Concluir el expediente técnico del mejoramiento de la carretera vecinal Velille – Chamaca, CUI 2999620",
        "Municipalidad Provincial de Chumbivilcas",
        "31/08/2026",
    ],
    [
        "3",
        "Puente peatonal para los escolares de Cullahuata",
        "Elaborar la ficha técnica del puente peatonal de Cullahuata",
        "",
        "Por definir",
    ],
    [
        "4",
        "Que se recoja la basura en Velille, ya que los canales están llenos de plástico y los animales lo comen",
        "Poner en servicio dos rutas de recojo de residuos sólidos en la capital del distrito de Velille",
        "",
        "Segundo trimestre de 2026",
    ],
    [
        "5",
        "Médicos especialistas en el hospital de Santo Tomás",
        "Contratar un ginecólogo y un pediatra para el hospital de Santo Tomás",
        "GERESA Cusco",
        "A la brevedad",
    ],
    [
        "6",
        "Que la empresa compre papa y quinua a los productores de la zona",
        "Evaluar la propuesta de la Asociación de Proveedores de Velille y responder por escrito",
        "Minera Huayllasaya S.A.",
        "15 días hábiles",
    ],
    [
        "7",
        "Ambulancia para el centro de salud de Livitaca",
        "Pedido aceptado por la empresa",
        "",
        "30 días",
    ],
    [
        "8",
        "Devolución de los terrenos de la ex hacienda Ccatapata",
        "No corresponde a las competencias del grupo de trabajo; los interesados pueden acudir a la vía judicial",
        "—",
        "—",
    ],
    [
        "9",
        "Internet para los colegios",
        "Instalar el servicio de internet satelital en 14 instituciones educativas de Livitaca y Chamaca",
        "PRONATEL",
        "Según el anexo 1",
    ],
    [
        "10",
        "Titulación de la Comunidad Campesina de Cullahuata",
        "Trasladar el pedido a la Gerencia Regional de Agricultura de Cusco",
        "SGSD-PCM",
        "5 días hábiles",
    ],
    [
        "11",
        "Rendición de cuentas del convenio marco de 2019",
        "Presentar un reporte de lo gastado en el convenio marco, año por año",
        "Minera Huayllasaya S.A.",
        "Próxima reunión",
    ],
    [
        "12",
        "Que den trabajo a los jóvenes de Chamaca",
        "Contratar a 20 jóvenes de Chamaca como vigías de la vía",
        "Minera Huayllasaya S.A.",
        "—",
    ],
    [
        "13",
        "Techo nuevo para el colegio de Cullahuata",
        "Cambiar las calaminas del techo del colegio de Cullahuata",
        "Municipalidad Provincial de Chumbivilcas",
        "",
    ],
    [
        "14",
        "—",
        "Convocar a la cuarta reunión del grupo de trabajo en el distrito de Livitaca",
        "SGSD-PCM",
        "23 de abril de 2026",
    ],
]
UNIONES = [(3, 2, 4), (3, 6, 7)]
"""Celdas unidas: columna, primera y última fila de la matriz (la fila 0 es la cabecera)."""

NOTAS = [
    "La autoridad de Cullahuata manifestó que, si en abril no hay resultados, la comunidad tomará otras medidas.",
    "El anexo 1 fue entregado por PRONATEL al inicio de la reunión. La GERESA Cusco no cuenta con sello en la presente reunión y firma solo con nombre y documento.",
]
CIERRE = [
    "Siendo las 17:20 horas se dio por culminada la reunión y se suscribe el acta en cuatro ejemplares.",
]


def fabricar(destino: Path) -> None:
    """Escribe el acta en la carpeta `destino`."""
    registrar_vera()
    cuerpo = estilo("Vera", 9)
    celda = estilo("Vera", 9, alignment=0, spaceAfter=0)
    negrita = estilo("Vera-Negrita", 9, alignment=0, spaceAfter=0)
    datos = Table(
        [[Paragraph(t, negrita if i % 2 == 0 else celda) for i, t in enumerate(f)] for f in DATOS],
        colWidths=[2.4 * cm, 13 * cm, 3.8 * cm, 5.5 * cm],
        style=[("GRID", (0, 0), (-1, -1), 0.5, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")],
    )
    reglas: list[tuple[object, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.8, colors.black),
        ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#dddddd")),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 1), (-1, -1), 6.5),
        ("BOTTOMPADDING", (0, 1), (-1, -1), 6.5),
    ]
    reglas += [("SPAN", (c, primera), (c, ultima)) for c, primera, ultima in UNIONES]
    filas = [[Paragraph(t, negrita) for t in CABECERA]]
    filas += [[Paragraph(t, celda) for t in fila] for fila in MATRIZ]
    anchos = [1.2 * cm, 6.2 * cm, 8.4 * cm, 5 * cm, 3.9 * cm]
    matriz = Table(filas, colWidths=anchos, repeatRows=1, style=reglas)

    historia: list[Flowable] = [Paragraph(TITULO, centrado("Vera-Negrita", 12)), datos]
    historia += [
        Spacer(1, 8),
        Paragraph("PARTICIPANTES", negrita),
        *parrafos(PARTICIPANTES, cuerpo),
    ]
    historia += [Paragraph("DESARROLLO", negrita), *parrafos(INTRODUCCION, cuerpo)]
    historia += [
        Paragraph("MATRIZ DE PEDIDOS Y ACUERDOS", negrita),
        Spacer(1, 5),
        matriz,
        Spacer(1, 8),
    ]
    historia += [Paragraph("OBSERVACIONES", negrita), *parrafos(NOTAS, cuerpo)]
    historia += [*parrafos(CIERRE, cuerpo), Spacer(1, 12)]
    historia += parrafos(
        [
            "________________ &nbsp; &nbsp; ________________ &nbsp; &nbsp; ________________ &nbsp; &nbsp; ________________"
        ],
        cuerpo,
    )
    tamano = landscape(A4)
    marco = Frame(2.4 * cm, 1.8 * cm, tamano[0] - 4.8 * cm, tamano[1] - 3.6 * cm)
    componer(
        destino / ARCHIVO, [PageTemplate(id="normal", frames=[marco])], historia, TITULO, tamano
    )
