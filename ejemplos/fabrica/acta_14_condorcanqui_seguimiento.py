"""Acta 14: comité de seguimiento que solo da cuenta de compromisos anteriores y de su estado."""

from pathlib import Path

from comun_pdf import centrado, componer, estilo, parrafos, registrar_vera
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import cm
from reportlab.platypus import Flowable, Frame, PageTemplate, Paragraph, Spacer, Table

ARCHIVO = "acta-14-condorcanqui-seguimiento.pdf"
TITULO = (
    "ACTA DE LA QUINTA SESIÓN DEL COMITÉ DE SEGUIMIENTO DE ACUERDOS DE LA PROVINCIA DE CONDORCANQUI"
)

APERTURA = [
    "Modalidad: virtual. Fecha: 14 de julio de 2026. Inicio: 15:05 h. Término: 16:50 h.",
    "A los 14 días del mes de julio de 2026, mediante la plataforma de videoconferencia de la PCM, y con grabación de la sesión conforme a las reglas para reuniones digitales, se desarrolló la quinta sesión del comité, con el único objeto de revisar el estado de los acuerdos del acta suscrita el 11 de noviembre de 2025 en la localidad de Santa María de Nieva.",
]
CONECTADOS = [
    "Rosaura Alván Pinedo, Secretaría de Gestión Social y Diálogo (SGSD); Demetrio Tsamajain Wisum, Federación Awajún del Alto Nieva; Irma Ujukam Shimpu, Consejo Wampis de Río Santiago; Óscar Bazán Tafur, Gobierno Regional de Amazonas; Gisela Puerta Chuquizuta, Red de Salud Condorcanqui; Luis Dávila Grández, Municipalidad Provincial de Condorcanqui; Carmen Loli Espejo, Programa Nacional de Saneamiento Rural (PNSR); Félix Arista Trigoso, UGEL Condorcanqui.",
]
CABECERA = [
    "N.°",
    "Compromiso (acta del 11/11/2025)",
    "Responsable",
    "Situación informada en la sesión",
    "Estado",
]
ESTADO = [
    [
        "3",
        "Instalar nueve plantas de tratamiento de agua en comunidades del distrito de Nieva",
        "PNSR",
        "Seis plantas operan desde marzo. Las tres restantes se encuentran en almacén de Bagua por la crecida del río.",
        "En proceso",
    ],
    [
        "4",
        "Elaborar el expediente técnico del puente de Huampami (CUI 2999640)",
        "Gobierno Regional de Amazonas",
        "El consultor entregó el segundo informe en mayo. Observado por suelos.",
        "En proceso",
    ],
    [
        "7",
        "Contratar doce técnicos en enfermería bilingües",
        "Red de Salud Condorcanqui",
        "Se contrató a los doce técnicos; siete continúan laborando.",
        "Cumplido",
    ],
    [
        "8",
        "Dotar de dos deslizadores a la Red de Salud",
        "Gobierno Regional de Amazonas",
        "No se asignó presupuesto en el PIA 2026.",
        "Incumplido",
    ],
    [
        "11",
        "Dictar talleres de educación intercultural a 140 docentes",
        "UGEL Condorcanqui",
        "Concluyeron en febrero. Se tiene las listas de asistencia.",
        "Cumplido",
    ],
    [
        "15",
        "Realizar la limpieza de la trocha Nieva – Saramiriza, 18 km",
        "Municipalidad Provincial de Condorcanqui",
        "La municipalidad refiere que la maquinaria estuvo inoperativa. Sin fecha.",
        "Por iniciar",
    ],
    [
        "16",
        "Presentar el estudio de navegabilidad del río Santiago",
        "Municipalidad Provincial de Condorcanqui",
        "Lo viene haciendo otra entidad; las partes lo retiraron de la matriz en la cuarta sesión.",
        "Desestimado",
    ],
    [
        "19",
        "Entregar material educativo en lengua awajún a 31 escuelas",
        "UGEL Condorcanqui",
        "No se cuenta con respuesta al oficio de requerimiento.",
        "Sin información",
    ],
]
COMENTARIOS = [
    "La delegada del Consejo Wampis manifestó que un pozo seco no es un compromiso cumplido y que las cifras no muestran lo que pasa en las comunidades más alejadas. El apu Tsamajain cuestionó que el puente lleve tres años en estudios.",
    "El apu Tsamajain pidió al Gobierno Regional de Amazonas que los deslizadores sean considerados en el presupuesto del año 2027. El señor Bazán tomó nota y no adelantó opinión.",
    "El representante de la municipalidad precisó que el mantenimiento de la trocha fue programado dos veces, en marzo y en mayo, y que en ambas oportunidades la lluvia lo impidió.",
    "La SGSD explicó que, de los ocho acuerdos revisados, dos figuran como cumplidos, dos en proceso, uno por iniciar, uno incumplido, uno desestimado y uno sin información, y que en la sesión no se han asumido compromisos nuevos.",
]
SIGUIENTE = [
    "La sexta sesión del comité se desarrollará de manera presencial el 30 de setiembre de 2026 en Santa María de Nieva.",
]
CIERRE = [
    "Leída el acta en pantalla, los participantes expresaron su conformidad a viva voz, por lo que no requiere firma física.",
    "La sesión concluyó a las 16:50 horas.",
]


def fabricar(destino: Path) -> None:
    """Escribe el acta en la carpeta `destino`."""
    registrar_vera()
    cuerpo = estilo("Vera", 9.6)
    celda = estilo("Vera", 8.6, alignment=0, spaceAfter=0)
    negrita = estilo("Vera-Negrita", 8.6, alignment=0, spaceAfter=0)
    seccion = estilo("Vera-Negrita", 10.5, alignment=0, spaceBefore=5)
    filas = [[Paragraph(t, negrita) for t in CABECERA]]
    filas += [[Paragraph(t, celda) for t in fila] for fila in ESTADO]
    tabla = Table(
        filas,
        colWidths=[1 * cm, 4.9 * cm, 3.3 * cm, 5.1 * cm, 2.7 * cm],
        repeatRows=1,
        style=[
            ("LINEABOVE", (0, 0), (-1, 0), 1.2, colors.black),
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, colors.black),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ],
    )
    historia: list[Flowable] = [Paragraph(TITULO, centrado("Vera-Negrita", 12, spaceAfter=12))]
    historia += parrafos(APERTURA, cuerpo)
    historia += [Paragraph("Participantes conectados", seccion), *parrafos(CONECTADOS, cuerpo)]
    historia += [Paragraph("Estado de los compromisos", seccion), tabla, Spacer(1, 6)]
    historia += [
        Paragraph("Comentarios de los integrantes", seccion),
        *parrafos(COMENTARIOS, cuerpo),
    ]
    historia += [Paragraph("Siguiente sesión", seccion), *parrafos(SIGUIENTE, cuerpo)]
    historia += [Paragraph("Cierre", seccion), *parrafos(CIERRE, cuerpo)]
    marco = Frame(2 * cm, 2 * cm, A4[0] - 4 * cm, A4[1] - 4 * cm)
    componer(destino / ARCHIVO, [PageTemplate(id="normal", frames=[marco])], historia, TITULO, A4)
