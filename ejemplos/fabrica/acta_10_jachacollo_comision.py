"""Acta 10: comisión interregional a dos columnas, con títulos que cruzan ambas columnas."""

from pathlib import Path

from comun_pdf import centrado, componer, estilo, parrafos
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import cm
from reportlab.platypus import (
    Flowable,
    Frame,
    FrameBreak,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
)

ARCHIVO = "acta-10-jachacollo-comision.pdf"
TITULO = "ACTA DE LA SEGUNDA REUNIÓN ORDINARIA DE LA COMISIÓN TÉCNICA INTERREGIONAL MOQUEGUA – PUNO"

ENCABEZADO = ["Gestión del agua en la cuenca alta del río Jachacollo"]
DATOS = [
    "Fecha: 5 de junio de 2026",
    "Hora de inicio: 9:30 a. m.",
    "Hora de término: 2:15 p. m.",
    "Lugar: local multiusos del centro poblado de Jachapampa, distrito de Ichuña, provincia de General Sánchez Cerro, región Moquegua",
    "Modalidad: presencial",
]
MIEMBROS = [
    "– Ing. Ademir Quenaya Flor, Gobierno Regional de Moquegua (preside)",
    "– Ing. Yessica Coaquira Mamani, Gobierno Regional de Puno (secretaría técnica)",
    "– Abog. Hernán Vizcarra Tala, Autoridad Administrativa del Agua Caplina – Ocoña",
    "– M. V. Nélida Ticona Apaza, SENASA Puno",
    "– Sr. Leoncio Cutipa Ramos, alcalde distrital de Ichuña",
    "– Sra. Bertha Maquera Choque, regidora de la Municipalidad Distrital de Acora",
    "– Sr. Faustino Jarro Quispe, presidente de la Comunidad Campesina de Jachahuyo",
    "– Sr. Germán Paredes Llosa, Altipampa Minera S.A.C.",
]
AGENDA = [
    "a) Afianzamiento hídrico de la laguna Parihuanas.",
    "b) Situación sanitaria del ganado.",
    "c) Convenio entre ambos gobiernos regionales.",
]
INFORMES = [
    "4.1 La presidencia de la comisión dio lectura al acta de la primera reunión, que fue aprobada sin observaciones.",
    "4.2 El representante de la Autoridad Administrativa del Agua señaló que la laguna Parihuanas almacena en la actualidad 3,1 millones de metros cúbicos, y que la última medición en la toma Crucero se hizo en noviembre. Refirió que el año ha sido seco en toda la vertiente y que los caudales están por debajo del promedio.",
    "4.3 La representante de SENASA Puno informó que en los anexos Chilota y Viluyo se ha confirmado fasciolasis en uno de cada cuatro animales examinados.",
    "4.4 El representante de la empresa recordó que su licencia de uso de agua se encuentra vigente y que cumple con reportar sus volúmenes mensuales.",
]
PEDIDOS = [
    "5.1 El alcalde de Ichuña solicitó a la Autoridad Administrativa del Agua que entregue el balance hídrico de la laguna Parihuanas, pues hasta ahora la población no lo conoce.",
    "5.2 La regidora de Acora demandó que ninguna obra de regulación afecte los bofedales del lado puneño. Se abrió un debate sobre el límite entre ambas regiones, sin llegarse a una respuesta.",
    "5.3 El presidente de la comunidad de Jachahuyo reclamó una campaña de dosificación para los anexos, porque las alpacas se están muriendo y nadie viene.",
    "5.4 El mismo dirigente planteó que la empresa pague S/ 800 000 por el uso de la captación desde el año 2019. El representante de la empresa rechazó el planteamiento por carecer de sustento legal.",
    "5.5 La regidora de Acora pidió que el Ministerio de Economía y Finanzas incremente el canon de los distritos altoandinos. El representante del Gobierno Regional de Moquegua indicó que ello no es materia de la comisión y que elevará el pedido al Consejo Regional.",
]
ACUERDOS = [
    (
        "Acuerdo 1",
        "El Gobierno Regional de Moquegua, en coordinación con el Gobierno Regional de Puno, actualizará el perfil del proyecto de afianzamiento hídrico de la laguna Parihuanas, con código SNIP 999615, en el primer trimestre de 2027.",
    ),
    (
        "Acuerdo 2",
        "La Comunidad Campesina de Jachahuyo permitirá el ingreso de los técnicos de ambas regiones para el aforo del manantial Condoriri, los días 17 y 18 de junio de 2026.",
    ),
    (
        "Acuerdo 3",
        "La Autoridad Administrativa del Agua Caplina – Ocoña remitirá a la comisión el balance hídrico actualizado en un plazo de 20 días hábiles.",
    ),
    (
        "Acuerdo 4",
        "SENASA Puno realizará una campaña de dosificación contra la fasciolasis de 4 500 alpacas en los anexos Chilota y Viluyo, en el mes de julio del presente año.",
    ),
    (
        "Acuerdo 5",
        "La Municipalidad Distrital de Ichuña registrará como IOARR la reposición de la captación Crucero, con cargo a su canon, en su oportunidad.",
    ),
    (
        "Acuerdo 6",
        "Respecto de la compensación por el uso del agua no hubo consenso entre las partes.",
    ),
    (
        "Acuerdo 7",
        "El Gobierno Regional de Moquegua y el Gobierno Regional de Puno suscribirán el convenio de vigilancia de la calidad del agua del río Jachacollo en el plazo de dos meses.",
    ),
    (
        "Acuerdo 8",
        "Altipampa Minera S.A.C. financiará el estudio hidrogeológico del manantial Condoriri hasta por S/ 180 000,00. Plazo: por definir.",
    ),
    (
        "Acuerdo 9",
        "La Autoridad Administrativa del Agua Caplina – Ocoña instalará dos reglas de medición de nivel en la laguna Parihuanas.",
    ),
    (
        "Acuerdo 10",
        "El Gobierno Regional de Puno apoyará con forraje a los criadores del distrito de Acora.",
    ),
]
PROXIMA = [
    "La comisión volverá a reunirse la primera semana de setiembre de 2026 en el distrito de Acora, provincia y región Puno.",
    "La secretaría técnica circulará el proyecto de acta a los integrantes en 72 horas.",
]
CONSTANCIAS = [
    "El presidente de la Comunidad Campesina de Jachahuyo deja constancia de que firma el acta en calidad de asistente, pues debe dar cuenta a su asamblea.",
    "No habiendo otro asunto que tratar, se levantó la reunión a las 2:15 p. m. del mismo día.",
]
FIRMAS = [
    "Ademir Quenaya Flor",
    "Yessica Coaquira Mamani",
    "Hernán Vizcarra Tala",
    "Nélida Ticona Apaza",
]
FIRMAS_2 = [
    "Leoncio Cutipa Ramos",
    "Bertha Maquera Choque",
    "Faustino Jarro Quispe",
    "Germán Paredes Llosa",
]

MARGEN, ANCHO = 2 * cm, (A4[0] - 4.8 * cm) / 2
DERECHA = MARGEN + ANCHO + 0.8 * cm


def franja(abajo: float, alto: float) -> Frame:
    """Marco de lado a lado de la página; medidas en centímetros desde el borde inferior."""
    return Frame(MARGEN, abajo * cm, A4[0] - 2 * MARGEN, alto * cm)


def columnas(abajo: float, alto: float) -> list[Frame]:
    """Par de columnas; medidas en centímetros desde el borde inferior."""
    return [Frame(x, abajo * cm, ANCHO, alto * cm) for x in (MARGEN, DERECHA)]


def fabricar(destino: Path) -> None:
    """Escribe el acta en la carpeta `destino`."""
    cuerpo = estilo("Helvetica", 9.5, spaceAfter=5)
    lista = estilo("Helvetica", 9.5, alignment=0, spaceAfter=3)
    seccion = estilo("Helvetica-Bold", 10, spaceBefore=6, alignment=0)
    ancho = centrado("Helvetica-Bold", 12, backColor="#d9e2ec", borderPadding=3)
    historia: list[Flowable] = [Paragraph(TITULO, centrado("Helvetica-Bold", 13.5))]
    historia += [*parrafos(ENCABEZADO, centrado("Helvetica", 11, spaceAfter=3)), FrameBreak()]
    historia += [Paragraph("1. Datos de la reunión", seccion), *parrafos(DATOS, lista)]
    historia += [Paragraph("2. Miembros presentes", seccion), *parrafos(MIEMBROS, lista)]
    historia += [Paragraph("3. Agenda", seccion), *parrafos(AGENDA, lista), FrameBreak()]
    historia += [Paragraph("DESARROLLO DE LA REUNIÓN", ancho), FrameBreak()]
    historia += [Paragraph("4. Informes", seccion), *parrafos(INFORMES, cuerpo)]
    historia += [Paragraph("5. Pedidos", seccion), *parrafos(PEDIDOS, cuerpo)]
    historia += [NextPageTemplate("segunda"), PageBreak()]
    historia += [Paragraph("ACUERDOS DE LA COMISIÓN", ancho), FrameBreak()]
    historia += parrafos([f"<b>{numero}.</b> {texto}" for numero, texto in ACUERDOS], cuerpo)
    historia += [
        FrameBreak(),
        Paragraph("PRÓXIMA REUNIÓN, CONSTANCIAS Y FIRMAS", ancho),
        FrameBreak(),
    ]
    historia += [Paragraph("Próxima reunión", seccion), *parrafos(PROXIMA, cuerpo), FrameBreak()]
    historia += [Paragraph("Constancias", seccion), *parrafos(CONSTANCIAS, cuerpo), FrameBreak()]
    rubrica = estilo("Helvetica", 9, spaceBefore=16)
    historia += [*parrafos([f"_______________<br/>{f}" for f in FIRMAS], rubrica), FrameBreak()]
    historia += parrafos([f"_______________<br/>{f}" for f in FIRMAS_2], rubrica)
    primera = [franja(25.6, 2.9), *columnas(16.2, 9.2), franja(14.8, 1.2), *columnas(1.8, 12.8)]
    segunda = [franja(26.6, 1.3), *columnas(17, 9.4), franja(15.5, 1.3), *columnas(10.6, 4.6)]
    plantillas = [
        PageTemplate(id="primera", frames=primera),
        PageTemplate(id="segunda", frames=[*segunda, *columnas(2, 8.4)]),
    ]
    componer(destino / ARCHIVO, plantillas, historia, TITULO, A4)
