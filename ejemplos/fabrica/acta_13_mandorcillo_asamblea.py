"""Acta 13: asamblea de ronderos a máquina de escribir, sin ningún compromiso."""

from pathlib import Path

from comun_pdf import centrado, componer, estilo, parrafos
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import cm
from reportlab.platypus import Flowable, Frame, PageTemplate, Paragraph, Spacer

ARCHIVO = "acta-13-mandorcillo-asamblea.pdf"
TITULO = "ACTA DE ASAMBLEA INFORMATIVA CON EL SECTOR ENERGÍA Y MINAS"

APERTURA = [
    "EN LA COMUNIDAD CAMPESINA DE MANDORCILLO, distrito de El Carmen de la Frontera, provincia de Huancabamba, departamento de Piura, siendo las 8 y 30 de la mañana del día sábado 25 de abril del 2026, reunidos en la casa comunal los comuneros, las bases ronderiles y los visitantes que más abajo se nombran, se dio inicio a la asamblea bajo la dirección del compañero Isaías Neyra Huamán, presidente de la comunidad.",
]
PRESENTES = [
    "- Isaías Neyra Huamán, presidente de la comunidad.",
    "- Florencio Guerrero Peña, presidente de la Central de Rondas.",
    "- Digna Chuquicondor Meza, Comité de Mujeres.",
    "- Ing. Alonso Barrenechea Ruiz, Ministerio de Energía y Minas.",
    "- Abog. Tatiana Seminario Olaya, Dirección Regional de Energía y Minas.",
    "- Lic. Gerardo Pintado Calle, Defensoría del Pueblo.",
    "- Secretario de actas: Eleuterio Ramírez Cruz.",
]
INFORMES = [
    "El ingeniero Barrenechea saludó a la asamblea y dijo que venía a informar, no a imponer. Explicó que el petitorio «Páramo Alto 3» abarca 900 hectáreas y que hasta la fecha no hay ningún permiso de exploración aprobado. Mostró unas láminas del catastro.",
    "La abogada Seminario indicó que la Dirección Regional solo ve la pequeña minería y la minería artesanal, y que en el distrito tienen registrados a catorce mineros en vías de formalización.",
    "El compañero Guerrero recordó que en el año 2022 el ministerio se comprometió a traer los estudios del agua y nunca cumplió. Dijo que ya no creemos en papeles y que el páramo es la esponja de donde nace el río para Piura y para la selva.",
]
PEDIDOS = [
    "a) Que se anule el petitorio Páramo Alto 3 por estar encima de nuestras nacientes de agua.",
    "El ingeniero Barrenechea contestó que el otorgamiento de los títulos es un trámite reglado y que no es posible anularlo en una asamblea.",
    "b) La compañera Digna Chuquicondor exige que se archive la denuncia contra los cinco ronderos que resguardaban la laguna.",
    "La abogada contestó que eso le corresponde a la Fiscalía y no es competencia de la Dirección Regional.",
    "c) Pedimos que el ministro venga en persona a Mandorcillo y que escuche a la gente.",
    "El ingeniero tomó nota.",
    "d) Que el Gobierno Regional diga por escrito cuándo va a terminar la carretera a El Carmen, porque en tiempo de lluvia nadie pasa.",
    "No contestó nadie, por no estar presente el Gobierno Regional.",
    "e) La asamblea pide también dos profesores para el colegio, que llevan todo el mes sin clases de matemática.",
    "La abogada contestó que es asunto de la UGEL Huancabamba, adonde el mismo pedido ya fue derivado en el mes de marzo.",
]
DEBATE = [
    "Hubo varias intervenciones de las bases de Tambillo y Cajones. Unos dijeron que no se reciba más visitas y otros que se siga escuchando. Un comunero joven opinó que el Estado debería traer proyectos de riego en vez de mineras.",
    "El licenciado Pintado exhortó a las partes a mantener la calma y a no dejar el diálogo.",
    "Por voto de la mayoría, levantando la mano, la asamblea declara que no autoriza el ingreso de ninguna empresa ni de sus consultoras a territorio comunal. Asimismo se otorga al Gobierno un plazo de quince días para que responda los puntos a), b) y c); caso contrario, las rondas acatarán el paro provincial.",
    "No se fijó fecha de nueva reunión por no haber acuerdo sobre el lugar.",
]
CIERRE = [
    "SIN MÁS QUE TRATAR, se cerró la asamblea a las 2 de la tarde, dejando constancia de que los visitantes se retiraron con respeto y fueron acompañados por la ronda hasta el desvío. Firman los que saben y ponen su huella los que no.",
]


def fabricar(destino: Path) -> None:
    """Escribe el acta en la carpeta `destino`."""
    cuerpo = estilo("Courier", 10.5, alignment=0, leading=15)
    titulo = estilo("Courier-Bold", 10.5, alignment=0, spaceBefore=6)
    respuesta = estilo("Courier", 10.5, alignment=0, leading=15, leftIndent=1 * cm)
    historia: list[Flowable] = [
        Paragraph(f"<u>{TITULO}</u>", centrado("Courier-Bold", 11.5, spaceAfter=14))
    ]
    historia += parrafos(APERTURA, cuerpo)
    historia += [Paragraph("ESTUVIERON PRESENTES:", titulo), *parrafos(PRESENTES, cuerpo)]
    historia += [Paragraph("INFORMES", titulo), *parrafos(INFORMES, cuerpo)]
    historia += [Paragraph("PEDIDOS DE LA COMUNIDAD Y LO QUE CONTESTARON", titulo)]
    historia += [Paragraph(t, cuerpo if t[1] == ")" else respuesta) for t in PEDIDOS]
    historia += [Paragraph("DEBATE Y DECISIÓN DE LA ASAMBLEA", titulo), *parrafos(DEBATE, cuerpo)]
    historia += [*parrafos(CIERRE, cuerpo), Spacer(1, 34)]
    historia += parrafos(
        ["......................&nbsp;&nbsp;&nbsp;&nbsp;......................"], cuerpo
    )
    historia += parrafos(
        ["Isaías Neyra Huamán&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;Eleuterio Ramírez Cruz"],
        cuerpo,
    )
    marco = Frame(3 * cm, 2.2 * cm, A4[0] - 5.2 * cm, A4[1] - 4.4 * cm)
    componer(destino / ARCHIVO, [PageTemplate(id="normal", frames=[marco])], historia, TITULO, A4)
