"""Corre con el Python del sistema, que trae `uno`: pide a LibreOffice que revise una oración.

Recibe por la entrada un JSON con `tubo`, `texto`, `idioma` y `pais`; escribe otro con lo que el
corrector de LibreOffice devolvió.
"""

import json
import sys

import uno
from conexion import apagar, conectar


def main():
    """Revisa y apaga la oficina."""
    pedido = json.load(sys.stdin)
    contexto = conectar(pedido["tubo"])
    fabrica = contexto.ServiceManager
    idioma = uno.createUnoStruct("com.sun.star.lang.Locale", pedido["idioma"], pedido["pais"], "")
    corrector = fabrica.createInstanceWithContext(
        "org.openoffice.lingu.LanguageToolGrammarChecker", contexto
    )
    gestor = fabrica.createInstanceWithContext(
        "com.sun.star.linguistic2.LinguServiceManager", contexto
    )
    texto = pedido["texto"]
    hallado = corrector.doProofreading(
        "acta", texto, idioma, 0, len(texto.encode("utf-16-le")) // 2, ()
    )
    respuesta = {
        "conoce": corrector.hasLocale(idioma),
        "elegidos": list(
            gestor.getConfiguredServices("com.sun.star.linguistic2.Proofreader", idioma)
        ),
        "errores": [
            {
                "inicio": e.nErrorStart,
                "largo": e.nErrorLength,
                "corto": e.aShortComment,
                "largo_del_comentario": e.aFullComment,
                "reemplazos": list(e.aSuggestions),
            }
            for e in hallado.aErrors
        ],
    }
    json.dump(respuesta, sys.stdout)
    apagar(contexto)


main()
