"""Cómo se habla con un LibreOffice que escucha en un tubo; corre con el Python del sistema."""

import time

import uno
from com.sun.star.connection import NoConnectException

ESPERA = 60


def conectar(tubo):
    """Devuelve el contexto de la oficina que escucha en ese tubo."""
    local = uno.getComponentContext()
    resolutor = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    limite = time.monotonic() + ESPERA
    while True:
        try:
            return resolutor.resolve(f"uno:pipe,name={tubo};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if time.monotonic() > limite:
                raise
            time.sleep(0.3)


def apagar(contexto):
    """Cierra la oficina; si ya se cerró, no hace nada."""
    escritorio = contexto.ServiceManager.createInstanceWithContext(
        "com.sun.star.frame.Desktop", contexto
    )
    try:
        escritorio.terminate()
    except Exception:
        return
