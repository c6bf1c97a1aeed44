"""Acta 04: borrador con cambios controlados; un «NO» insertado invierte un compromiso."""

from pathlib import Path

from comun_docx import documento, firmas, guardar, parrafo, titulo
from marcas_docx import Revision, comentar

COMPARECIENTES = [
    "Por el Gobierno Regional de Pasco: abogado Nilton Atencio Rojas, asesor de la Gobernación, y el ingeniero Fidel Espíritu Cóndor, de la Dirección Regional de la Producción.",
    "Por la Municipalidad Distrital de Huayllay: la regidora Yovana Callupe Baldeón.",
    "Por la Comunidad Campesina Santa Bárbara de Ranracancha: el presidente Abdías Huamán Tacuri y la vocal Teodora Chagua Ricse.",
    "Por Minera Ranracancha S.A.C.: el apoderado Gonzalo Iparraguirre Mesías.",
    "Por la Defensoría del Pueblo: la comisionada Rosa Tufino Palpa, en calidad de garante.",
]


def fabricar(destino: Path) -> None:
    """Escribe `acta-04-huayllay-cambios.docx` en la carpeta de destino."""
    doc = documento("Acta de compromisos", "Asesoría legal", "Times New Roman", 12)
    revision = Revision()
    titulo(doc, "ACTA DE COMPROMISOS", puntos=15)
    parrafo(
        doc,
        "Conste por el presente documento la reunión de diálogo llevada a cabo el dos (02) de julio de 2026, desde las 15:20 horas, en el local de la Comunidad Campesina Santa Bárbara de Ranracancha, "
        "distrito de Huayllay, provincia de Pasco, departamento de Pasco, con la participación de:",
    )
    for compareciente in COMPARECIENTES:
        parrafo(doc, f"– {compareciente}", sangria_cm=0.7)

    parrafo(doc, "**I. ANTECEDENTES**")
    parrafo(
        doc,
        "Con fecha 9 de abril de 2026 se produjo el rebose de la poza N.° 3 de la unidad minera. La empresa se comprometió en aquella oportunidad a limpiar el bofedal, lo que hasta la fecha no se habría cumplido según refiere la comunidad, "
        "motivo por el cual desde el 24 de junio los comuneros mantienen bloqueado el acceso a la unidad.",
    )
    parrafo(doc, "**II. PLANTEAMIENTOS DE LA COMUNIDAD**")
    parrafo(
        doc,
        "La comunidad exige: (1) que se detenga el bombeo hacia la laguna Yanamate Chica; (2) agua para las familias que usan el manantial de Ucrucancha; "
        "(3) un estudio hidrogeológico pagado por el Gobierno Regional; y (4) la indemnización por las truchas muertas.",
    )
    parrafo(
        doc,
        "Respecto al punto (4), el apoderado de la empresa manifestó que se encuentran a la espera del dictamen de su aseguradora.",
    )

    parrafo(doc, "**III. COMPROMISOS**")
    parrafo(doc, "Luego de un amplio debate, las partes arribaron a lo siguiente:")
    revision.escribir(
        parrafo(doc),
        "**PRIMERO.-** La empresa se compromete a [+NO +]reiniciar el bombeo hacia la laguna Yanamate Chica hasta que el OEFA emita su informe de supervisión.",
    )
    p = revision.escribir(
        parrafo(doc),
        "**SEGUNDO.-** La empresa entregará cuarenta (40) tanques de polietileno de 1 100 litros a las familias de Ucrucancha[-, a más tardar el 31 de julio de 2026-].",
    )
    comentar(
        doc,
        p,
        "La empresa pidió retirar la fecha. ¿La comunidad está enterada? Confirmar antes de la firma.",
    )
    revision.escribir(
        parrafo(doc),
        "**TERCERO.-** La empresa repartirá agua en cisterna a Ucrucancha [-dos-][+tres+] veces por semana, hasta el [-31 de agosto-][+30 de setiembre+] de 2026.",
    )
    revision.parrafo(
        doc,
        "w:del",
        "CUARTO.- La empresa indemnizará con S/ 1 500,00 a cada uno de los diecinueve criadores de truchas.",
    )
    revision.escribir(
        parrafo(doc),
        "[-QUINTO-][+CUARTO+].- El Gobierno Regional de Pasco [+NO +]financiará el estudio hidrogeológico[+, por carecer de crédito presupuestario en el presente ejercicio+].",
    )
    revision.escribir(
        parrafo(doc),
        "[-SEXTO-][+QUINTO+].- La Dirección Regional de la Producción entregará 19 000 alevinos de trucha a los criadores afectados, en un plazo de sesenta (60) días [-calendario-][+hábiles+].",
    )
    revision.parrafo(
        doc,
        "w:ins",
        "SEXTO.- La comunidad designará a dos vigilantes para el monitoreo del agua y comunicará sus nombres por escrito hasta el 10 de julio.",
    )
    revision.escribir(
        parrafo(doc),
        "**SÉTIMO.-** La comunidad suspende el bloqueo del acceso a la unidad minera y otorga una tregua de treinta (30) días; caso contrario, de no cumplirse lo pactado, retomará la medida de lucha.",
    )
    revision.escribir(
        parrafo(doc),
        "**OCTAVO.-** Las partes volverán a reunirse el 20 de agosto de 2026, a las 10 de la mañana, en la plaza principal de Huayllay; la Defensoría del Pueblo [-redactará el acta-][+remitirá el proyecto de acta hasta el 13 de agosto+].",
    )
    parrafo(
        doc, "**NOVENO.-** La empresa limpiará el bofedal Tingo con participación de los comuneros."
    )
    parrafo(doc, "**IV. DECLARACIONES FINALES**")
    parrafo(
        doc,
        "La Municipalidad Distrital de Huayllay deja constancia de que participa solo como observadora. El presidente de la comunidad solicita que la presente acta se lea en quechua ante la asamblea.",
    )
    parrafo(
        doc,
        "En fe de lo cual, previa lectura, suscriben la presente en cuatro ejemplares de igual valor, siendo las 19:45 horas del mismo día.",
    )
    firmas(
        doc,
        [
            "Nilton Atencio Rojas\nGobierno Regional de Pasco",
            "Fidel Espíritu Cóndor\nDirección Regional de la Producción",
            "Abdías Huamán Tacuri\nPresidente de la comunidad",
            "Teodora Chagua Ricse\nVocal de la comunidad",
            "Gonzalo Iparraguirre Mesías\nMinera Ranracancha S.A.C.",
            "Rosa Tufino Palpa\nDefensoría del Pueblo",
        ],
    )
    guardar(doc, destino, "acta-04-huayllay-cambios.docx")
