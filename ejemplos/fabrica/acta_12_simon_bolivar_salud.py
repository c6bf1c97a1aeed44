"""Acta 12: estilo notarial, justificada y con palabras partidas al final del renglón."""

from pathlib import Path

from comun_pdf import centrado, componer, estilo, parrafos, silabear
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import cm
from reportlab.platypus import Flowable, Frame, PageTemplate, Paragraph, Spacer

ARCHIVO = "acta-12-simon-bolivar-salud.pdf"
TITULO = "ACTA DE LA REUNIÓN EXTRAORDINARIA DE LA MESA TÉCNICA DE SALUD AMBIENTAL DEL DISTRITO DE SIMÓN BOLÍVAR"

TEXTO = [
    "En el distrito de Simón Bolívar, provincia y región de Pasco, siendo las quince horas con veinte minutos del día veintinueve de octubre del año dos mil veintiséis, en el auditorio de la Municipalidad Distrital de Simón Bolívar, se reunieron, previa citación cursada por la alcaldía, las personas siguientes: el señor Abdías Travezaño Rosas, alcalde distrital, quien preside; la doctora Elva Tolentino Bravo, del Centro Nacional de Salud Ocupacional y Protección del Ambiente para la Salud (CENSOPAS); el ingeniero Martín Ostos Lucio, del Programa Nacional de Inversiones en Salud (PRONIS); la abogada Gladys Rímac Chávez, procuradora del Gobierno Regional de Pasco; la licenciada Norma Huaranga Yauri, de la Red de Salud Pasco; el señor Simeón Atachagua Poma, presidente de la Asociación de Padres de Ragramarca; la señora Delia Carhuaricra Soto, presidenta del Comité de Madres de Quiulapampa; y el ingeniero Iván Portella Neyra, de la empresa Activos del Centro S.A.; actuando como secretario el que suscribe, don Percy Lavado Ureta, secretario general de la municipalidad.",
    "<b>INFORMES.-</b> La doctora Tolentino expuso, con apoyo de láminas, los resultados médico-toxicológicos del año pasado, de los cuales se desprende que de doscientos ochenta niños evaluados, ciento doce presentaron plomo en sangre por encima del valor de referencia; explicó que dichos resultados fueron entregados a la Red de Salud, la que no pudo notificarlos a todas las familias por haber variado los domicilios. El ingeniero Ostos dio cuenta de que el perfil del establecimiento de salud fue declarado viable en julio y que su costo se ha incrementado a consecuencia del estudio de suelos. La abogada Rímac refirió que el terreno de Ragramarca se encuentra inscrito a nombre de una empresa en liquidación, por lo que existe una situación técnico-legal que debe esclarecerse antes de invertir.",
    "<b>PEDIDOS.-</b> Concedido el uso de la palabra, el señor Atachagua solicitó que se repita el examen de sangre a todos los niños, incluyendo a los que han nacido después del último tamizaje. La señora Carhuaricra exigió la entrega gratuita de agua embotellada a las familias, pues el agua de pilón llega con color y con olor. Al respecto, la licenciada Huaranga sostuvo que la Red de Salud no puede atender el pedido por no contar con partida presupuestal para ese fin. La misma señora Carhuaricra reclamó que la empresa cierre el depósito de desmontes donde juegan los menores, y pidió asimismo que el Estado reconozca una pensión a los afectados, extremo sobre el cual ninguno de los presentes se pronunció.",
    "<b>ACUERDOS.-</b> Agotado el debate, y luego de un cuarto intermedio de veinte minutos, los presentes convinieron en lo siguiente:",
]
ACUERDOS = [
    "a) El CENSOPAS tomará muestras de sangre a trescientos veinte niños y niñas de Ragramarca y Quiulapampa, con el consentimiento informado y firmado de los padres o apoderados de cada uno de los menores, a más tardar el 30 de noviembre de 2026, y hará entrega de los resultados a cada familia en un sobre cerrado.",
    "b) El PRONIS culminará el expediente técnico del proyecto «Mejoramiento de los servicios del establecimiento de salud de Ragramarca», con código único de inversiones 2999630, en un plazo de ciento veinte (120) días calendario contados desde la suscripción de la presente acta.",
    "c) El Gobierno Regional de Pasco, por su procuraduría, emitirá informe técnico-legal sobre la titularidad del terreno de Ragramarca, en un plazo de diez (10) días hábiles.",
    "d) La empresa Activos del Centro S.A., por medio de su representante, se compromete a cercar el depósito de desmontes de Quiulapampa con malla metálica y a colocar señales de advertencia en idioma sencillo.",
    "e) La Municipalidad Distrital de Simón Bolívar repartirá agua mediante camión cisterna en los barrios altos de Ragramarca, cada quincena.",
    "f) Los padres de familia de la Asociación de Padres de Ragramarca llevarán a sus menores hijos a los puntos de toma de muestra en las fechas que el CENSOPAS comunique.",
    "g) La Municipalidad Distrital de Simón Bolívar gestionará, en la medida de sus posibilidades, un ambiente adecuado para los consultorios del personal que llegue de Lima.",
    "h) El Gobierno Regional de Pasco realizará talleres de prevención en las instituciones educativas del distrito.",
    "i) La Red de Salud Pasco asignará una psicóloga para las familias de Quiulapampa.",
]
FINAL = [
    "<b>CONSTANCIA.-</b> Se deja expresa constancia de que el representante del Ministerio del Ambiente fue notificado y no concurrió, y de que el compromiso asumido por dicho sector en el año 2024 respecto de la descontaminación de suelos no ha sido cumplido hasta la fecha.",
    "<b>CIERRE.-</b> Sin otro particular que tratar, y leída que fue la presente, se ratificaron en su contenido y firmaron los intervinientes, concluyendo la reunión a las dieciocho horas con cuarenta y cinco minutos del mismo día, de lo que doy fe.",
]


def fabricar(destino: Path) -> None:
    """Escribe el acta en la carpeta `destino`."""
    cuerpo = estilo("Times-Roman", 11.5, embeddedHyphenation=1, leading=15.8, spaceAfter=9)
    inciso = estilo("Times-Roman", 11.5, embeddedHyphenation=1, leading=15.8, leftIndent=1 * cm)
    historia: list[Flowable] = [Paragraph(TITULO, centrado("Times-Bold", 12.5, spaceAfter=16))]
    historia += parrafos(map(silabear, TEXTO), cuerpo)
    historia += parrafos(map(silabear, ACUERDOS), inciso)
    historia += [*parrafos(map(silabear, FINAL), cuerpo), Spacer(1, 16)]
    firmas = ["Abdías Travezaño Rosas<br/>Alcalde", "Percy Lavado Ureta<br/>Secretario general"]
    historia += parrafos(firmas, centrado("Times-Roman", 11, spaceAfter=20))
    marco = Frame(3.2 * cm, 2.6 * cm, A4[0] - 6.4 * cm, A4[1] - 5.2 * cm)
    componer(destino / ARCHIVO, [PageTemplate(id="normal", frames=[marco])], historia, TITULO, A4)
