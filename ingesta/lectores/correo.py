"""Saca los adjuntos de un correo (EML, RFC 5322); si no trae, su texto es el acta."""

from __future__ import annotations

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from ingesta.errores import ArchivoDemasiadoGrande, FormatoNoAdmitido
from ingesta.sobre import MAYOR_ASUNTO, MAYOR_CANTIDAD, MENOR_FOTO, SIN_ASUNTO, Miembro


def abrir(ruta: Path, nombre: str) -> tuple[Miembro, ...]:
    """Devuelve los adjuntos, también los de un correo reenviado dentro de este.

    Las imágenes chicas que son parte del mensaje (logotipos de la firma) no son adjuntos.

    Raises:
        FormatoNoAdmitido: no trae adjuntos ni texto.
        ArchivoDemasiadoGrande: trae demasiados.
    """
    correo = BytesParser(policy=policy.default).parsebytes(ruta.read_bytes())
    partes = [p for p in correo.walk() if isinstance(p, EmailMessage) and not p.is_multipart()]
    adjuntos = [m for p in partes if _es_adjunto(p) and (m := _miembro(p)) is not None]
    if len(adjuntos) > MAYOR_CANTIDAD:
        raise ArchivoDemasiadoGrande(f"El correo «{nombre}» trae demasiados adjuntos.")
    if adjuntos:
        return tuple(adjuntos)
    textos = [_texto(p) for p in partes if p.get_content_type() == "text/plain"]
    texto = "\n".join(textos).strip()
    if not texto:
        raise FormatoNoAdmitido(f"El correo «{nombre}» no trae adjuntos ni texto.")
    asunto = str(correo.get("subject") or SIN_ASUNTO)[:MAYOR_ASUNTO]
    return (Miembro(f"{asunto}.txt", texto.encode()),)


def _es_adjunto(parte: EmailMessage) -> bool:
    con_nombre = parte.get_content_disposition() == "attachment" or bool(parte.get_filename())
    return con_nombre and not _es_adorno(parte)


def _es_adorno(parte: EmailMessage) -> bool:
    """Dice si es una imagen chica dentro del mensaje; un teléfono pone así también sus fotos."""
    if parte.get_content_maintype() != "image" or not parte.get("content-id"):
        return False
    datos = parte.get_payload(decode=True)
    return isinstance(datos, bytes) and len(datos) < MENOR_FOTO


def _miembro(parte: EmailMessage) -> Miembro | None:
    """Devuelve el adjunto decodificado; None si está vacío."""
    datos = parte.get_payload(decode=True)
    if not isinstance(datos, bytes) or not datos:
        return None
    return Miembro(parte.get_filename() or "adjunto", datos)


def _texto(parte: EmailMessage) -> str:
    try:
        return str(parte.get_content())
    except (LookupError, ValueError):
        crudo = parte.get_payload(decode=True)
        return crudo.decode("utf-8", "replace") if isinstance(crudo, bytes) else ""
