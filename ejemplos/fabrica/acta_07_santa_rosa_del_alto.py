"""Acta 07: texto corrido donde los pedidos y los acuerdos se alternan dentro de cada tema."""

from pathlib import Path

from comun_docx import documento, guardar, parrafo, titulo

CUERPO = """\
Siendo las 9:20 am del día 14 de mayo de 2026, en el local comunal de Nueva Esperanza, distrito de Santa Rosa del Alto, provincia de Loreto, región Loreto, se reunieron los representantes que suscriben la lista adjunta.
**AGENDA**
1. Agua y saneamiento   2. Salud   3. Otros
**DESARROLLO**
**TEMA 1: AGUA (punto 2 a)**
Necesitamos que el agua llegue a todas las comunidades, no solo a la capital del distrito.
El representante del PNSR expuso el estado situacional de las PTAP.
**Acuerdo N° 1**
El MVCS, a través del PNSR, realizará el mantenimiento de las 5 plantas de tratamiento instaladas hasta el 30 de junio de 2026, con cargo a su presupuesto institucional.
**Acuerdo N° 2**
El PNSR evaluará la incorporación de 3 comunidades adicionales y dará respuesta en 15 días.
El pueblo indígena propone además: perforación de pozos en las escuelas; capacitación a las JASS.
**TEMA 2: SALUD**
Solicitamos un establecimiento I-3 en Nueva Esperanza y una ambulancia fluvial.
**Acuerdo N° 3**
El GORE Loreto iniciará la elaboración del expediente técnico del establecimiento de salud (CUI 2999601) en julio de 2026; la Municipalidad Distrital donará el terreno saneado antes de dicha fecha.
Respecto a la ambulancia fluvial, la empresa operadora manifiesta que lo consultará con su directorio.
**TEMA 3: OTROS**
Se deja constancia que el delegado de la federación no está de acuerdo con el punto 2.
La próxima reunión será el 16 de junio en Nauta; la SGSD remitirá la convocatoria.
En caso de incumplimiento, los apus se reservan el derecho de retomar sus medidas.
No habiendo más puntos que tratar, siendo las 18:05 horas se dio por concluida la reunión."""


def fabricar(destino: Path) -> None:
    """Escribe `acta-07-santa-rosa-del-alto.docx` en la carpeta de destino."""
    doc = documento("Acta de la tercera sesión", "Secretaría técnica", "Tahoma", 11)
    titulo(
        doc,
        'ACTA DE LA TERCERA SESIÓN DEL SUBGRUPO DE TRABAJO "SERVICIOS BÁSICOS"',
        "MESA TÉCNICA PARA EL DESARROLLO DEL DISTRITO DE SANTA ROSA DEL ALTO",
        puntos=12,
    )
    for renglon in CUERPO.splitlines():
        parrafo(doc, renglon)
    guardar(doc, destino, "acta-07-santa-rosa-del-alto.docx")
