"""Lo que rodea a una expresión de tiempo y dice si es un plazo: preposición, rótulo, verbo, signos.

Los patrones miran texto plegado, salvo los de verbos, que necesitan las tildes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nlp.patrones import compilar
from nlp.plegado import plegar

VENTANA = 90
"""Cuántos caracteres antes de la expresión se miran."""

_ACTO = (
    r"(?:(?:primera|segunda|ultima) )?(?:sesion|reunion|audiencia|asamblea|plenaria|mesa|visita"
    r"|jornada|convocatoria|planilla|taller)"
)
_TEMPORADA = (
    r"(?:campanas?|vedas?|temporadas?|epocas?|estiaje|estacion|cosechas?|siembras?|zafra|lluvias"
    r"|vacaciones|receso|heladas|friaje|periodos?)"
)
_ARTICULO = (
    r"(?:(?:el|la|los|las) )?(?:proxim[oa]s? |este )?(?:(?:dias?|fecha|mes(?:es)?) )?(?:de )?"
)


class Nexo(StrEnum):
    """Preposición o giro que introduce una fecha."""

    ANTES = "antes"
    LIMITE = "limite"
    DESDE = "desde"
    ACTO = "acto"
    PARA = "para"
    EN = "en"
    DIA = "dia"
    DE = "de"
    NINGUNO = "ninguno"


@dataclass(frozen=True, slots=True)
class Introduccion:
    """Nexo hallado, cuánto hace creer que lo que sigue es un plazo y en qué lugar empieza."""

    nexo: Nexo
    fuerza: int
    inicio: int


_NEXOS = tuple(
    (nexo, fuerza, compilar(rf"\b(?:{patron})$"))
    for nexo, fuerza, patron in (
        (Nexo.ANTES, 6, rf"antes del? (?:(?:la|su) {_ACTO}(?: \w+)? del )?{_ARTICULO}"),
        (
            Nexo.LIMITE,
            6,
            r"(?:(?:a mas tardar|(?:como |con )?(?:plazo |fecha )?(?:maxim[oa]|limite)"
            r"(?: de entrega)?|no mas alla del?|en un plazo que vence|que vence|hasta|asta) ){1,3}"
            rf"(?:en |a |es |sea |para )?{_ARTICULO}",
        ),
        (
            Nexo.DESDE,
            4,
            r"(?:a partir del?|desde) (?:las \d\d?:\d\d (?:horas )?del? )?(?:la noche de )?"
            rf"{_ARTICULO}",
        ),
        (
            Nexo.ACTO,
            4,
            rf"en (?:la|su|el) (?:proxim[oa] |siguiente )?{_ACTO}(?: \w+){{0,3}} del? {_ARTICULO}",
        ),
        (Nexo.PARA, 4, rf"(?:para|al) {_ARTICULO}"),
        (
            Nexo.EN,
            3,
            r"(?:recien )?(?:por lo menos|en|durante|dentro del?|"
            r"entre(?: (?!ambas?\b|ambos\b|partes\b)\w+){0,3}(?: y)?|todo) "
            rf"(?:el (?:transcurso|curso|periodo) del? )?{_ARTICULO}"
            rf"|(?:en|durante) (?:el|la|los|las) {_TEMPORADA}(?: \w+){{0,2}}? del? (?:meses de )?",
        ),
        (
            Nexo.DIA,
            4,
            r"a las? \d\d?(?:[:.]\d\d)? ?(?:horas?|hrs?\.?|h|[ap]\.? ?m\.?)? del? (?:dia )?",
        ),
        (Nexo.DE, 0, r"(?:del|a) (?:dias? )"),
        (
            Nexo.DIA,
            3,
            r"(?:(?:el|los|este|la) )(?:proximo )?(?:(?:dias?|madrugada del) )?"
            r"|(?:el )?dia de |dias? ",
        ),
        (Nexo.DE, 0, r"(?:del?|a) (?:la |los )?"),
    )
)
_DE_ACTO = compilar(rf"\b{_ACTO}(?: \w+){{0,3}} del? $")
_ETIQUETA = compilar(
    r"\b(?:plazo|(?<!\bde )fecha|inicio|fin|termino|culminacion|vencimiento|entrega)(?: \w+){0,3} ?"
    r"(?:[:=–—-]|\bel) ?$|\b(?:fecha \w+|plazo|inicio|fin|vence) $"
)
_ES_FIN = compilar(r"fin|culminacion|termino|vencimiento|entrega")
_ABRE, _CIERRA = "|;/.(–—:,-•", "|;/.)–—,-"
_DOCUMENTO = compilar(
    r"\b(?:resolucion|decreto|ley|oficio|carta|memorando|memorandum|informe|acta|acuerdo|convenio"
    r"|contrato|ordenanza|registro|adenda|memorial|hechos|reunion|sesion|mesa|asamblea|documento"
    r"|paro|taller|folios|expediente|pronunciamiento|solicitud)\b[^,;.]{0,45}\b"
    r"(?:del?|fechad[oa] el) (?:el |dia )?$"
    r"|\b(?:con|de) fecha:? (?:(?:de )?\w+ )?$|\b(?:acta|oficio|carta) $"
    r"|(?<!\bsera )(?<!\bseran )(?<!\bser )(?<!\bsea )(?<!\bsean )"
    r"\b(?!program|reprogram|previst|fijad|convocad|de)\w+(?:[aiu]d|scrit)[oa]s?(?: a cabo)?"
    r" (?:el|los) (?:dias? )?$"
)
_DECIR_O_ACORDAR = (
    r"(?:acord|compromet|program|propus|plante|convoc|fij|estableci|inform|indic|señal|dijo"
    r"|manifest|solicit|pidi|reiter|otorg|autoriz|anunci|confirm|acept|precis|qued|reprogram|dio"
    r"|determin|dispus|lleg(?:ó|aron) a (?:un )?acuerdo|asum|convin|concord|ofreci|expres|dej|decid"
    r"|oblig|exig|aprob)"
)
_PRETERITO = (
    r"(?:\w+(?:ó|aron|ieron)|fue(?:ron)?(?! (?:re)?program)|hubo|ha|han|había|habían|hizo|vino"
    r"|tuvo|estuvo|paralizad[oa]s?|ocurrid[oa]s?|pendientes? desde)\b"
)
_PASADO = compilar(rf"\b(?!(?i:{_DECIR_O_ACORDAR})){_PRETERITO}")
_NARRA = compilar(
    rf"\b(?!program|reprogram){_PRETERITO}"
    r"|\b(?:informa|solicitan?|piden?|invocan?|exigen?|demandan?|reclaman?)\b"
)
_PROMESA = (
    r"(?!(?:secretar|miner|ingenier|ganader|tesorer|categor)ía)"
    r"\w+(?:[aei]|d)r(?:á|án|emos|ía|ían)\b"
)
_PROMETE = compilar(rf"\b{_PROMESA}")
_NO_ES_INFINITIVO = (
    r"(?:vehicular|escolar|preescolar|familiar|multifamiliar|lugar|militar|popular|regular|similar"
    r"|auxiliar|singular|particular|peculiar|bienestar|solar|celular|hogar|pilar|nuclear|tubular"
    r"|modular|insular|curricular|mujer|taller|alquiler|poder)\b"
)
_FUTURO = compilar(
    rf"\b(?:{_PROMESA}|(?:(?!{_NO_ES_INFINITIVO})\w{{2,}}[aei]r(?:se|lo|la|los|las)?|debe|deben|va"
    r"|van|vamos|sea|sean|acuerda|acord\w+|program\w+|convoc\w+|comprom\w+)\b)"
)
_OTRA_CLAUSULA = compilar(r"[;|]")
_SECUNDARIA = compilar(
    r"\b(?:ya que|toda vez que|puesto que|debido a que|dado que|porque|para que|a fin de que)\b"
    r"[^,;.:|]{0,120}$|\([^()]{0,60}\b(?:exig|demand|reclam|solicit|pid)\w+[^()]{0,120}$"
)
_CALIFICA = compilar(
    r"\b(?:fallec|ocurr|suscrit|suscrib|firmad|tomad|realizad|registrad|ejecutad|producid|emitid"
    r"|efectuad|asumid|acordad|aprobad|iniciad|entregad|otorgad|asignad|ejecutad)\w*"
    r"(?: (?:por|entre|con) [^,;.]{2,40}?)? (?:(?:en|durante) (?:el )?(?:mes de |ano )?|el ano )$"
)
_YA_HECHO = compilar(
    r"\b(?!(?:el|la|l[ao]s|un[oa]?s?|del?|al?|sus?|est[ea]|dich[oa]s?|y|o|no|en|con|por|para|sean?"
    r"|seran?|es|son|fue|ser|qued\w+|est(?:ar|e|en|an?|aran?)|ha[ny]?|hayan?|hab(?:er|ra|ia)\w*|tendran?|deja\w+|nuev[oa]"
    r"|\w+mente) )\w+,? (?!(?:re)?program|previst|planific|proyect|presupuest|consider|priori"
    r"|termin|culmin|conclu|acab|comprome|ofrec|establec|prometid|estimad|conveni|destin|dirig|orient|mercado|estado)"
    r"\w{2,}(?:[ai]d|scrit|uest|hech)[oa]s?(?: (?:por|entre|con|a) [^,;.]{2,40}?)?"
    r" (?:(?:en|durante) (?:el |la |l[ao]s )?(?:mes de |ano )?|el ano )$"
)
_RETROACTIVO = compilar(r"\bretroactiv\w+\b[^;.]{0,60}$")
_DE_UN_PROCESO = compilar(
    r"\b(?:cronograma|proceso|reglamento|bases|convocatoria|talleres|agentes) del "
    r"(?:proceso del )?$"
)
_TRES_PLAZOS = compilar(
    r"\b(?:inmediat[oa]s?|corto|mediano|largo)(?:, (?:inmediat[oa]s?|corto|mediano|largo))+"
    r",? [yo] (?:a )?(?:mediano|largo)(?: plazo)?"
)
_ABRE_NOMBRE, _CIERRA_NOMBRE = "“«", "”»"


def introduccion(antes: str, inicio: int) -> Introduccion:
    """Devuelve cómo se introduce la fecha que empieza en `inicio`; `antes` es lo que precede."""
    for nexo, fuerza, patron in _NEXOS:
        if hallado := patron.search(antes):
            return Introduccion(nexo, fuerza, inicio - len(antes) + hallado.start())
    return Introduccion(Nexo.NINGUNO, 0, inicio)


def es_de_un_acto(antes: str) -> bool:
    """Dice si la fecha es la de una reunión o sesión («la reunión del 12 de mayo»)."""
    return bool(_DE_ACTO.search(antes))


def fuerza_de_rotulo(antes: str) -> int:
    """Devuelve cuánto hace creer un rótulo («Plazo:», «fecha de entrega:»); 0 si no hay."""
    rotulo = _ETIQUETA.search(antes)
    if rotulo is None:
        return 0
    return 6 if _ES_FIN.match(rotulo[0]) else 5


def es_de_documento(antes: str) -> bool:
    """Dice si la fecha es la de un documento o de algo ya hecho («oficio del», «suscrito el»)."""
    return bool(_DOCUMENTO.search(antes))


def en_nombre(texto: str, inicio: int) -> bool:
    """Dice si está dentro de un nombre entre comillas: el de un proyecto, una calle, un plan."""
    desde = max(0, inicio - 400)
    abre = max(texto.rfind(c, desde, inicio) for c in _ABRE_NOMBRE)
    cierra = max(texto.rfind(c, desde, inicio) for c in _CIERRA_NOMBRE)
    if abre <= max(0, cierra) or not any(c in texto[inicio:] for c in _CIERRA_NOMBRE):
        return False
    return not _FUTURO.search(texto, abre, inicio)


def es_secundaria(texto: str, inicio: int) -> bool:
    """Dice si la fecha es de una causa, un fin o una aclaración, no de la obligación principal."""
    return bool(_SECUNDARIA.search(plegar(texto[max(0, inicio - 160) : inicio])))


def califica(antes: str) -> bool:
    """Dice si la fecha cuelga de un participio: «el convenio suscrito entre ambos el año 2020»."""
    return bool(_CALIFICA.search(antes))


def ya_hecho(antes: str) -> bool:
    """Dice si la expresión cuelga de lo ya hecho («los casos registrados en el último trimestre»).

    No de lo que se promete: «la obra programada en…», «quedará instalada en…».
    """
    return bool(_YA_HECHO.search(antes))


def es_retroactiva(antes: str) -> bool:
    """Dice si la fecha es la de una deuda pasada («de manera retroactiva, hasta el año 2010»)."""
    return bool(_RETROACTIVO.search(antes))


def es_de_un_proceso(antes: str) -> bool:
    """Dice si el año es parte del nombre de un proceso («cronograma del presupuesto…»)."""
    return bool(_DE_UN_PROCESO.search(antes))


def enumera_plazos(plegado: str, inicio: int, fin: int) -> bool:
    """Dice si es una clasificación («acciones de inmediato, corto, mediano y largo plazo»)."""
    hallados = _TRES_PLAZOS.finditer(plegado, max(0, inicio - 40), min(len(plegado), fin + 40))
    return any(h.start() < fin and inicio < h.end() for h in hallados)


def esta_aislada(plegado: str, inicio: int, fin: int) -> bool:
    """Dice si la expresión está sola entre signos, como en una celda o un paréntesis."""
    izquierda = plegado[max(0, inicio - 5) : inicio].rstrip()
    derecha = plegado[fin : fin + 5].lstrip()
    return (not izquierda or izquierda[-1] in _ABRE) and (not derecha or derecha[0] in _CIERRA)


def narra(texto: str, inicio: int, fin: int) -> bool:
    """Dice si el texto (sin plegar) cuenta ahí un hecho pasado."""
    return bool(_NARRA.search(texto, inicio, fin))


def en_pasado(texto: str, inicio: int, fin: int) -> bool:
    """Dice si el verbo más cercano a la expresión, en su cláusula, cuenta un hecho pasado."""
    desde = max(0, inicio - 160)
    desde = max([desde, *(texto.rfind(signo, desde, inicio) + 1 for signo in ".;\n|")])
    pasado = max((h.start() for h in _PASADO.finditer(texto, desde, inicio)), default=-1)
    futuro = max((h.start() for h in _FUTURO.finditer(texto, desde, inicio)), default=-1)
    if pasado >= 0 or futuro >= 0:
        return pasado > futuro
    despues = _OTRA_CLAUSULA.split(texto[fin : fin + 250])[0]
    cuenta, promete = _NARRA.search(despues), _PROMETE.search(despues)
    if cuenta is None:
        return False
    return promete is None or cuenta.start() < promete.start()
