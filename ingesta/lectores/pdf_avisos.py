"""Los avisos de lectura de un PDF: qué se avisa, con qué palabras y qué conviene hacer."""

from __future__ import annotations

from typing import NamedTuple

from ingesta.documento import Aviso

INSTALAR = (
    "Para leerla, pida a quien administra el programa que instale tesseract con el idioma español "
    "(en Debian o Ubuntu, «apt install tesseract-ocr tesseract-ocr-spa») y vuelva a procesar el "
    "acta"
)


class Texto(NamedTuple):
    """Mensaje (con huecos), consejo y si hay contenido que no se pudo leer."""

    mensaje: str
    consejo: str
    pierde: bool


AVISOS = {
    "pagina_sin_texto": Texto(
        "La página {pagina} es una imagen y su texto no se leyó.",
        f"{INSTALAR}; mientras tanto, envíe el original en Word o escriba lo que dice la página.",
        True,
    ),
    "pagina_con_ocr": Texto(
        "El texto de la página {pagina} se reconoció (OCR) en su imagen, con una confianza media "
        "de {confianza} %.",
        "Compare cada punto con la imagen de la página antes de registrarlo.",
        False,
    ),
    "pagina_manuscrita": Texto(
        "En la página {pagina} no se reconoce letra de imprenta: puede estar escrita a mano o ser "
        "una foto. No se tomó ningún texto.",
        "Si dice algo del acta, escríbalo usted o envíe el original en Word o PDF.",
        True,
    ),
    "renglones_ilegibles": Texto(
        "En la página {pagina} hay {cantidad} renglones que no se pudieron reconocer.",
        "Búsquelos en la imagen de la página y escriba lo que dicen: pueden estar a mano, bajo un "
        "sello o borrosos.",
        True,
    ),
    "sellos_apartados": Texto(
        "En la página {pagina} no se leyeron los sellos o firmas de color que pisan el texto.",
        "Véalos en la imagen de la página por si dicen algo del acuerdo, como una observación.",
        False,
    ),
    "manchas_sin_leer": Texto(
        "En la página {pagina} se dejaron fuera {cantidad} trazos que no son letra de imprenta.",
        "Suelen ser firmas, sellos o suciedad: compruebe en la imagen que no tapen un acuerdo.",
        False,
    ),
    "pagina_en_blanco": Texto(
        "La página {pagina} está en blanco.",
        "Compruebe en el acta original que esa página no tiene contenido.",
        False,
    ),
    "pagina_ilegible": Texto(
        "La página {pagina} está dañada y no se pudo leer.",
        "Vuelva a generar el PDF desde el documento original o transcriba esa página.",
        True,
    ),
    "pagina_excesiva": Texto(
        "La página {pagina} tiene más de {limite} caracteres; los demás no se leyeron.",
        "Revise el archivo: una página de acta no pasa de unos miles. Vuelva a generar el PDF.",
        True,
    ),
    "texto_dudoso": Texto(
        "El texto de la página {pagina} tiene signos que no se pueden leer.",
        "La tipografía del PDF no dice qué letra es cada signo: envíe el original en Word o "
        "transcriba esa página.",
        True,
    ),
    "texto_extrano": Texto(
        "El texto de la página {pagina} no parece castellano.",
        "Si la página está en castellano, el PDF no dice bien qué letra es cada signo: compárela "
        "con su imagen antes de registrar un punto.",
        False,
    ),
    "letras_por_comprobar": Texto(
        "Las letras de la página {pagina} pueden no ser las que se ven: el archivo dice una cosa y "
        "muestra otra.",
        "Compare cada punto con la imagen de la página antes de registrarlo.",
        False,
    ),
    "capa_distinta": Texto(
        "El texto que traía el PDF en la página {pagina} no es el que se ve; se tomó el que se "
        "reconoció (OCR) en su imagen.",
        "Compare cada punto con la imagen de la página y pregunte a quien envió el archivo.",
        False,
    ),
    "texto_de_ocr_previo": Texto(
        "La página {pagina} es un escaneo y su texto viene de un reconocimiento (OCR) anterior.",
        "Compare cada punto con la imagen de la página antes de registrarlo.",
        False,
    ),
    "texto_oculto": Texto(
        "La página {pagina} tiene texto que no se ve impreso: «{cita}».",
        "Compare con el acta firmada: quien la leyó impresa no vio este texto.",
        False,
    ),
    "texto_tachado": Texto(
        "La página {pagina} tiene texto tachado que sigue escrito: «{cita}».",
        "Si el tachado lo anula, descarte o corrija el punto antes de registrarlo.",
        False,
    ),
    "texto_fuera_de_la_hoja": Texto(
        "La página {pagina} tiene {cantidad} palabras fuera de la hoja, que no se leyeron.",
        "Compruebe que la hoja no esté recortada; si falta texto, vuelva a generar el PDF.",
        False,
    ),
    "imagen_sin_leer": Texto(
        "La página {pagina} tiene una imagen que ocupa el {parte} % de la hoja; no se leyó.",
        "Si la imagen contiene acuerdos o un cuadro, transcriba su contenido.",
        False,
    ),
    "tablas_sin_examinar": Texto(
        "La página {pagina} tiene demasiados dibujos y no se buscaron cuadros en ella.",
        "Si la página contiene un cuadro, revise fila por fila: se leyó como texto corrido.",
        False,
    ),
    "paginas_en_disputa": Texto(
        "Se leyeron {leidas} páginas, pero el archivo dice tener {contadas}.",
        "Compare con el acta impresa: pueden faltar páginas. Vuelva a generar el PDF.",
        True,
    ),
    "archivo_cortado": Texto(
        "El archivo está cortado al final; se leyó lo que se pudo recuperar.",
        "Compare con el acta original o vuelva a descargarla: puede faltar texto.",
        True,
    ),
    "archivo_reparado": Texto(
        "El índice interno del archivo está dañado y hubo que rehacerlo para leerlo.",
        "Compare con el acta original; si falta algo, vuelva a generar el PDF.",
        False,
    ),
    "contenido_danado": Texto(
        "El archivo tiene {partes} partes dañadas: puede faltar texto o haber cambiado.",
        "Compare con el acta original o vuelva a descargarla.",
        True,
    ),
    "letras_en_disputa": Texto(
        "El texto del PDF no dice lo mismo que se ve en la página: {cita}.",
        "No registre ningún punto sin compararlo con la imagen de la página; pida el original.",
        True,
    ),
    "contenido_activo": Texto(
        "El PDF trae {cuales}; no se ejecutó.",
        "Un acta no lo necesita: si no conoce a quien la envió, no la abra y pida otra copia.",
        False,
    ),
    "archivo_adjunto": Texto(
        "El PDF lleva dentro otros archivos, que no se abrieron.",
        "Si alguno es parte del acta, envíelo por separado.",
        False,
    ),
    "referencia_externa": Texto(
        "El PDF llama a archivos de fuera, que no se descargaron.",
        "Si falta una imagen o un anexo, pida el PDF con todo su contenido.",
        False,
    ),
    "sin_texto": Texto(
        "El documento no tiene texto que leer.",
        "Revise que sea el archivo correcto; si el acta está escaneada, envíe el original.",
        True,
    ),
}


def avisar(codigo: str, pagina: int | None = None, **datos: object) -> Aviso:
    """Arma el aviso con ese código."""
    texto = AVISOS[codigo]
    mensaje = texto.mensaje.format(pagina=pagina, **datos)
    return Aviso(codigo, mensaje, texto.consejo, pagina, pierde=texto.pierde)
