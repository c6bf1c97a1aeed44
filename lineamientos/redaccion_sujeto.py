"""Pone el núcleo de una oración en voz activa y en futuro: [responsable] + [verbo] + [objeto].

Cada forma reconoce una manera de prometer de las actas («se compromete a…», «será ejecutada por…»,
«Elaborar…», «Apoyo en… a cargo de…») y la vuelve a escribir con las mismas palabras. Lo que ninguna
reconoce queda como estaba.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from lineamientos.redaccion_agente import POR, POSPUESTO, Agente, son_varios, tras
from lineamientos.redaccion_huecos import RESPONSABLE
from lineamientos.redaccion_verbo import es_directa, obligacion, verbalizar
from nlp.conjugacion import futuro, palabras, verbo_de
from nlp.lectura import leer
from nlp.plegado import plegar
from nlp.predicados import predicados
from nlp.sujetos import empieza_con_sujeto
from nlp.verbos import Tiempo, analizar

_MINUSCULA = re.I
_ACUERDO = re.compile(
    r"se (?:acuerda|acord[óo]|acuerdan|conviene|convino|establece|estableci[óo]) que\s+", _MINUSCULA
)
_QUE = re.compile(r"que\s+(?=\S)", _MINUSCULA)
_NOSOTROS = re.compile(
    r"(?:nos (?:comprometemos|obligamos) a|asumimos (?:el compromiso|la responsabilidad) de)\s+"
    r"(?P<no>no\s+)?(?P<resto>\w.*)",
    _MINUSCULA | re.DOTALL,
)
_PROMESA = re.compile(
    r"(?P<no>\bno\s+)?\b(?P<promete>se comprome(?:ten?|tieron|ti[óo]|ter[áa]n?)(?P<a1> a)"
    r"|se oblig(?:an?|[óo]|aron)(?P<a2> a)"
    r"|asum(?:en?|ir[áa]n?)(?=\s+(?:el|la)\s+(?!compromiso|responsabilidad|obligaci))"
    r"|asum(?:en?|i[óo]|ieron|ir[áa]n?) (?:el compromiso|la responsabilidad|la obligaci[óo]n) de"
    r"|se encargar[áa]n? de|se har[áa]n? cargo de|deber[áa]n?|proceder[áa]n?(?P<a3> a)"
    r"|estar[áa]n? a cargo de)\s+(?P<no2>no\s+)?(?P<resto>\w.*)",
    _MINUSCULA | re.DOTALL,
)
_INVERTIDA = re.compile(
    r"se comprometer?[áa]?(?P<n>n)?\s+(?P<quien>(?:el|las?|los)\s.+?)\s+a\s+(?P<no>no\s+)?"
    r"(?P<resto>\w+r(?:se|l[aoe]s?)?\b.*)",
    _MINUSCULA | re.DOTALL,
)
_DEBE = re.compile(
    r"debe(?:r[áa])?n?\s+(?P<no>no\s+)?(?P<verbo>\w+r)(?:se)?\b(?P<resto>.*)",
    _MINUSCULA | re.DOTALL,
)
_QUEDA = re.compile(r"(?:queda|quedar[áa]|es|ser[áa]|estar[áa]) (?=a cargo )", _MINUSCULA)
_X_A_CARGO = re.compile(
    r"(?P<x>.+?),?\s+(?:quedan?|quedar[áa]n?|est[áa]n?|estar[áa]n?|ser[áa]n?)$", _MINUSCULA
)
_PASIVA = re.compile(
    r"(?P<x>.+?)\s+(?P<no>no\s+)?(?:ser[áa]n?|deber[áa]n? ser|deben? ser)\s+"
    r"(?P<participio>\w+[aoá]s?)\b(?P<resto>.*)",
    _MINUSCULA | re.DOTALL,
)
_PASIVA_INVERTIDA = re.compile(
    r"(?P<no>no\s+)?ser[áa]n?\s+(?P<participio>\w+[ao]s?)\s+(?P<x>(?:el|las?|los|\d+)\s.*)",
    _MINUSCULA | re.DOTALL,
)
_REFLEJA = re.compile(
    r"(?P<no>no\s+)?se\s+(?P<les>les?\s+)?(?P<verbo>\w+r[áa])n?\b(?P<resto>.*)",
    _MINUSCULA | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Nucleo:
    """Lo que se sabe del núcleo al volver a escribirlo.

    `responsables` son los que el texto nombra, tal como los nombra; `agente`, el que está en otra
    celda o en otra parte de la oración; `sin_agente` dice que una regla echó en falta al agente;
    `soporte` es el infinitivo con que se conserva el sustantivo de acción, cuando no debe cambiarse
    por su verbo («ejecutar» el mejoramiento que es nombre de un proyecto).
    """

    texto: str
    responsables: tuple[str, ...] = ()
    agente: str = ""
    sin_agente: bool = False
    soporte: str = ""

    @property
    def supuesto(self) -> str:
        """Devuelve el agente de fuera del núcleo o, si nadie responde, su hueco."""
        return self.agente or ("" if self.responsables else RESPONSABLE)


def activar(nucleo: Nucleo) -> str | None:
    """Devuelve el núcleo en voz activa y futuro; None si ninguna forma lo reconoce."""
    for forma in FORMAS:
        if (escrito := forma(nucleo)) is not None:
            return escrito
    return None


def _acordado(n: Nucleo) -> str | None:
    """«Se acuerda que el OEFA tomará…», «Que la Red de Salud contrate…»."""
    acuerdo = _ACUERDO.match(n.texto) or _QUE.match(n.texto)
    if acuerdo is None:
        return None
    resto = n.texto[acuerdo.end() :]
    lectura = leer(resto)
    primero = next(iter(predicados(lectura)), None)
    if primero is None or primero.tiempo not in {Tiempo.FUTURO, Tiempo.SUBJUNTIVO}:
        return None
    if primero.tiempo is Tiempo.SUBJUNTIVO:
        palabra = lectura.palabras[primero.accion[0]]
        if primero.accion[1] - primero.accion[0] != 1:
            return None
        verbo = futuro(primero.lema, palabra.plegada.endswith("n"))
        resto = f"{resto[: palabra.inicio]}{verbo}{resto[palabra.fin :]}"
    sin_agente = n.sin_agente or not n.responsables
    return activar(replace(n, texto=mayuscula(resto), sin_agente=sin_agente)) or resto


def _nosotros(n: Nucleo) -> str | None:
    hallado = _NOSOTROS.match(n.texto)
    if hallado is None:
        return None
    hecho = obligacion(hallado["no"], hallado["resto"], False, soporte=n.soporte, con_a=True)
    return f"{n.supuesto or RESPONSABLE} {hecho}" if hecho else None


def _promesa(n: Nucleo) -> str | None:
    """«La empresa se compromete a otorgar becas» → «La empresa otorgará becas»."""
    hallado = _PROMESA.search(n.texto)
    if hallado is None or not n.texto[: hallado.start()].strip():
        return None
    promete = hallado["promete"].removesuffix(" a").removesuffix(" A").split(" de")[0]
    verbo = promete.split()[1 if promete.lower().startswith("se ") else 0]
    negado = hallado["no"] or hallado["no2"]
    con_a = bool(hallado["a1"] or hallado["a2"])
    if plegar(verbo).startswith("asum") and verbo == promete and not es_directa(hallado["resto"]):
        return None
    hecho = obligacion(negado, hallado["resto"], verbo[-1] in "nN", soporte=n.soporte, con_a=con_a)
    return f"{n.texto[: hallado.start()]}{hecho}" if hecho else None


def _promesa_invertida(n: Nucleo) -> str | None:
    """«Se compromete la empresa a reparar…» → «La empresa reparará…»."""
    hallado = _INVERTIDA.fullmatch(n.texto)
    if hallado is None or not empieza_con_sujeto(hallado["quien"]):
        return None
    hecho = obligacion(
        hallado["no"], hallado["resto"], bool(hallado["n"]), soporte=n.soporte, con_a=True
    )
    return f"{hallado['quien']} {hecho}" if hecho else None


def _a_cargo(n: Nucleo) -> str | None:
    """«Queda a cargo de X notificar…» y «La ejecución de… estará a cargo de X»."""
    pospuesto = _pospuesto(n)
    if pospuesto is None:
        return None
    if queda := _QUEDA.match(n.texto):
        hecho = obligacion(
            None, pospuesto.sin_el[queda.end() :].strip(" ,:"), pospuesto.varios, soporte=n.soporte
        )
        return f"{pospuesto.quien} {hecho}" if hecho else None
    if dicho := _X_A_CARGO.fullmatch(pospuesto.sin_el.rstrip()):
        hecho = verbalizar(dicho["x"], pospuesto.varios, n.soporte)
        return f"{pospuesto.quien} {hecho}" if hecho else None
    return None


def _pasiva(n: Nucleo) -> str | None:
    """«La limpieza será ejecutada por la junta» → «La junta ejecutará la limpieza»."""
    hallado = _PASIVA_INVERTIDA.fullmatch(n.texto) or _PASIVA.fullmatch(n.texto)
    if hallado is None:
        return None
    forma = analizar(leer(hallado["participio"]).palabras[0])
    if forma is None or forma.tiempo is not Tiempo.PARTICIPIO or primero_es_otro(hallado["x"]):
        return None
    resto = hallado.groupdict().get("resto") or ""
    agente = tras(POR, resto, n.responsables) or tras(POSPUESTO, resto, n.responsables)
    if agente is None and not n.supuesto:
        return None
    quien, varios = (
        (agente.quien, agente.varios) if agente else (n.supuesto, son_varios(n.supuesto))
    )
    objeto = _con_a_personal(_sin_mayuscula(hallado["x"]))
    cola = agente.sin_el if agente else resto
    return f"{quien} {hallado['no'] or ''}{futuro(forma.lema, varios)} {objeto}{cola}"


def _refleja(n: Nucleo) -> str | None:
    """«Se entregarán 40 módulos» → «[responsable] entregará 40 módulos»."""
    pospuesto = _pospuesto(n)
    hallado = _REFLEJA.fullmatch(pospuesto.sin_el if pospuesto else n.texto)
    if hallado is None or not (pospuesto or n.sin_agente or n.agente):
        return None
    quien = pospuesto.quien if pospuesto else n.supuesto or RESPONSABLE
    varios = pospuesto.varios if pospuesto else son_varios(quien)
    plural = ("N" if hallado["verbo"].isupper() else "n") if varios else ""
    verbo = f"{hallado['no'] or ''}{hallado['les'] or ''}{hallado['verbo'].lower()}{plural}"
    return f"{quien} {verbo[:1].lower()}{verbo[1:]}{hallado['resto']}"


def _sin_sujeto(n: Nucleo) -> str | None:
    """«Elaborar el perfil», «Construcción de un local, a cargo de…», «Entregará cinco módulos»."""
    pospuesto = _pospuesto(n)
    quien = pospuesto.quien if pospuesto else n.supuesto
    if not quien:
        return None
    texto = pospuesto.sin_el if pospuesto else n.texto
    primera = leer(texto).palabras[0] if texto.strip() else None
    varios = pospuesto.varios if pospuesto else son_varios(quien)
    if debe := _DEBE.fullmatch(texto):
        return f"{quien} {debe['no'] or ''}{futuro(debe['verbo'], varios)}{debe['resto']}"
    if primera is None or next((p for p in predicados(leer(texto)) if p.desde == 0), None):
        forma = analizar(primera) if primera else None
        es_futuro = forma is not None and forma.tiempo is Tiempo.FUTURO
        return f"{quien} {_sin_mayuscula(texto)}" if es_futuro else None
    hecho = obligacion(None, texto, varios, soporte=n.soporte, con_a=False)
    return f"{quien} {hecho}" if hecho else None


FORMAS: Final[tuple[Callable[[Nucleo], str | None], ...]] = (
    _acordado,
    _nosotros,
    _a_cargo,
    _promesa_invertida,
    _promesa,
    _pasiva,
    _refleja,
    _sin_sujeto,
)
"""Maneras de prometer, de la más a la menos específica."""


def _pospuesto(n: Nucleo) -> Agente | None:
    return tras(POSPUESTO, n.texto, n.responsables)


def primero_es_otro(texto: str) -> bool:
    """Dice si antes de la pasiva ya hay un futuro: entonces la oración es de otro verbo."""
    return any(p.tiempo is Tiempo.FUTURO for p in predicados(leer(texto)))


def _con_a_personal(objeto: str) -> str:
    """«las 9 familias» → «a las 9 familias»."""
    hallado = re.match(r"(el|las?|los)\s+(?:[\d,. ]+\s*)?(\w+)", plegar(objeto))
    if hallado is None or hallado[2] not in palabras("personas"):
        return objeto
    return f"al {objeto[3:]}" if hallado[1] == "el" else f"a {objeto}"


def _sin_mayuscula(texto: str) -> str:
    """Pasa a minúscula la primera palabra, que ya no abre la oración, si no es nombre ni sigla."""
    primera = texto.split()[0] if texto.split() else ""
    comun = (
        plegar(primera) in palabras("determinantes")
        or verbo_de(primera) is not None
        or analizar(leer(primera).palabras[0]) is not None
    )
    return texto[:1].lower() + texto[1:] if comun and not primera[1:].isupper() else texto


def mayuscula(texto: str) -> str:
    """Pone en mayúscula la primera letra, salvo que empiece por un hueco."""
    return texto[:1].upper() + texto[1:]
