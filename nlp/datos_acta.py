"""Datos generales del acta: título, fecha, horas, lugar, espacio, asistentes y agenda.

Se leen de los rótulos («Fecha: …», también en cuadros), de la fórmula de apertura («Siendo las…»)
y de la de cierre. Lo que no se halla queda en None: nunca se supone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ingesta.documento import MARGINALES, Documento, Tramo
from nlp import cierre, fechas, horas, participantes, plazos_entorno
from nlp.acta_analizada import DatosDelActa, LugarDelActa
from nlp.componentes import lugar as lugares
from nlp.contexto import Contexto
from nlp.fechas import Forma
from nlp.patrones import compilar
from nlp.plegado import plegar
from nlp.propuesta import Dato, Seccion
from nlp.rotulos import rotulados
from nlp.secciones import Parte, seccionar

_PRELIMINARES = frozenset({
    Seccion.ENCABEZADO,
    Seccion.DATOS,
    Seccion.PARTICIPANTES,
    Seccion.AGENDA,
})
_TITULO = compilar(r"\W*(?:acta|minuta|ayuda memoria|relatoria|memoria de reunion)\b")
_CONTINUA = compilar(r"(?:de|del|la|el|los|las|y|en|con|para|por|entre|–|-|,)$")
_SIGUE = compilar(r"(?:de|del|en el marco|para|entre|con|y|sobre)\b")
_ESPACIO = compilar(
    r"\b(?:(?:sub)?grupo de (?:trabajo|dialogo)"
    r"|mesas? (?:tecnic|de |agrari|multi|sectorial|regional)"
    r"|comite (?:de|tecnico|multisectorial)|comision (?:tecnica|de|multisectorial|especial)"
    r"|espacio de dialogo|plataforma de dialogo)"
)
_APERTURA = compilar(
    r"\b(?:siendo la|se reun|reunidos|se (?:llev|dio|desarroll|instal|inici)|llevada)"
)
_CIERRE = compilar(
    r"conclu|culmin|levant|termin|finaliz|clausur|cerr|se (?:leyo|firm|suscrib)|suscriben|firman"
)
_OTRA_REUNION = compilar(r"\b(?:proxim|reinici)")
_ORACION = re.compile(r"(?:[^.]|\.(?!\s+[A-ZÁÉÍÓÚ]))+")
_LOCAL = compilar(
    r"\b(?:en|reunid[oa]s en|desde) (?:el |la |las |los )?(?P<local>(?:auditorio"
    r"|local(?!idad)|despacho|salon|sala|casa|instalaciones|coliseo|oficinas?|plaza|estadio|sede|colegio"
    r"|institucion educativa|biblioteca|ambientes?|campo|palacio|hotel|centro (?:civico"
    r"|cultural|comunal)|tambo|parroquia|municipalidad|cancha|losa|escuela|i\. ?e\.)\b[^,;]{0,140})"
)
_DETALLE = compilar(
    r"(?:, (?:(?:ubicad[oa] en|sito en) )?(?:el |la )?(?:sector|anexo|barrio|jiron|jr|avenida|av"
    r"|calle|plaza|km|caserio|urbanizacion)\b[^,;]{2,60})+"
)
_FIN_DE_LOCAL = compilar(
    r" (?:el senor|los (?:senores|comuneros|representantes|delegados|miembros|suscritos|pobladores)"
    r"|las (?:personas|autoridades)|se (?:reun|dio|llev|inst)|con (?:la|el|los)|a fin|para|bajo"
    r"|siendo|previa|y (?:en|con))|\. "
)
_SITIO = compilar(
    r"(?:a la altura del? |en (?:el |la |los |las )?)(?P<local>(?:km|kilometro|ciudad|localidad"
    r"|comunidad|centro poblado|caserio|distrito|anexo|sector|villa)\b[^,;]{3,90})"
)
_NUMERO_DE_PUNTO = re.compile(r"(?:(?<=^)|(?<=\s))(?:\d{1,2}[.)]-?|[a-z]\))\s+(?=\S)")
_ANIO_DEL_TITULO = re.compile(r"[-–/ ](20\d\d)\b")


def extraer(documento: Documento) -> DatosDelActa:
    """Devuelve los datos generales del acta, con tramos de `Documento.texto`."""
    return _Lectura(documento).datos()


class _Lectura:
    """Las partes del acta que traen sus datos: preliminares, apertura, rótulos y cierre."""

    def __init__(self, documento: Documento) -> None:
        self.documento = documento
        self.partes = list(seccionar(documento))
        self.preliminares = list(_hasta_el_desarrollo(self.partes))
        self.rotulos = dict(reversed([*rotulados(documento, self.preliminares)]))
        self.titulo = _titulo(documento, self.preliminares)
        self.apertura = next(
            (p.bloque.tramo for p in self.partes[:12] if self._es_apertura(p)), None
        )

    def datos(self) -> DatosDelActa:
        """Reúne los datos hallados."""
        return DatosDelActa(
            titulo=self.titulo,
            fecha=self._fecha(),
            hora_inicio=self._hora_inicio(),
            hora_fin=self._hora_fin(),
            lugar=self._lugar(),
            espacio=self._espacio(),
            participantes=participantes.extraer(self.documento, self.partes),
            agenda=tuple(_agenda(self.documento, self.partes)),
            constancias=tuple(cierre.constancias(self.documento, self.partes)),
            firmas=tuple(cierre.firmas(self.documento)),
        )

    def _es_apertura(self, parte: Parte) -> bool:
        if parte.bloque.celda or parte.es_titulo:
            return False
        texto = plegar(self.documento.fragmento(parte.bloque.tramo))
        return bool(_APERTURA.search(texto)) and not _TITULO.match(texto)

    def _fecha(self) -> Dato | None:
        cierres = [p.bloque.tramo for p in self.partes if p.seccion is Seccion.CIERRE]
        titulo = self.titulo.tramo if self.titulo else None
        rotulos = (self.rotulos.get(nombre) for nombre in ("fecha", "lugar"))
        for tramo in (*rotulos, self.apertura, titulo, *cierres):
            if tramo and (dato := self._primera_fecha(tramo)):
                return dato
        return None

    def _primera_fecha(self, tramo: Tramo) -> Dato | None:
        texto = self.documento.fragmento(tramo)
        numero = _ANIO_DEL_TITULO.search(self.titulo.valor) if self.titulo else None
        referencia = date(int(numero[1]), 1, 1) if numero else None
        for leida in fechas.buscar(texto, referencia):
            antes = plegar(texto[max(0, leida.inicio - plazos_entorno.VENTANA) : leida.inicio])
            escrita = leida.forma in {Forma.LARGA, Forma.NUMERICA} and leida.ultimo
            if escrita and not plazos_entorno.es_de_documento(antes.replace("llevada a cabo", "")):
                return Dato(escrita.isoformat(), _tramo(tramo, leida.inicio, leida.fin))
        return None

    def _hora_inicio(self) -> Dato | None:
        rotulos = (self.rotulos.get(nombre) for nombre in ("inicio", "hora", "fecha"))
        leidas = (self._horas(tramo) for tramo in (*rotulos, self.apertura) if tramo)
        return next((halladas[0] for halladas in leidas if halladas), None)

    def _hora_fin(self) -> Dato | None:
        """La del rótulo, la segunda de «Hora: de 9:00 a 13:00» o la de la fórmula de cierre."""
        for nombre, orden in (("fin", 0), ("hora", 1)):
            tramo = self.rotulos.get(nombre)
            halladas = self._horas(tramo) if tramo else []
            if len(halladas) > orden:
                return halladas[orden]
        cierres = (
            self._hora_de_cierre(parte.bloque.tramo)
            for parte in reversed(self.partes)
            if parte.bloque.celda is None and parte.bloque.tramo != self.apertura
        )
        return next((dato for dato in cierres if dato), None)

    def _horas(self, tramo: Tramo) -> list[Dato]:
        return [
            Dato(hora.valor, _tramo(tramo, hora.inicio, hora.fin))
            for hora in horas.buscar(self.documento.fragmento(tramo))
        ]

    def _hora_de_cierre(self, tramo: Tramo) -> Dato | None:
        for oracion in _ORACION.finditer(self.documento.fragmento(tramo)):
            plegada = plegar(oracion[0])
            if _CIERRE.search(plegada) and not _OTRA_REUNION.search(plegada):
                halladas = self._horas(_tramo(tramo, *oracion.span()))
                if halladas:
                    return halladas[-1]
        return None

    def _lugar(self) -> LugarDelActa | None:
        if tramo := self.rotulos.get("lugar"):
            recortado = _recortar(self.documento, tramo)
            return self._con_ubigeo(recortado, recortado)
        if self.apertura is None:
            return None
        texto = self.documento.fragmento(self.apertura)
        plegado = plegar(texto)
        hallado = _LOCAL.search(plegado) or _SITIO.match(plegado)
        if hallado is None:
            return None
        detalle = _DETALLE.match(plegado, hallado.end())
        sobra = _FIN_DE_LOCAL.search(plegado, hallado.start("local"), hallado.end())
        fin = sobra.start() if sobra else (detalle or hallado).end()
        valor = _recortar(self.documento, _tramo(self.apertura, hallado.start("local"), fin))
        alrededor = Tramo(self.apertura.inicio, min(self.apertura.fin, valor.fin + 250))
        return self._con_ubigeo(valor, alrededor)

    def _con_ubigeo(self, valor: Tramo, alrededor: Tramo) -> LugarDelActa:
        texto = self.documento.fragmento(alrededor)
        hallados = lugares.extraer(texto, Contexto(base=alrededor.inicio))
        return LugarDelActa(self.documento.fragmento(valor), valor, hallados)

    def _espacio(self) -> Dato | None:
        if rotulo := self.rotulos.get("espacio"):
            tramo = _recortar(self.documento, rotulo)
            return Dato(self.documento.fragmento(tramo), tramo)
        hallados = [
            (hallado.start(), tramo)
            for tramo in self._donde_buscar_el_espacio()
            if (hallado := _ESPACIO.search(plegar(self.documento.fragmento(tramo))))
        ]
        if not hallados:
            return None
        inicio, tramo = min(hallados, key=lambda h: (h[0] > 0, h[1].inicio))
        tramo = _recortar(self.documento, Tramo(tramo.inicio + inicio, tramo.fin))
        return Dato(" ".join(self.documento.fragmento(tramo).split()), tramo)

    def _donde_buscar_el_espacio(self) -> Iterator[Tramo]:
        """El título, los renglones que lo rodean y los encabezados de página."""
        titulo = self.titulo.tramo if self.titulo else Tramo(0, 0)
        yield titulo
        for parte in self.preliminares[:5]:
            tramo = parte.bloque.tramo
            if not (parte.bloque.celda or titulo.contiene(tramo) or tramo == self.apertura):
                yield tramo
        for bloque in self.documento.bloques:
            if bloque.tipo in MARGINALES:
                yield bloque.tramo


def _hasta_el_desarrollo(partes: list[Parte]) -> Iterator[Parte]:
    for parte in partes:
        if parte.seccion not in _PRELIMINARES:
            return
        yield parte


def _tramo(de: Tramo, inicio: int, fin: int) -> Tramo:
    return Tramo(de.inicio + inicio, de.inicio + fin)


def _recortar(documento: Documento, tramo: Tramo) -> Tramo:
    """Quita del tramo los blancos y signos de los extremos."""
    texto = documento.fragmento(tramo)
    inicio = len(texto) - len(texto.lstrip(" .,;:\n\t"))
    return Tramo(tramo.inicio + inicio, tramo.inicio + max(inicio, len(texto.rstrip(" .,;:\n\t"))))


def _titulo(documento: Documento, partes: list[Parte]) -> Dato | None:
    """Devuelve el primer renglón que empieza con «Acta», «Minuta»…, y los que lo continúan."""
    bloques = [p.bloque for p in partes[:12] if p.bloque.celda is None]
    for indice, bloque in enumerate(bloques):
        texto = documento.fragmento(bloque.tramo)
        if not _TITULO.match(plegar(texto)) or len(texto.split()) > 45:
            continue
        fin = bloque.tramo.fin
        for siguiente in bloques[indice + 1 : indice + 3]:
            hasta_aqui = plegar(documento.texto[bloque.tramo.inicio : fin]).strip()
            resto = plegar(documento.fragmento(siguiente.tramo)).strip()
            if not _CONTINUA.search(hasta_aqui) and not _SIGUE.match(resto):
                break
            fin = siguiente.tramo.fin
        tramo = Tramo(bloque.tramo.inicio, fin)
        return Dato(" ".join(documento.fragmento(tramo).split()), tramo)
    return None


def _agenda(documento: Documento, partes: list[Parte]) -> Iterator[Dato]:
    """Recorre los puntos de agenda; una línea «1. Agua 2. Salud» son dos."""
    for parte in partes:
        if parte.seccion is not Seccion.AGENDA or parte.es_titulo or parte.bloque.celda:
            continue
        texto = documento.fragmento(parte.bloque.tramo)
        cortes = [h.span() for h in _NUMERO_DE_PUNTO.finditer(texto)]
        if len(cortes) < 2:
            puntos = [parte.tramo]
        else:
            finales = [corte[0] for corte in cortes[1:]] + [len(texto)]
            puntos = [
                _tramo(parte.bloque.tramo, corte[1], fin)
                for corte, fin in zip(cortes, finales, strict=True)
            ]
        for punto in puntos:
            tramo = _recortar(documento, punto)
            if tramo.inicio < tramo.fin:
                yield Dato(documento.fragmento(tramo), tramo)
