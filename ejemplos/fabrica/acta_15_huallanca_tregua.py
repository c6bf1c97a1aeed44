"""Acta 15: tregua firmada en la carretera, con acuerdos «PRIMERO:», «SEGUNDO:»; PDF de LibreOffice."""

from pathlib import Path

from comun_pdf import exportar_con_libreoffice
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

ARCHIVO = "acta-15-huallanca-tregua.pdf"
TITULO = "ACTA DE ENTENDIMIENTO Y TREGUA"

APERTURA = [
    "A la altura del km 112 de la carretera Huallanca – Conococha, sector Puente Piedra, distrito de Huallanca, provincia de Bolognesi, región Áncash, siendo las 16:30 horas del 10 de noviembre de 2026, y al cuarto día de iniciado el paro, se reunieron las personas que firman al pie, con la finalidad de encontrar una salida a la medida de fuerza.",
]
PARTES = [
    (
        "Por el Estado:",
        "Ricardo Zavala Pflucker, de la Secretaría de Gestión Social y Diálogo de la Presidencia del Consejo de Ministros (PCM); Marleny Trejo Sotelo, subprefecta provincial; Comandante PNP Hugo Arellano Casas; Ernesto Milla Norabuena, alcalde de la Municipalidad Distrital de Huallanca.",
    ),
    (
        "Por la empresa Compañía Minera Torre Blanca S.A. (en adelante, la empresa):",
        "Claudia Raffo Bentín, gerente de Relaciones Comunitarias.",
    ),
    (
        "Por la población:",
        "Aurelio Cotrina Laos, presidente del Frente de Defensa de Huallanca; Marcelina Espíritu Duran, presidenta de la Comunidad Campesina de Racrachaca; y Jhon Berrospi Nieves, de la Asociación de Transportistas.",
    ),
]
HECHOS = [
    "El Frente de Defensa expuso que la rotura de la tubería de relaves del día 4 dejó sin agua al barrio San Juan y que nadie les dio una explicación. Exigió el retiro definitivo de la empresa. La gerente lamentó lo ocurrido y rechazó el pedido de retiro, ya que la empresa cuenta con todos sus permisos en regla.",
    "La señora Espíritu reclamó que se pague el ganado muerto. La gerente señaló que primero debe pronunciarse la autoridad sanitaria y que recién entonces se verá. El comandante informó que hay dos manifestantes heridos y un efectivo contuso. Tras cuatro horas de conversación y dos suspensiones, las partes acuerdan:",
]
ACUERDOS = [
    (
        "PRIMERO:",
        "El Frente de Defensa de Huallanca y la Comunidad Campesina de Racrachaca levantarán el bloqueo en el sector Puente Piedra desde las 06:00 horas del 11 de noviembre de 2026.",
    ),
    (
        "SEGUNDO:",
        "El Frente de Defensa de Huallanca otorga una tregua de treinta (30) días calendario, contados a partir de la fecha.",
    ),
    (
        "TERCERO:",
        "La empresa abastecerá de agua potable al barrio San Juan con tres cisternas diarias, dentro de las 48 horas de firmada la presente.",
    ),
    (
        "CUARTO:",
        "La empresa retirará la denuncia presentada contra los comuneros de Racrachaca en el plazo de cinco (5) días hábiles.",
    ),
    (
        "QUINTO:",
        "El Organismo de Evaluación y Fiscalización Ambiental (OEFA) realizará una supervisión especial en la presa de relaves en un plazo de 15 días, según lo confirmado por teléfono a la PCM.",
    ),
    (
        "SEXTO:",
        "La Municipalidad Distrital de Huallanca iniciará la obra de rehabilitación de la captación San Juan, CUI 2999650, con apoyo de maquinaria de la empresa, a más tardar el 30 de noviembre.",
    ),
    (
        "SÉTIMO:",
        "La empresa asumirá los gastos de curación de los dos heridos hasta su total recuperación.",
    ),
    (
        "OCTAVO:",
        "La Policía Nacional del Perú replegará a su personal del sector Puente Piedra de manera inmediata.",
    ),
    (
        "NOVENO:",
        "La PCM instalará la mesa de diálogo de Huallanca el 20 de noviembre de 2026, en el auditorio municipal. Para tal efecto, el Frente de Defensa de Huallanca acreditará a cinco delegados hasta el 16 de noviembre.",
    ),
    (
        "DÉCIMO:",
        "La Asociación de Transportistas garantiza el libre tránsito de pasajeros y de alimentos.",
    ),
    ("UNDÉCIMO:", "La empresa abrirá una oficina de información en el barrio San Juan."),
    (
        "DUODÉCIMO:",
        "La Municipalidad Distrital de Huallanca repartirá víveres a las familias del barrio San Juan.",
    ),
    (
        "DÉCIMO TERCERO:",
        "De no cumplirse los puntos tercero y quinto, la tregua quedará sin efecto y se reiniciará la medida de fuerza de manera indefinida.",
    ),
]
CIERRE = [
    "La Defensoría del Pueblo participó como observadora y no suscribe el acta. Siendo las 21:10 horas se leyó la presente en voz alta ante la población y se firmó en tres ejemplares de igual tenor.",
]
FIRMAS = [
    "R. Zavala – PCM",
    "C. Raffo – la empresa",
    "A. Cotrina – Frente de Defensa",
    "M. Espíritu – Racrachaca",
]


def fabricar(destino: Path) -> None:
    """Escribe el acta en la carpeta `destino`, si hay LibreOffice."""
    documento = Document()
    hoja = documento.sections[0]
    hoja.page_width, hoja.page_height = Cm(21), Cm(29.7)
    hoja.left_margin = hoja.right_margin = Cm(2.6)
    normal = documento.styles["Normal"]
    normal.font.name, normal.font.size = "Liberation Sans", Pt(11)
    normal.paragraph_format.space_after = Pt(8)
    titulo = documento.add_paragraph()
    titulo.alignment = WD_ALIGN_PARAGRAPH.CENTER
    letra = titulo.add_run(TITULO)
    letra.bold, letra.underline, letra.font.size = True, True, Pt(14)

    def agregar(texto: str, rotulo: str = "") -> None:
        parrafo = documento.add_paragraph()
        parrafo.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        if rotulo:
            parrafo.add_run(f"{rotulo} ").bold = True
        parrafo.add_run(texto)

    for texto in APERTURA:
        agregar(texto)
    for rotulo, texto in PARTES:
        agregar(texto, rotulo)
    for texto in HECHOS:
        agregar(texto)
    for rotulo, texto in ACUERDOS:
        agregar(texto, rotulo)
    for texto in CIERRE:
        agregar(texto)
    for firma in FIRMAS:
        documento.add_paragraph(
            f"\n______________________\n{firma}"
        ).paragraph_format.keep_together = True
    exportar_con_libreoffice(documento, destino / ARCHIVO)
