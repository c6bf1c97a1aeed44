"""Acta 09: texto corrido de una oficina de gestión social, con cabecera y pie en cada página.

La frase del acuerdo 3 empieza en una página y termina en la siguiente.
"""

from pathlib import Path

from comun_pdf import centrado, componer, estilo, lienzo_con_total, parrafos
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Frame, PageTemplate, Paragraph, Spacer

ARCHIVO = "acta-09-quiruvilca-mesa.pdf"
TITULO = "ACTA DE LA SÉPTIMA SESIÓN DE LA MESA DE DIÁLOGO DEL DISTRITO DE QUIRUVILCA"

APERTURA = [
    "En el distrito de Quiruvilca, provincia de Santiago de Chuco, región La Libertad, siendo las 10:15 horas del día martes 18 de agosto de 2026, en el salón consistorial de la Municipalidad Distrital de Quiruvilca, se reunieron los representantes que se indican a continuación, con el objeto de llevar adelante la séptima sesión de la mesa de diálogo, convocada mediante Oficio Múltiple N.° 112-2026-MINEM/OGGS.",
]
ASISTENTES = [
    "Por el Poder Ejecutivo: la licenciada Maritza Ocaña Vílchez, de la Oficina General de Gestión Social (OGGS) del Ministerio de Energía y Minas, a cargo de la secretaría técnica; y el ingeniero Rubén Castañeda Lozano, de la Administración Local de Agua Huamachuco.",
    "Por el Gobierno Regional de La Libertad: el ingeniero Celso Polo Arteaga, de la Gerencia Regional de Transportes y Comunicaciones; y la obstetra Nancy Iparraguirre Solano, de la Red de Salud Santiago de Chuco.",
    "Por la Municipalidad Distrital de Quiruvilca: el alcalde, señor Hildebrando Murga Esquivel; y la ingeniera Sonia Benites Cueva, gerente de Infraestructura.",
    "Por la empresa Minera Cushuro S.A.C.: el señor Andrés Valdivieso Roca y la señora Lucía Farro Mendoza.",
    "Por la sociedad civil: el señor Wilmer Ruiz Paredes, presidente del Frente de Defensa de Quiruvilca; la señora Eudocia Llaro Campos, teniente gobernadora del caserío Pampa Larga; y el señor Teófilo Rebaza Haro, presidente de la Junta de Usuarios del sector San Felipe.",
]
AGENDA = [
    "1. Carretera Shorey – Quiruvilca.",
    "2. Calidad del agua del río San Felipe.",
    "3. Empleo local y proveedores.",
    "4. Otros.",
]
DESARROLLO = [
    (
        "Sobre la carretera",
        [
            "El ingeniero Polo informó que el expediente técnico registra un avance de 62 % y que el consultor tiene pendiente absolver las observaciones de hidrología y drenaje, por lo que todavía no puede aprobarse.",
            "El alcalde Murga manifestó su malestar por los retrasos. Recordó que en el acta del 24 de marzo la empresa se comprometió a regar la vía, lo que se hizo apenas dos semanas y después se dejó de lado. Señaló además que los vehículos pesados siguen transitando por la plaza pese a la ordenanza vigente.",
            "El señor Ruiz Paredes solicitó que la empresa retome el riego de la vía, porque el polvo está enfermando a los niños de la escuela. El señor Valdivieso explicó que la cisterna contratada estuvo en reparación desde mayo y que la situación ya fue superada.",
            "El señor Ruiz Paredes pidió también la construcción de un puente carrozable sobre la quebrada Mishahuanga. La OGGS precisó que el Ministerio de Transportes y Comunicaciones no integra la mesa, por lo que derivará el pedido a dicho sector.",
        ],
    ),
    (
        "Sobre el agua",
        [
            "El ingeniero Castañeda expuso los resultados del último control efectuado en el río San Felipe, en el que dos puntos superan el estándar para aluminio. Aclaró que esos valores se presentan también aguas arriba de la operación y que no se puede atribuir responsabilidades con una sola campaña.",
            "El señor Rebaza exigió que se haga un nuevo monitoreo del río con presencia de las autoridades de los caseríos, y no como la vez pasada que llegaron sin avisar. Dijo que la gente ya no cree en los informes que se quedan en los escritorios.",
            "La señora Llaro pidió que la empresa construya un reservorio para el caserío Pampa Larga. La señora Farro respondió que ese pedido no forma parte de su plan de gestión social y que no es posible atenderlo.",
        ],
    ),
    (
        "Sobre el empleo",
        [
            "Los dirigentes plantearon que se eleve a S/ 75 el jornal de la mano de obra no calificada. El señor Valdivieso tomó nota del planteamiento e indicó que lo consultaría con la gerencia en Lima.",
            "La ingeniera Benites hizo saber que el registro de proveedores del distrito no se actualiza desde el año 2024, y que muchos negocios que figuran en él cerraron durante la pandemia o se mudaron a Huamachuco.",
        ],
    ),
    (
        "Otros",
        [
            "La señora Llaro solicitó un médico permanente para el puesto de salud de Pampa Larga, que atiende con un solo técnico. La obstetra Iparraguirre hizo conocer las dificultades para cubrir plazas en zonas de altura y mencionó que los dos últimos concursos quedaron desiertos.",
        ],
    ),
]
ACUERDOS = [
    "1.- La empresa Minera Cushuro S.A.C. realizará el riego de la vía Shorey – Quiruvilca dos veces al día, de lunes a sábado, mientras dure el transporte de mineral.",
    "2.- El Gobierno Regional de La Libertad, a través de la Gerencia Regional de Transportes y Comunicaciones, culminará el expediente técnico del proyecto «Mejoramiento de la carretera departamental, tramo Shorey – Quiruvilca – Pampa Larga», con CUI 2999610, a más tardar el 30 de noviembre de 2026.",
    "3.- La Autoridad Nacional del Agua, en coordinación con la Junta de Usuarios del sector San Felipe, ejecutará un monitoreo participativo de la calidad del agua en doce (12) puntos del río San Felipe, desde la bocatoma de Pampa Larga hasta el puente de Shorey, tomando en cuenta las contramuestras que pida la población, en la segunda semana de setiembre de 2026.",
    "4.- La empresa Minera Cushuro S.A.C. contratará a treinta y cinco (35) pobladores de los caseríos Pampa Larga, Las Pajillas y El Zuro como mano de obra no calificada, respetando el padrón que apruebe cada asamblea.",
    "5.- La Municipalidad Distrital de Quiruvilca remitirá a la OGGS la relación actualizada de proveedores locales en un plazo de diez (10) días hábiles.",
    "6.- La Red de Salud Santiago de Chuco evaluará la posibilidad de destacar un médico al puesto de salud de Pampa Larga, de acuerdo con la disponibilidad de personal.",
    "7.- El Frente de Defensa de Quiruvilca no realizará medidas de fuerza en la vía mientras se cumplan los acuerdos de la presente acta.",
    "8.- La Municipalidad Distrital de Quiruvilca elaborará el perfil del sistema de riego tecnificado del sector San Felipe, para lo cual la Junta de Usuarios del sector San Felipe entregará el acta de libre disponibilidad del terreno hasta el 15 de setiembre.",
    "9.- La empresa Minera Cushuro S.A.C. publicará en la plaza de Quiruvilca los avisos de convocatoria de personal.",
    "10.- La Red de Salud Santiago de Chuco entregará medicamentos al puesto de salud de Pampa Larga.",
    "11.- En caso de incumplimiento de los numerales 1 y 3, la población se reserva el derecho de retomar la lucha.",
]
PROXIMA = [
    "La siguiente sesión se realizará el martes 22 de setiembre de 2026, a las 10:00 horas, en el centro poblado de Shorey. La OGGS remitirá la convocatoria con cinco días de anticipación.",
]
CONSTANCIAS = [
    "Se deja constancia de que la Gerencia Regional de Energía y Minas no asistió a la sesión pese a haber sido invitada.",
    "La señora Llaro dejó constancia de su desacuerdo con la respuesta de la empresa sobre el reservorio.",
]
CIERRE = [
    "No habiendo más asuntos que tratar, siendo las 16:40 horas, se dio por concluida la sesión, firmando los presentes en señal de conformidad.",
]
FIRMAS = [
    "____________________ Maritza Ocaña Vílchez – OGGS",
    "____________________ Celso Polo Arteaga – Gobierno Regional de La Libertad",
    "____________________ Hildebrando Murga Esquivel – alcalde",
    "____________________ Andrés Valdivieso Roca – Minera Cushuro S.A.C.",
    "____________________ Wilmer Ruiz Paredes – Frente de Defensa",
]


def adornar(lienzo: Canvas, pagina: int, total: int) -> None:
    ancho, alto = A4
    lienzo.setFont("Times-Italic", 8.5)
    lienzo.drawString(
        3 * cm, alto - 1.6 * cm, "Ministerio de Energía y Minas – Oficina General de Gestión Social"
    )
    lienzo.drawRightString(ancho - 2.5 * cm, alto - 1.6 * cm, "Acta N.° 007-2026-MD-QUIRUVILCA")
    lienzo.line(3 * cm, alto - 1.8 * cm, ancho - 2.5 * cm, alto - 1.8 * cm)
    lienzo.line(3 * cm, 1.9 * cm, ancho - 2.5 * cm, 1.9 * cm)
    lienzo.drawString(3 * cm, 1.5 * cm, "Secretaría técnica de la mesa de diálogo")
    lienzo.drawRightString(ancho - 2.5 * cm, 1.5 * cm, f"Página {pagina} de {total}")


def fabricar(destino: Path) -> None:
    """Escribe el acta en la carpeta `destino`."""
    cuerpo, seccion = estilo("Times-Roman", 11.5), estilo("Times-Bold", 12.5, spaceBefore=8)
    tema = estilo("Times-BoldItalic", 11.5, spaceBefore=4)
    historia: list[Flowable] = [Paragraph(TITULO, centrado("Times-Bold", 14, spaceAfter=46))]
    historia += parrafos(APERTURA, cuerpo)
    historia += [Paragraph("I. ASISTENTES", seccion), *parrafos(ASISTENTES, cuerpo)]
    historia += [Paragraph("II. AGENDA", seccion), *parrafos(AGENDA, cuerpo)]
    historia.append(Paragraph("III. DESARROLLO DE LA REUNIÓN", seccion))
    for titulo, textos in DESARROLLO:
        historia += [Paragraph(titulo, tema), *parrafos(textos, cuerpo)]
    historia += [Paragraph("IV. ACUERDOS", seccion)]
    historia += parrafos(
        ["Luego del intercambio de opiniones, se arribó a los siguientes acuerdos:"], cuerpo
    )
    historia += parrafos(ACUERDOS, cuerpo)
    historia += [Paragraph("V. PRÓXIMA REUNIÓN", seccion), *parrafos(PROXIMA, cuerpo)]
    historia += [Paragraph("VI. CONSTANCIAS", seccion), *parrafos(CONSTANCIAS, cuerpo)]
    historia += [*parrafos(CIERRE, cuerpo), Spacer(1, 0.7 * cm)]
    historia += parrafos(FIRMAS, estilo("Times-Roman", 10.5, spaceAfter=9))
    marco = Frame(3 * cm, 2.4 * cm, A4[0] - 5.5 * cm, A4[1] - 4.6 * cm, id="cuerpo")
    plantillas = [PageTemplate(id="normal", frames=[marco])]
    componer(destino / ARCHIVO, plantillas, historia, TITULO, A4, lienzo_con_total(adornar))
