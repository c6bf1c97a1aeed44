"""Acta 05: cuadros de texto, controles de contenido, notas al pie que condicionan y pie «Página X de Y»."""

from pathlib import Path

from comun_docx import (
    CENTRADO,
    campo,
    documento,
    escribir,
    firmas,
    guardar,
    parrafo,
    tabla,
    titulo,
    tramo,
)
from docx.document import Document as Documento
from marcas_docx import agregar_notas, control, cuadro_de_texto, llamar_nota

DATOS = [
    "Fecha: 24 de setiembre de 2026",
    "Hora de inicio: 3:10 p. m.",
    "Hora de término: 6:00 p. m.",
    "Lugar: local del gremio de pescadores de la caleta San Judas, distrito de Sechura, provincia de Sechura, región Piura",
]

PARTICIPANTES = [
    "Blas Querevalú Eche, presidente del Gremio de Pescadores Artesanales de San Judas",
    "Maruja Fiestas Panta, representante de las vecinas de la caleta",
    "Jorge Luis Amaya Purizaca, Oficina General de Asuntos Sociales del Ministerio de la Producción (PRODUCE)",
    "Elvia Ruesta Chunga, gerenta de Infraestructura de la Municipalidad Provincial de Sechura",
    "Martín Zapata Olaya, jefe zonal de la EPS Grau S.A.",
    "Fiorella Benites Arrunátegui, relacionista de Energía Médano S.A.C.",
]

NOTAS = [
    "La obra queda sujeta a que el Ministerio de la Producción transfiera S/ 3 200 000 antes del cierre del año fiscal; sin esa transferencia la municipalidad no iniciará los trabajos.",
    "La EPS aclara que la reposición se hará solo si el informe técnico confirma que la bomba no tiene arreglo.",
]

PASOS = [
    ("Qué", "Quién", "Cuándo"),
    (
        "Remitir el padrón actualizado de pescadores",
        "Gremio de Pescadores Artesanales de San Judas",
        "2 de octubre de 2026",
    ),
    ("Cursar invitación al IMARPE para que exponga los resultados de su última evaluación", "", ""),
    ("Visita técnica al pozo de la caleta", "EPS Grau S.A.", "Por coordinar"),
    ("Próxima reunión, en la ciudad de Sechura", "PRODUCE", "29/10/2026"),
]


def _cabecera_y_pie(doc: Documento) -> None:
    cabecera = doc.sections[0].header.paragraphs[0]
    cabecera.alignment = CENTRADO
    escribir(
        cabecera, "Minuta N.° 004-2026 – Mesa de trabajo de la pesca artesanal de Sechura", puntos=8
    )
    pie = doc.sections[0].footer.paragraphs[0]
    pie.alignment = CENTRADO
    escribir(pie, "Página ")
    campo(pie, "PAGE")
    escribir(pie, " de ")
    campo(pie, "NUMPAGES")


def _compromisos(doc: Documento) -> None:
    p = parrafo(doc, "**C1.** ")
    p._p.append(control("responsable", tramo("El Ministerio de la Producción")))
    escribir(
        p,
        " entregará 45 equipos de seguridad a bordo (chaleco, bengala y GPS) a los pescadores empadronados de ",
    )
    p._p.append(control("ambito", tramo("Sechura y Vice")))
    escribir(p, ", hasta el ")
    p._p.append(control("fecha_limite", tramo("15 de diciembre de 2026")))
    escribir(p, ".")

    p = parrafo(
        doc,
        "**C2.** La Municipalidad Provincial de Sechura iniciará la obra del desembarcadero artesanal de la caleta San Judas, con CUI 2999651, en enero de 2027.",
    )
    llamar_nota(p, 1)

    p = parrafo(
        doc, "**C3.** La EPS Grau S.A. repondrá la bomba del pozo que abastece a la caleta."
    )
    llamar_nota(p, 2)

    parrafo(
        doc,
        "**C4.** El gremio realizará la limpieza de la playa con la participación de las familias.",
    )
    parrafo(
        doc,
        "**C5.** Energía Médano S.A.C. capacitará a veinte hijos de pescadores en mecánica de motores fuera de borda.",
    )

    cuadro_de_texto(
        parrafo(doc),
        [
            "ACUERDO AGREGADO A PEDIDO DEL GREMIO",
            "Energía Médano S.A.C. donará 30 redes cortineras al gremio en la primera semana de diciembre de 2026.",
        ],
        ancho_cm=15.5,
        alto_cm=1.9,
        numero=2,
    )


def fabricar(destino: Path) -> None:
    """Escribe `acta-05-sechura-pesca.docx` en la carpeta de destino."""
    doc = documento("Minuta N.° 004-2026", "PRODUCE", "Verdana", 10)
    _cabecera_y_pie(doc)
    agregar_notas(doc, NOTAS)
    titulo(
        doc,
        "MINUTA DE REUNIÓN DE TRABAJO",
        "Pesca artesanal y agua para la caleta San Judas",
        puntos=12,
    )
    cuadro_de_texto(parrafo(doc), DATOS, ancho_cm=15.5, alto_cm=3.1, numero=1)
    parrafo(doc, "**PARTICIPANTES**")
    lista = [parrafo(doc, f"• {persona}", sangria_cm=0.5)._p for persona in PARTICIPANTES]
    hueco = lista[0].getprevious()
    hueco.addnext(control("participantes", *lista))

    parrafo(doc, "**PUNTOS TRATADOS**")
    parrafo(
        doc,
        "El señor Querevalú solicitó que PRODUCE acorte la veda de la concha de abanico y que el IMARPE venga a la caleta a explicar su informe. "
        "El representante de PRODUCE contestó que la veda responde a una evaluación científica y que no puede modificarse en esta mesa; sobre lo segundo, dijo que se haría la invitación.",
    )
    parrafo(
        doc,
        "Las vecinas de la caleta piden que se arregle la bomba del pozo, malograda desde Semana Santa. También se quejaron del precio de la cisterna particular, que está en 12 soles el tanque. "
        "La relacionista de la empresa comentó que podrían ver el tema del agua el próximo año.",
    )
    parrafo(doc, "**COMPROMISOS ASUMIDOS**")
    _compromisos(doc)

    parrafo(doc, "**PRÓXIMOS PASOS**")
    pasos = tabla(doc, PASOS, [8, 5, 3])
    for columna, etiqueta, valor in ((1, "responsable", "PRODUCE"), (2, "plazo", "5 días hábiles")):
        celda = pasos.cell(2, columna)
        celda.paragraphs[0]._p.addprevious(control(etiqueta, parrafo(celda, valor, puntos=9)._p))
    parrafo(
        doc,
        "El gremio deja constancia de su malestar porque la Capitanía de Puerto no vino, siendo la tercera vez que no asiste.",
    )
    parrafo(
        doc, "Leída la presente minuta, los participantes la encuentran conforme y la suscriben."
    )
    firmas(doc, [persona.replace(", ", "\n", 1) for persona in PARTICIPANTES], puntos=8)
    guardar(doc, destino, "acta-05-sechura-pesca.docx")
