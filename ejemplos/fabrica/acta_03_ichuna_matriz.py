"""Acta 03: matriz con celdas combinadas; el responsable abarca varias filas y los ejes, todo el ancho."""

from pathlib import Path

from comun_docx import documento, firmas, guardar, parrafo, tabla, titulo

DATOS = [
    ("Fecha", "03/09/2026"),
    ("Hora", "Inicio: 09:00 horas. Término: 15:30 horas"),
    (
        "Lugar",
        "Local multiusos de la Municipalidad Distrital de Ichuña, provincia de General Sánchez Cerro, departamento de Moquegua",
    ),
    ("Modalidad", "Presencial"),
]

PARTICIPANTES = [
    ("Entidad", "Representante", "Cargo"),
    (
        "Oficina General de Gestión Social (OGGS) – MINEM",
        "Tatiana Berrospi Salinas",
        "Secretaria técnica",
    ),
    ("Gobierno Regional de Moquegua", "Edgar Mamani Flor", "Gerente de Infraestructura"),
    (
        "Gerencia Regional de Salud de Moquegua",
        "Noelia Vizcarra Tala",
        "Responsable de Salud Colectiva",
    ),
    ("Municipalidad Distrital de Ichuña", "Grimaldo Ventura Ccama", "Gerente municipal"),
    ("Autoridad Nacional del Agua (ANA)", "Iván Portugal Sosa", "Especialista en calidad de agua"),
    ("Comunidad Campesina de Chaje Alto", "Leoncio Maquera Ticona", "Presidente"),
    ("Minera Qorimayo S.A.C.", "Romina Salas Delgado", "Superintendenta de Asuntos Sociales"),
]

MATRIZ = [
    ("N.°", "Pedido", "Acuerdo", "Responsable", "Plazo"),
    ("EJE 1: TRANSPORTE Y RIEGO", "", "", "", ""),
    (
        "1",
        "Mantenimiento de la vía Ichuña – Jatunpata",
        "Realizar el mantenimiento rutinario de 18 km con maquinaria alquilada",
        "Municipalidad Distrital de Ichuña",
        "30/10/2026",
    ),
    (
        "2",
        "Puente carrozable en Chaje Alto",
        "Elaborar el perfil del proyecto (CUI 2999631)",
        "Gobierno Regional de Moquegua",
        "Primer trimestre de 2027",
    ),
    (
        "3",
        "Represa Pasto Alto",
        "Transferir a la Municipalidad Distrital el expediente técnico ya culminado",
        "",
        "Por definir",
    ),
    (
        "4",
        "Riego tecnificado para los anexos de Yunga y Lloque",
        "Se incluirá el proyecto en la programación multianual de inversiones 2027-2029",
        "",
        "—",
    ),
    ("EJE 2: EMPLEO Y DESARROLLO ECONÓMICO LOCAL", "", "", "", ""),
    (
        "5",
        "Puestos de trabajo para los comuneros empadronados",
        "Contratar a 35 comuneros en turnos rotativos",
        "Minera Qorimayo S.A.C.",
        "A partir del 1 de octubre de 2026",
    ),
    (
        "6",
        "Compra de productos locales",
        "Comprar carne de alpaca, papa y habas a las asociaciones de la zona",
        "",
        "Permanente",
    ),
    (
        "7",
        "Becas universitarias para los hijos de los comuneros",
        "El pedido será elevado al comité corporativo de la empresa",
        "",
        "Siguiente reunión",
    ),
    (
        "8",
        "Piscigranja en la laguna Jucumarini Chico",
        "No procede: la resolución de la ANA no permite ese uso",
        "—",
        "—",
    ),
    ("EJE 3: SALUD Y AMBIENTE", "", "", "", ""),
    (
        "9",
        "Médicos especialistas para el centro de salud de Ichuña",
        "Realizar una campaña de ginecología y pediatría durante tres días",
        "Gerencia Regional de Salud de Moquegua",
        "",
    ),
    (
        "10",
        "Explicación por la mortandad de truchas en el río Ichuña",
        "La ANA realizará un monitoreo participativo en ocho puntos del río.\nLa ANA expondrá los resultados ante la asamblea comunal.",
        "ANA",
        "15 días hábiles",
    ),
    (
        "11",
        "",
        "Acreditar a cuatro monitores comunales",
        "Comunidad Campesina de Chaje Alto",
        "18.09.2026",
    ),
    (
        "12",
        "Forestación de las nacientes",
        "Entregar 5 000 plantones de queñual a los anexos",
        "Minera Qorimayo S.A.C.",
        "",
    ),
    (
        "13",
        "Agua para el anexo de Jatunpata",
        "Instalar dos tanques de 2 500 litros en la escuela",
        "Municipalidad Distrital de Ichuña",
        "",
    ),
]

EJES = (1, 6, 11)
COMBINADAS = [(3, 3, 5), (3, 7, 9), (1, 13, 14)]


def fabricar(destino: Path) -> None:
    """Escribe `acta-03-ichuna-matriz.docx` en la carpeta de destino."""
    doc = documento(
        "Acta de reunión del comité de seguimiento",
        "OGGS",
        "Arial Narrow",
        10.5,
        margen_cm=2,
        apaisado=True,
    )
    titulo(
        doc,
        "ACTA DE REUNIÓN N.° 05-2026",
        "COMITÉ DE SEGUIMIENTO DE ACUERDOS DEL DISTRITO DE ICHUÑA",
        puntos=12,
    )
    tabla(doc, DATOS, [3.5, 22], encabezado=False)
    parrafo(doc, "**PARTICIPANTES**")
    tabla(doc, PARTICIPANTES, [11, 7.5, 7])
    parrafo(doc, "**DESARROLLO**")
    parrafo(
        doc,
        "La secretaria técnica dio lectura al acta del 11 de junio. De los nueve acuerdos de esa fecha, cuatro se encuentran cumplidos según el reporte de cada entidad; la comunidad no está conforme con dos de ellos. "
        "El presidente de la comunidad pidió que en la próxima reunión participe el gerente general de la empresa; la superintendenta tomó nota. Luego se revisó punto por punto la matriz siguiente.",
    )
    parrafo(doc, "**MATRIZ DE PEDIDOS Y ACUERDOS**")
    matriz = tabla(doc, MATRIZ, [1.2, 6.8, 8.7, 5, 3.8])
    for fila in EJES:
        for parte in matriz.cell(fila, 0).merge(matriz.cell(fila, 4)).paragraphs[0].runs:
            parte.bold = True
    for columna, desde, hasta in COMBINADAS:
        matriz.cell(desde, columna).merge(matriz.cell(hasta, columna))
    parrafo(doc, "**OTROS**")
    parrafo(
        doc,
        "La OGGS remitirá la presente acta escaneada a todos los participantes dentro de las 48 horas.",
    )
    parrafo(doc, "Próxima reunión: jueves 5 de noviembre de 2026, 09:00 horas, en Ichuña.")
    parrafo(
        doc,
        "Se deja constancia de que el OEFA y la Municipalidad Distrital de Yunga, debidamente invitados, no se hicieron presentes.",
    )
    parrafo(
        doc,
        "Sin otro asunto que tratar, siendo las 15:30 horas concluye la reunión y suscriben los participantes.",
    )
    firmas(doc, [f"{persona}\n{entidad}" for entidad, persona, _ in PARTICIPANTES[1:]], 4, puntos=8)
    guardar(doc, destino, "acta-03-ichuna-matriz.docx")
