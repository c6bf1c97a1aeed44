"""Acta 08: matriz breve con un responsable combinado, infinitivos, plazos vagos y un «Aceptado»."""

from pathlib import Path

from comun_docx import documento, guardar, parrafo, tabla, titulo

MATRIZ = [
    ("N°", "PEDIDO", "ACUERDO", "RESPONSABLE", "PLAZO"),
    (
        "1",
        "Asfaltado de la vía Ccollpa – Huayllati",
        "Elaborar expediente técnico (SNIP 999702)",
        "GORE Apurímac / MPC",
        "Dic. 2026",
    ),
    (
        "2",
        "Puesto de salud de Ccollpa",
        "Gestionar ante el MINSA la categorización",
        "DIRESA",
        "A la brevedad",
    ),
    ("3", "", "Contratar un técnico en enfermería", "", "Permanente"),
    (
        "4",
        "Empleo local",
        "La empresa evaluará la contratación de 20 jóvenes",
        "Minera X",
        "Por definir",
    ),
    ("5", "Proyecto de riego", "No corresponde a las competencias de la mesa", "--", "--"),
    ("6", "Reunión con el Ministro", "Aceptado", "PCM", "30 días"),
]


def fabricar(destino: Path) -> None:
    """Escribe `acta-08-huayllati-matriz.docx` en la carpeta de destino."""
    doc = documento("Acta de acuerdos", "Secretaría técnica", "Calibri", 10.5)
    titulo(doc, "ACTA DE ACUERDOS DE LA MESA DE TRABAJO DE HUAYLLATI")
    parrafo(doc, "Fecha: 18 de junio de 2026")
    parrafo(doc, "Lugar: local municipal de Huayllati, provincia de Grau, región Apurímac")
    parrafo(
        doc,
        "Asisten el Gobierno Regional de Apurímac (GORE Apurímac), la Municipalidad Provincial de Cotabambas (MPC), la DIRESA Apurímac, la PCM y la empresa Minera X.",
    )
    matriz = tabla(doc, MATRIZ, [1, 4.2, 5.3, 3.2, 2.5])
    matriz.cell(2, 3).merge(matriz.cell(3, 3))
    guardar(doc, destino, "acta-08-huayllati-matriz.docx")
