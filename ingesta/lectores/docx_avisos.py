"""Los avisos de lectura de un DOCX: qué se avisa, con qué palabras y qué conviene hacer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from ingesta.armado import limpiar
from ingesta.documento import Aviso
from ingesta.lectores.docx_parrafo import Hallados
from ingesta.lectores.docx_texto import Marca, Marcado

MAYOR_CITA = 60
MAYOR_DETALLE = 20
"""Avisos que se dan de cada clase; los demás solo entran en la cuenta general."""

CASI_SIN_TEXTO = 200
"""Con menos letras que estas, las imágenes pueden ser el acta escaneada."""

MAYOR_EJEMPLOS = 5

SIN_TIPOS = "tipos"
PARTES = {
    SIN_TIPOS: "la lista de partes",
    "image": "imágenes",
    "header": "encabezados",
    "footer": "pies de página",
    "footnotes": "notas",
    "endnotes": "notas",
    "comments": "comentarios",
    "numbering": "los números de las listas",
    "styles": "los estilos",
}
"""Tipo de vínculo de una parte y cómo se llama ante la persona."""

CON_TEXTO = {"header", "footer", "footnotes", "endnotes", "comments", "numbering"}
"""Partes que traen algo escrito: sin ellas la lectura no está completa."""

DE_MARCA = {
    Marca.INSERTADO: (
        "texto_insertado",
        "Texto agregado con control de cambios y aún no aceptado: «{}».",
        "Confirme que el agregado vale antes de registrar este punto.",
    ),
    Marca.ELIMINADO: (
        "texto_eliminado",
        "En esta línea se eliminó con control de cambios: «{}». No se leyó.",
        "Confirme que la eliminación vale antes de registrar este punto.",
    ),
    Marca.OCULTO: (
        "texto_oculto",
        "Texto que no se ve en la hoja (oculto, blanco o diminuto): «{}».",
        "Compare con el acta firmada: quien la leyó impresa no vio este texto.",
    ),
    Marca.TACHADO: (
        "texto_tachado",
        "Texto tachado que sigue escrito: «{}».",
        "Si el tachado lo anula, bórrelo del acta o descarte este punto.",
    ),
}
"""Código, mensaje y consejo de cada marca."""


class Avisador:
    """Convierte lo marcado y lo hallado en avisos, sin repetir más de lo útil."""

    def __init__(self) -> None:
        self._cuenta: Counter[Marca] = Counter()
        self._ejemplo: dict[Marca, str] = {}

    def de_marcados(self, marcados: Iterable[Marcado]) -> list[Aviso]:
        """Devuelve los avisos de un bloque, con tramos contados desde su inicio."""
        avisos = []
        for marca, tramo, cita in marcados:
            self._cuenta[marca] += 1
            self._ejemplo.setdefault(marca, cita)
            if self._cuenta[marca] <= MAYOR_DETALLE:
                codigo, mensaje, consejo = DE_MARCA[marca]
                avisos.append(Aviso(codigo, mensaje.format(_cita(cita)), consejo, tramo=tramo))
        return avisos

    def generales(
        self, hallados: Hallados, comentarios: Sequence[str], externas: int, letras: int
    ) -> list[Aviso]:
        """Devuelve los avisos de todo el documento.

        `comentarios` son sus textos y `letras`, el largo del texto del documento.
        """
        avisos = [*self._cambios(hallados.eliminados)]
        if comentarios:
            avisos.append(
                Aviso(
                    "comentarios",
                    f"El documento tiene comentarios al margen ({len(comentarios)}) que no son "
                    f"parte de su texto: {'; '.join(_citados(comentarios))}.",
                    "Revise en Word si algún comentario cambia lo acordado.",
                )
            )
        if hallados.imagenes:
            avisos.append(
                Aviso(
                    "imagen_sin_leer",
                    f"El documento tiene imágenes ({hallados.imagenes}) y su texto no se leyó.",
                    "Si alguna es un acta escaneada, transcriba su contenido al documento.",
                    pierde=letras < CASI_SIN_TEXTO,
                )
            )
        if hallados.incrustadas:
            avisos.append(
                Aviso(
                    "parte_incrustada",
                    "El documento contiene objetos incrustados "
                    f"({hallados.incrustadas}) que no se pudieron leer.",
                    "Pegue su contenido como texto dentro del documento y vuelva a enviarlo.",
                    pierde=True,
                )
            )
        avisos += _de_ajenos(hallados)
        if externas:
            avisos.append(
                Aviso(
                    "referencia_externa",
                    f"El documento llama a archivos de fuera ({externas}), que no se descargaron.",
                    "Si falta una imagen o una plantilla, insértela dentro del documento.",
                )
            )
        if not letras:
            avisos.append(
                Aviso(
                    "sin_texto",
                    "El documento no tiene texto que leer.",
                    "Si el acta está como imagen, envíe el original escrito o un PDF con texto.",
                    pierde=True,
                )
            )
        return avisos

    def _cambios(self, sin_lugar: list[str]) -> Iterable[Aviso]:
        insertados = self._cuenta[Marca.INSERTADO]
        eliminados = self._cuenta[Marca.ELIMINADO] + len(sin_lugar)
        if not insertados + eliminados:
            return
        ejemplos = [self._ejemplo.get(m) for m in (Marca.INSERTADO, Marca.ELIMINADO)]
        cita = next((e for e in [*ejemplos, *sin_lugar] if e), "")
        yield Aviso(
            "cambios_controlados",
            "El documento tiene cambios sin aceptar: "
            f"{_contar(insertados, 'inserción', 'inserciones')} y "
            f"{_contar(eliminados, 'eliminación', 'eliminaciones')}; por ejemplo, "
            f"«{_cita(cita)}». Se leyó como si todos estuvieran aceptados.",
            "Acepte o rechace los cambios en Word y envíe la versión firmada.",
        )


def _de_ajenos(hallados: Hallados) -> Iterable[Aviso]:
    """Produce los avisos de los documentos puestos enteros en este (`w:altChunk`)."""
    if hallados.ajenos:
        yield Aviso(
            "parte_incrustada",
            "El documento trae dentro otros, que se leyeron en su lugar: "
            f"{', '.join(sorted(set(hallados.ajenos)))}.",
            "Compare con el acta impresa: Word les cambia los números y el formato al abrirlos.",
        )
    for motivo, veces in Counter(hallados.sin_leer).items():
        yield Aviso(
            "parte_incrustada",
            f"El documento trae dentro otro que no se leyó porque {motivo}"
            f"{f' ({veces} veces)' if veces > 1 else ''}.",
            "Abra el documento en Word, guárdelo de nuevo y envíelo: Word junta los dos en uno.",
            pierde=True,
        )


def avisos_de_faltantes(tipos: Iterable[str]) -> list[Aviso]:
    """Devuelve el aviso de las partes que el archivo menciona y no trae, si alguna importa."""
    faltan = sorted({PARTES[tipo] for tipo in tipos if tipo in PARTES})
    if not faltan:
        return []
    return [
        Aviso(
            "archivo_reparado",
            f"El archivo está incompleto y se leyó lo que trae; faltan: {', '.join(faltan)}.",
            "Compare con el original; si puede, ábralo en Word, guárdelo de nuevo y envíelo.",
            pierde=not CON_TEXTO.isdisjoint(tipos),
        )
    ]


def _citados(comentarios: Sequence[str]) -> list[str]:
    citas = [f"«{_cita(limpiar(c))}»" for c in comentarios[:MAYOR_EJEMPLOS]]
    return [*citas, "…"] if len(comentarios) > MAYOR_EJEMPLOS else citas


def _contar(cantidad: int, una: str, varias: str) -> str:
    return f"{cantidad} {una if cantidad == 1 else varias}"


def _cita(texto: str) -> str:
    texto = texto.replace("\n", " ")
    return texto if len(texto) <= MAYOR_CITA else f"{texto[:MAYOR_CITA].rsplit(' ', 1)[0]}…"
