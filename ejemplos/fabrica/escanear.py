"""Hace escaneos de las actas de ejemplo: lo que se ve en el PDF, impreso, sellado y digitalizado.

Uso: `python ejemplos/fabrica/escanear.py CARPETA [CONDICION …]`. Cada acta en PDF se vuelve, por
cada condición, un PDF que solo tiene imágenes. Los mismos argumentos dan siempre los mismos bytes.
"""

import io
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter, ImageFont

EJEMPLOS = Path(__file__).resolve().parents[1]
FUENTE = "VeraBd.ttf"
PUNTOS_POR_PULGADA = 72
AZUL = (38, 52, 150)
ROJO = (170, 40, 50)


@dataclass(frozen=True)
class Condicion:
    """Cómo se digitaliza una hoja; los ángulos van en grados y `ruido`, en partes de 1."""

    ppp: int = 200
    inclinacion: float = 0.3
    jpeg: int = 75
    desenfoque: float = 0.5
    ruido: float = 0.0
    grano: float = 3.0
    papel: tuple[int, int] = (252, 248)
    tinta: int = 15
    sello: bool = False
    perspectiva: float = 0.0
    giro: int = 0


CONDICIONES = {
    "limpio-150": Condicion(ppp=150),
    "limpio-200": Condicion(),
    "limpio-300": Condicion(ppp=300),
    "inclinado": Condicion(inclinacion=3.0, jpeg=60),
    "ruido": Condicion(inclinacion=-1.0, jpeg=45, ruido=0.012, grano=14),
    "fondo-gris": Condicion(inclinacion=0.7, jpeg=55, papel=(205, 150), tinta=70, grano=8),
    "sello": Condicion(inclinacion=-1.2, jpeg=50, ruido=0.006, grano=8, sello=True),
    "foto": Condicion(
        inclinacion=1.2, jpeg=60, desenfoque=0.9, papel=(235, 130), grano=6, perspectiva=0.035
    ),
    "de-lado": Condicion(giro=90),
    "de-cabeza": Condicion(giro=180),
    "del-otro-lado": Condicion(giro=270),
}


def escanear(acta: Path, condicion: Condicion, destino: Path) -> None:
    """Escribe en `destino` un PDF con la imagen de cada página del acta."""
    semilla = zlib.crc32(f"{acta.name} {condicion}".encode())
    paginas = [
        digitalizar(hoja, condicion, np.random.default_rng([semilla, numero]))
        for numero, hoja in enumerate(dibujar(acta, condicion.ppp))
    ]
    guardar_pdf(paginas, condicion, destino)


def dibujar(acta: Path, ppp: int) -> Iterator[Image.Image]:
    """Produce las páginas de un PDF como imágenes en color."""
    documento = pypdfium2.PdfDocument(acta)
    for pagina in documento:
        yield pagina.render(scale=ppp / PUNTOS_POR_PULGADA).to_pil().convert("RGB")
    documento.close()


def guardar_pdf(paginas: list[Image.Image], condicion: Condicion, destino: Path) -> None:
    """Escribe un PDF de una imagen JPEG por página, sin fecha, con su tamaño verdadero."""
    nuevo = pypdfium2.PdfDocument.new()
    for imagen in paginas:
        datos = io.BytesIO()
        imagen.save(datos, "JPEG", quality=condicion.jpeg)
        objeto = pypdfium2.PdfImage.new(nuevo)
        objeto.load_jpeg(datos)
        ancho, alto = (lado * PUNTOS_POR_PULGADA / condicion.ppp for lado in imagen.size)
        objeto.set_matrix(pypdfium2.PdfMatrix().scale(ancho, alto))
        pagina = nuevo.new_page(ancho, alto)
        pagina.insert_obj(objeto)
        pagina.gen_content()
    salida = io.BytesIO()
    nuevo.save(salida)
    destino.write_bytes(salida.getvalue())


def digitalizar(hoja: Image.Image, c: Condicion, azar: np.random.Generator) -> Image.Image:
    """Devuelve la hoja como la entrega el escáner o la cámara."""
    if c.sello:
        sellar(hoja, c.ppp, azar)
    hoja = _al_papel(hoja, c)
    signo = 1 if azar.random() < 0.5 else -1
    fondo = c.papel[0] if not c.perspectiva else 40
    hoja = hoja.rotate(
        signo * c.inclinacion, Image.Resampling.BICUBIC, fillcolor=(fondo, fondo, fondo)
    )
    if c.perspectiva:
        hoja = _fotografiar(hoja, c.perspectiva, azar)
    hoja = hoja.filter(ImageFilter.GaussianBlur(c.desenfoque * c.ppp / 200))
    return _con_ruido(hoja, c, azar).rotate(c.giro, expand=True)


def _al_papel(hoja: Image.Image, c: Condicion) -> Image.Image:
    """Pasa el blanco y el negro a los del papel, que se oscurece de una esquina a la otra."""
    ancho, alto = hoja.size
    x, y = np.linspace(0, 0.4, ancho), np.linspace(0, 0.6, alto)
    papel = c.papel[0] + (c.papel[1] - c.papel[0]) * (x[None, :] + y[:, None])
    color = np.asarray(hoja, dtype=np.float32) / 255
    tinta = np.float32(c.tinta)
    return Image.fromarray((tinta + (papel[..., None] - tinta) * color).astype(np.uint8))


def _fotografiar(hoja: Image.Image, parte: float, azar: np.random.Generator) -> Image.Image:
    """Deforma la hoja como vista desde un lado, sobre una mesa oscura."""
    ancho, alto = hoja.size
    dx, dy = parte * ancho, parte * alto
    corridos = azar.uniform(0.3, 1.0, 8)
    esquinas = [(0, 0), (0, alto), (ancho, alto), (ancho, 0)]
    hacia = [(-1, -1), (-1, 1), (1, 1), (1, -1)]
    fuente = [
        lado
        for (x, y), (sx, sy), a, b in zip(esquinas, hacia, corridos[:4], corridos[4:], strict=True)
        for lado in (x + sx * a * dx, y + sy * b * dy)
    ]
    return hoja.transform(
        hoja.size,
        Image.Transform.QUAD,
        fuente,
        Image.Resampling.BICUBIC,
        fillcolor=(40, 38, 36),
    )


def _con_ruido(hoja: Image.Image, c: Condicion, azar: np.random.Generator) -> Image.Image:
    color = np.asarray(hoja, dtype=np.float32)
    grano = azar.normal(0, c.grano, color.shape[:2]).astype(np.float32)
    color = np.clip(color + grano[..., None], 0, 255).astype(np.uint8)
    if c.ruido:
        suerte = azar.random(color.shape[:2])
        color[suerte < c.ruido / 2] = 0
        color[suerte > 1 - c.ruido / 2] = 255
    return Image.fromarray(color)


def sellar(hoja: Image.Image, ppp: int, azar: np.random.Generator) -> None:
    """Pone un sello de recepción sobre el texto y dos firmas al pie."""
    ancho, alto = hoja.size
    sello = _sello(ppp).rotate(azar.uniform(-15, 15), Image.Resampling.BICUBIC, expand=True)
    x = int(azar.uniform(0.45, 0.62) * ancho)
    y = int(azar.uniform(0.25, 0.6) * alto)
    hoja.paste(sello, (x, y), sello)
    lapiz = ImageDraw.Draw(hoja)
    for centro in (0.3, 0.7):
        _firmar(lapiz, (centro * ancho, 0.9 * alto), 0.1 * ancho, azar)


def _sello(ppp: int) -> Image.Image:
    """Devuelve un sello transparente de recepción, de unos 5 cm de ancho."""
    ancho, alto = int(2.1 * ppp), int(0.85 * ppp)
    sello = Image.new("RGBA", (ancho, alto))
    lapiz = ImageDraw.Draw(sello)
    borde = max(2, ppp // 60)
    lapiz.rounded_rectangle((borde, borde, ancho - borde, alto - borde), 12, None, AZUL, borde)
    renglones = (("MESA DE PARTES", 0.13), ("RECIBIDO", 0.24), ("15 MAY 2026", 0.15))
    y = 0.1 * ppp
    for texto, cuerpo in renglones:
        fuente = ImageFont.truetype(_ruta_de_fuente(), int(cuerpo * ppp))
        largo = lapiz.textlength(texto, font=fuente)
        color = ROJO if texto[0].isdigit() else AZUL
        lapiz.text(((ancho - largo) / 2, y), texto, color, fuente)
        y += 1.35 * cuerpo * ppp
    sello.putalpha(sello.getchannel("A").point(lambda a: int(0.75 * a)))
    return sello


def _ruta_de_fuente() -> Path:
    import reportlab

    return Path(reportlab.__file__).parent / "fonts" / FUENTE


def _firmar(
    lapiz: ImageDraw.ImageDraw,
    centro: tuple[float, float],
    largo: float,
    azar: np.random.Generator,
) -> None:
    """Traza una rúbrica: una onda irregular con lapicero azul."""
    t = np.linspace(0, 1, 240)
    fases = azar.uniform(0, 6.28, 3)
    x = centro[0] + largo * (t - 0.5 + 0.16 * np.sin(21 * t + fases[0]))
    y = centro[1] + 0.2 * largo * (np.sin(17 * t + fases[1]) + 0.6 * np.sin(39 * t + fases[2]))
    puntos = [(float(a), float(b)) for a, b in zip(x, y, strict=True)]
    lapiz.line(puntos, AZUL, max(2, int(largo // 60)), "curve")


def principal(destino: Path, nombres: list[str]) -> None:
    """Escanea todas las actas de ejemplo en PDF, una carpeta por condición."""
    for nombre in nombres or CONDICIONES:
        carpeta = destino / nombre
        carpeta.mkdir(parents=True, exist_ok=True)
        for acta in sorted(EJEMPLOS.glob("*.pdf")):
            escanear(acta, CONDICIONES[nombre], carpeta / acta.name)
        print(carpeta)


if __name__ == "__main__":
    principal(Path(sys.argv[1]), sys.argv[2:])
