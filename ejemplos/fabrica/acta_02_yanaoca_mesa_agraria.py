"""Acta 02: listas anidadas de cuatro niveles (1., 1.1, a), i.) numeradas por Word."""

from pathlib import Path

from comun_docx import definir_lista, documento, firmas, guardar, nueva_lista, numerado, titulo

PUNTO, APARTADO, LETRA, ROMANO = range(4)

CUERPO = [
    (PUNTO, "**DATOS DE LA REUNIÓN**"),
    (APARTADO, "Fecha: 13 de agosto de 2026."),
    (APARTADO, "Hora de inicio: 10:15 a. m. Hora de término: 1:50 p. m."),
    (
        APARTADO,
        "Lugar: salón consistorial de la Municipalidad Provincial de Canas, en Yanaoca, provincia de Canas, región Cusco.",
    ),
    (
        APARTADO,
        "Redacta: Gerencia de Desarrollo Económico, en su calidad de secretaría de la mesa.",
    ),
    (PUNTO, "**ASISTENTES**"),
    (
        LETRA,
        "Ing. Rubén Ccorimanya Huillca, gerente de Desarrollo Económico, Municipalidad Provincial de Canas.",
    ),
    (
        LETRA,
        "Sr. Eusebio Choquepata Mamani, presidente de la Junta de Usuarios de Riego del Alto Apurímac.",
    ),
    (LETRA, "Sra. Nieves Taipe Condori, Asociación de Criadores de Alpaca de Layo y Langui."),
    (LETRA, "Ing. Lourdes Zárate Pino, Autoridad Local del Agua (ALA) Alto Apurímac-Velille."),
    (LETRA, "M. V. Percy Yábar Cusihuamán, SENASA, jefatura Cusco."),
    (LETRA, "Ing. Gladys Quispesivana Loaiza, Gerencia Regional de Agricultura (GERAGRI) Cusco."),
    (LETRA, "Téc. Alipio Huarca Sencia, Agencia Agraria Canas."),
    (LETRA, "Sr. Donato Llasa Arque, regidor de la Municipalidad Distrital de Kunturkanki."),
    (LETRA, "Sr. Sixto Mendoza Ccuno, teniente alcalde de la Municipalidad Distrital de Checca."),
    (PUNTO, "**PLANTEAMIENTOS DE LAS ORGANIZACIONES**"),
    (APARTADO, "Sequía y riego"),
    (LETRA, "La Junta de Usuarios de Riego del Alto Apurímac pide:"),
    (ROMANO, "la reparación del canal Qquellomayo – Pampa Cancha en los tramos deslizados;"),
    (
        ROMANO,
        "que la Autoridad Local del Agua regularice las licencias de los comités de riego de Checca y Kunturkanki;",
    ),
    (ROMANO, "forraje para el ganado de las familias afectadas por la sequía."),
    (
        LETRA,
        "La ALA informó que a la fecha hay 62 expedientes en trámite y que faltan dos verificaciones de campo.",
    ),
    (APARTADO, "Sanidad animal"),
    (
        LETRA,
        "Los ganaderos de Layo y Langui exigen la presencia permanente de un médico veterinario del SENASA, porque las alpacas se están muriendo.",
    ),
    (
        LETRA,
        "SENASA precisó que su jefatura Cusco tiene cuatro profesionales para toda la zona alta.",
    ),
    (PUNTO, "**ACUERDOS**"),
    (APARTADO, "Riego"),
    (LETRA, "La Municipalidad Provincial de Canas asume las siguientes obligaciones:"),
    (
        ROMANO,
        "reparar 1,8 km del canal Qquellomayo – Pampa Cancha con maquinaria propia, en 40 días calendario;",
    ),
    (
        ROMANO,
        "culminar la actualización del expediente técnico de la represa Sallaccocha, código único 2999621.",
    ),
    (
        LETRA,
        "La Junta de Usuarios aportará la mano de obra no calificada, mediante faenas, mientras dure el trabajo del canal.",
    ),
    (
        LETRA,
        "La ALA Alto Apurímac-Velille resolverá los 62 expedientes de licencia pendientes, empezando por Checca y Kunturkanki, en un plazo de 60 días hábiles.",
    ),
    (APARTADO, "Ganadería"),
    (
        LETRA,
        "SENASA y la GERAGRI Cusco, en coordinación con las municipalidades distritales, ejecutarán lo siguiente:",
    ),
    (
        ROMANO,
        "campaña de dosificación de 15 000 alpacas en Layo y Langui, del 7 al 18 de setiembre;",
    ),
    (ROMANO, "capacitación de 40 promotores pecuarios, a razón de cinco por distrito."),
    (LETRA, "En cuanto al médico veterinario permanente, SENASA lo evaluará con su sede central."),
    (
        LETRA,
        "Forraje: no se llegó a acuerdo, la GERAGRI no cuenta con saldo presupuestal para el presente año.",
    ),
    (APARTADO, "Comercialización"),
    (LETRA, "Promover la participación de los productores en la feria regional."),
    (
        LETRA,
        "La Agencia Agraria Canas levantará el padrón de productores de fibra hasta la quincena de setiembre.",
    ),
    (
        LETRA,
        "La Municipalidad Distrital de Checca cederá un terreno de 800 m² para el centro de acopio de fibra.",
    ),
    (PUNTO, "**SEGUIMIENTO Y PRÓXIMA REUNIÓN**"),
    (
        APARTADO,
        "La Gerencia de Desarrollo Económico llevará el control de los acuerdos e informará cada dos meses al pleno de la mesa.",
    ),
    (APARTADO, "Próxima reunión ordinaria: 15 de octubre de 2026, en el distrito de Layo."),
    (
        APARTADO,
        "El regidor de Kunturkanki solicita que la reunión subsiguiente se haga en su distrito, lo que queda a consideración del pleno.",
    ),
    (PUNTO, "**CIERRE**"),
    (
        APARTADO,
        "Leída el acta y sin observaciones de los asistentes, se levanta la reunión siendo la 1:50 p. m. y firman en señal de conformidad.",
    ),
]

FIRMANTES = [
    "Rubén Ccorimanya Huillca\nMunicipalidad Provincial de Canas",
    "Eusebio Choquepata Mamani\nJunta de Usuarios",
    "Nieves Taipe Condori\nCriadores de Alpaca",
    "Lourdes Zárate Pino\nALA Alto Apurímac-Velille",
    "Percy Yábar Cusihuamán\nSENASA",
    "Gladys Quispesivana Loaiza\nGERAGRI Cusco",
    "Alipio Huarca Sencia\nAgencia Agraria Canas",
    "Donato Llasa Arque\nKunturkanki",
    "Sixto Mendoza Ccuno\nChecca",
]


def fabricar(destino: Path) -> None:
    """Escribe `acta-02-yanaoca-mesa-agraria.docx` en la carpeta de destino."""
    doc = documento("Acta N.° 007-2026", "Gerencia de Desarrollo Económico", "Arial", 10.5)
    titulo(
        doc, "MESA AGRARIA PROVINCIAL DE CANAS", "ACTA N.° 007-2026 DE REUNIÓN ORDINARIA", puntos=12
    )
    niveles = [
        ("decimal", "%1."),
        ("decimal", "%1.%2"),
        ("lowerLetter", "%3)"),
        ("lowerRoman", "%4."),
    ]
    lista = nueva_lista(doc, definir_lista(doc, niveles))
    for nivel, texto in CUERPO:
        numerado(doc, lista, texto, nivel)
    firmas(doc, FIRMANTES, 3)
    guardar(doc, destino, "acta-02-yanaoca-mesa-agraria.docx")
