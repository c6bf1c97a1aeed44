"""Acta 16: ficha de dos días, sin líneas de tabla, con «Acuerdo N° 1» y «Responsable: … Plazo: …»."""

from pathlib import Path

from comun_pdf import exportar_con_libreoffice
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt
from docx.table import Table

ARCHIVO = "acta-16-atalaya-ficha.pdf"
TITULO = "ACTA DE LA REUNIÓN MULTISECTORIAL CON LAS COMUNIDADES NATIVAS DEL ALTO UNINI"

DATOS = [
    ("Fecha:", "21 y 22 de setiembre de 2026"),
    (
        "Lugar:",
        "Local comunal de la Comunidad Nativa Nueva Alianza, distrito de Raymondi, provincia de Atalaya, región Ucayali",
    ),
    ("Inicio:", "8.40 am del primer día"),
    ("Término:", "1.15 pm del segundo día"),
    ("Intérprete:", "Sra. Eusebia Camaiteri Pérez (ashéninka)"),
]
PARTICIPANTES = [
    ("1", "Noé Quinchori Sharete", "Jefe de la C. N. Nueva Alianza", "00001601"),
    ("2", "Eusebia Camaiteri Pérez", "Intérprete", "00001602"),
    (
        "3",
        "Miqueas Pishagua Campos",
        "Presidente de la Federación Ashéninka del Alto Unini",
        "00001603",
    ),
    ("4", "Lidia Vásquez Panaifo", "Gobierno Regional de Ucayali", "00001604"),
    ("5", "Roger Sinarahua Tello", "Dirección Regional de Agricultura de Ucayali", "00001605"),
    ("6", "Katia Rengifo Da Silva", "Red de Salud Atalaya", "00001606"),
    ("7", "Wilder Ochavano Ríos", "UGEL Atalaya", "00001607"),
    ("8", "Sergio Bustíos Alegría", "Municipalidad Provincial de Atalaya", "00001608"),
    ("9", "Inés Montalván Cieza", "Defensoría del Pueblo", "00001609"),
]
TEMAS: list[tuple[str, str, list[tuple[str, str, str, str]]]] = [
    (
        "TEMA 1: TERRITORIO",
        "Queremos que se titule la ampliación de nuestro territorio, que esperamos desde el tiempo de nuestros abuelos.",
        [
            (
                "Acuerdo N° 1",
                "Culminar el levantamiento topográfico de la ampliación territorial de Nueva Alianza y Puerto Cantagallo.",
                "Dirección Regional de Agricultura de Ucayali",
                "30 días hábiles desde la firma del acta",
            )
        ],
    ),
    (
        "TEMA 2: SALUD",
        "Solicitamos que se construya la posta de Nueva Alianza, pues la que tenemos es de madera y ya no sirve.",
        [
            (
                "Acuerdo N° 2",
                "Construir el puesto de salud de Nueva Alianza (CUI 2999660).",
                "Gobierno Regional de Ucayali",
                "segundo semestre de 2027",
            ),
            (
                "Acuerdo N° 3",
                "Realizar tres campañas de atención itinerante en las comunidades del Alto Unini, con apoyo de combustible de la Municipalidad Provincial de Atalaya.",
                "Red de Salud Atalaya",
                "octubre, noviembre y diciembre de 2026",
            ),
        ],
    ),
    (
        "TEMA 3: EDUCACIÓN",
        "Necesitamos profesores que hablen nuestra lengua.",
        [
            (
                "Acuerdo N° 4",
                "Contratar ocho docentes bilingües para las escuelas de la zona.",
                "UGEL Atalaya",
                "inicio del año escolar 2027",
            ),
            (
                "Acuerdo N° 5",
                "Entregar mobiliario y útiles a las escuelas de la zona.",
                "Gobierno Regional de Ucayali",
                "—",
            ),
        ],
    ),
    (
        "TEMA 4: TRANSPORTE FLUVIAL",
        "Pedimos el arreglo del embarcadero de Puerto Cantagallo, que se llevó la creciente.",
        [
            (
                "Acuerdo N° 6",
                "Rehabilitar el embarcadero de Puerto Cantagallo.",
                "por definir",
                "por definir",
            )
        ],
    ),
    (
        "TEMA 5: SEGUIMIENTO",
        "",
        [
            (
                "Acuerdo N° 7",
                "Acreditar a tres delegados por comunidad ante el Gobierno Regional de Ucayali.",
                "Federación Ashéninka del Alto Unini",
                "hasta el 09/10/2026",
            ),
            (
                "Acuerdo N° 8",
                "Hacer seguimiento a los acuerdos de la presente acta.",
                "Defensoría del Pueblo",
                "permanente",
            ),
        ],
    ),
]
OTROS = [
    (
        "OTROS PEDIDOS",
        "El jefe de Nueva Alianza pidió que se cancele la concesión forestal que se superpone a la comunidad. La representante del Gobierno Regional de Ucayali aclaró que el caso se encuentra judicializado, por lo que no puede acogerlo.",
    ),
    (
        "CONSTANCIAS",
        "Durante el primer día los delegados se reunieron a solas por dos horas. El segundo día se retomó la reunión con los mismos asistentes, excepto el representante de la municipalidad, quien se retiró a las 11.00 am.",
    ),
    (
        "CIERRE",
        "Leída el acta en castellano y en ashéninka, se da por terminada la reunión a la 1.15 pm del 22 de setiembre de 2026, firmando los asistentes en señal de conformidad.",
    ),
]


def fijar_anchos(tabla: Table, anchos: list[float]) -> None:
    """Da a cada columna su ancho en centímetros."""
    tabla.autofit = False
    for columna, ancho in zip(tabla.columns, anchos, strict=True):
        columna.width = Cm(ancho)
    for fila in tabla.rows:
        for celda, ancho in zip(fila.cells, anchos, strict=True):
            celda.width = Cm(ancho)
            celda.paragraphs[0].paragraph_format.space_after = Pt(3)


def fabricar(destino: Path) -> None:
    """Escribe el acta en la carpeta `destino`, si hay LibreOffice."""
    documento = Document()
    hoja = documento.sections[0]
    hoja.page_width, hoja.page_height = Cm(21), Cm(29.7)
    hoja.left_margin = hoja.right_margin = Cm(2.3)
    normal = documento.styles["Normal"]
    normal.font.name, normal.font.size = "DejaVu Serif", Pt(9.5)
    normal.paragraph_format.space_after = Pt(6)

    def rotular(texto: str, tamano: float = 10) -> None:
        parrafo = documento.add_paragraph()
        parrafo.paragraph_format.keep_with_next = True
        letra = parrafo.add_run(texto)
        letra.bold, letra.font.size = True, Pt(tamano)

    rotular(TITULO, 12)
    documento.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    datos = documento.add_table(rows=0, cols=2)
    for etiqueta, valor in DATOS:
        celdas = datos.add_row().cells
        celdas[0].paragraphs[0].add_run(etiqueta).bold = True
        celdas[1].text = valor
    fijar_anchos(datos, [2.6, 13.8])

    rotular("\nPARTICIPANTES")
    lista = documento.add_table(rows=0, cols=4)
    for fila in [("N°", "Nombres y apellidos", "Cargo o entidad", "DNI"), *PARTICIPANTES]:
        for celda, texto in zip(lista.add_row().cells, fila, strict=True):
            celda.text = texto
    fijar_anchos(lista, [1, 5.2, 7.8, 2.4])

    rotular("\nDESARROLLO Y ACUERDOS")
    for tema, pedido, acuerdos in TEMAS:
        rotular(tema)
        if pedido:
            documento.add_paragraph().add_run(f"«{pedido}»").italic = True
        ficha = documento.add_table(rows=0, cols=2)
        for numero, texto, responsable, plazo in acuerdos:
            celdas = ficha.add_row().cells
            celdas[0].text, celdas[1].text = numero, texto
            celdas[1].add_paragraph(f"Responsable: {responsable}        Plazo: {plazo}")
        fijar_anchos(ficha, [3.2, 13.2])
    for rotulo, texto in OTROS:
        rotular(rotulo)
        documento.add_paragraph(texto).alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    exportar_con_libreoffice(documento, destino / ARCHIVO)
