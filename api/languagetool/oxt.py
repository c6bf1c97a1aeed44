"""La extensión de LibreOffice que lo conecta con esta aplicación: solo datos, ningún programa.

`python -m api.languagetool.oxt [dirección] > actas.oxt` la escribe; la aplicación la da en
`/oficina/actas.oxt` con su propia dirección.
"""

from __future__ import annotations

import sys
import zipfile
from io import BytesIO
from typing import Final
from xml.sax.saxutils import escape

from api.languagetool.pedido import IDIOMAS

DE_FABRICA: Final = "http://127.0.0.1:8000/"
VERSION: Final = "1.0"
_FECHA: Final = (2026, 1, 1, 0, 0, 0)

_MANIFIESTO: Final = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">
 <manifest:file-entry manifest:media-type="application/vnd.sun.star.configuration-data"
  manifest:full-path="actas.xcu"/>
</manifest:manifest>
"""
_DESCRIPCION: Final = """<?xml version="1.0" encoding="UTF-8"?>
<description xmlns="http://openoffice.org/extensions/description/2006"
 xmlns:d="http://openoffice.org/extensions/description/2006">
 <identifier value="pe.actas.languagetool"/>
 <version value="{version}"/>
 <display-name><name lang="es">Actas: revisión SMART mientras escribe</name></display-name>
</description>
"""
_AJUSTES: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:component-data xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" oor:package="org.openoffice.Office"
 oor:name="Linguistic">
 <node oor:name="GrammarChecking">
  <node oor:name="LanguageTool">
   <prop oor:name="BaseURL" oor:type="xs:string"><value>{direccion}</value></prop>
   <prop oor:name="IsEnabled" oor:type="xs:boolean"><value>true</value></prop>
  </node>
 </node>
 <node oor:name="ServiceManager">
  <node oor:name="GrammarCheckerList">
{idiomas}
  </node>
 </node>
</oor:component-data>
"""
_IDIOMA: Final = """   <prop oor:name="{codigo}" oor:op="fuse" oor:type="oor:string-list">
    <value oor:separator=";">org.openoffice.lingu.LanguageToolGrammarChecker</value>
   </prop>"""


def construir(sitio: str = DE_FABRICA) -> bytes:
    """Devuelve el archivo `.oxt`; `sitio` es la dirección de la aplicación, sin `/v2`.

    La misma dirección da los mismos bytes.
    """
    idiomas = "\n".join(_IDIOMA.format(codigo=codigo) for codigo in IDIOMAS)
    partes = {
        "META-INF/manifest.xml": _MANIFIESTO,
        "description.xml": _DESCRIPCION.format(version=VERSION),
        "actas.xcu": ajustes(sitio, idiomas),
    }
    memoria = BytesIO()
    with zipfile.ZipFile(memoria, "w") as archivo:
        for nombre, texto in partes.items():
            ficha = zipfile.ZipInfo(nombre, _FECHA)
            ficha.compress_type = zipfile.ZIP_DEFLATED
            archivo.writestr(ficha, texto)
    return memoria.getvalue()


def ajustes(sitio: str, idiomas: str = "") -> str:
    """Devuelve el `.xcu`: dirección, encendido y, por idioma, quién revisa la gramática."""
    return _AJUSTES.format(direccion=escape(f"{sitio.rstrip('/')}/v2"), idiomas=idiomas)


if __name__ == "__main__":
    sys.stdout.buffer.write(construir(*sys.argv[1:2]))
