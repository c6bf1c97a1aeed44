"""Corre con el Python del sistema, que trae `uno`: cambia celdas de un acta y la guarda en DOCX.

Recibe por la entrada un JSON con `tubo`, `origen`, `destino` (direcciones `file:`) y `cambios`: el
título de la columna, la fila (la primera es la 1), lo que se borra y lo que se escribe en su lugar.
"""

import json
import sys

import uno
from conexion import apagar, conectar


def propiedad(nombre, valor):
    """Devuelve una opción como las pide la oficina."""
    return uno.createUnoStruct("com.sun.star.beans.PropertyValue", nombre, 0, valor, 0)


def cambiar(celda, antes, despues):
    """Selecciona ese texto de la celda y escribe el otro encima, como una persona."""
    lugar = celda.getString().index(antes)
    cursor = celda.createTextCursor()
    cursor.gotoStart(False)
    cursor.goRight(lugar, False)
    cursor.goRight(len(antes), True)
    assert cursor.getString() == antes
    cursor.setString(despues)


def main():
    """Abre el acta, hace los cambios, la guarda y apaga la oficina."""
    pedido = json.load(sys.stdin)
    contexto = conectar(pedido["tubo"])
    escritorio = contexto.ServiceManager.createInstanceWithContext(
        "com.sun.star.frame.Desktop", contexto
    )
    documento = escritorio.loadComponentFromURL(
        pedido["origen"], "_blank", 0, (propiedad("Hidden", True),)
    )
    cuadros = {c.getCellByName("B1").getString(): c for c in documento.getTextTables()}
    for columna, fila, antes, despues in pedido["cambios"]:
        cambiar(cuadros[columna].getCellByName(f"B{fila + 1}"), antes, despues)
    filtro = propiedad("FilterName", "MS Word 2007 XML")
    documento.storeToURL(pedido["destino"], (filtro,))
    documento.close(True)
    apagar(contexto)


main()
