"""Mide las reglas: qué avisos dan y cuáles debían dar, código por código.

Las oraciones de `tests/lineamientos/oraciones.jsonl` se escribieron antes de afinar: la parte
«afinar» se miró al corregir las reglas; «prueba» y las reservas se midieron antes de mirarlas.
Los ejemplos sintéticos de la carpeta de datos llevan alertas de nombre más grueso que
los códigos (`ALERTAS`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from lineamientos import serie
from lineamientos.analisis import Analizador
from lineamientos.contrato import ItemJson
from nlp.acta_analizada import DatosDelActa
from nlp.entrenamiento.fugas import leer_jsonl
from nlp.propuesta import Clase, Dato
from nlp.secciones import reconocer_titulo

ORACIONES = Path(__file__).parents[2] / "tests" / "lineamientos" / "oraciones.jsonl"
SINTETICOS = "ejemplos_sinteticos.jsonl"
PARTES = (
    *("afinar", "prueba", "reserva", "segunda reserva", "tercera reserva", "cuarta reserva"),
    "quinta reserva",
    "sexta reserva",
)
SOLO_CON_META = frozenset({"cuarta reserva", "quinta reserva", "sexta reserva"})
"""Partes en que solo se anotaron los códigos de `METAS`: los demás no se juzgan."""

METAS: Mapping[str, frozenset[str]] = {
    "sin plazo": frozenset({"T01"}),
    "plazo vago": frozenset({"T02"}),
    "sin responsable o genérico": frozenset({"A01", "A02"}),
    "verbo débil": frozenset({"S01"}),
}
"""Los defectos con meta: precisión de al menos 0,90 y exhaustividad de al menos 0,85."""

ALERTAS: Mapping[str, frozenset[str]] = {
    "T-none": frozenset({"T01"}),
    "T-vague": frozenset({"T02"}),
    "T-rel": frozenset({"T04", "T05", "T06"}),
    "T-habcal": frozenset({"T03"}),
    "T-open": frozenset({"T07"}),
    "T-ref": frozenset({"T09"}),
    "A-resp": frozenset({"A01", "A02"}),
    "A-multi": frozenset({"A03"}),
    "M-cant": frozenset({"M01", "M02"}),
    "S-obj": frozenset({"S03"}),
    "S-verb": frozenset({"S01"}),
    "R-cond": frozenset({"R03"}),
    "L-lugar": frozenset({"S04"}),
}
"""Alerta de los ejemplos sintéticos → códigos que la dicen."""


@dataclass
class Conteo:
    """Avisos de un mismo defecto: acertados, de más y de menos."""

    aciertos: int = 0
    de_mas: int = 0
    de_menos: int = 0

    def contar(self, esperado: bool, dado: bool) -> None:
        """Suma un ítem."""
        self.aciertos += esperado and dado
        self.de_mas += dado and not esperado
        self.de_menos += esperado and not dado

    @property
    def esperados(self) -> int:
        """Devuelve cuántos debían darse."""
        return self.aciertos + self.de_menos

    @property
    def precision(self) -> float:
        """Devuelve la parte de los avisos dados que era cierta; NaN si no se dio ninguno."""
        return _parte(self.aciertos, self.aciertos + self.de_mas)

    @property
    def exhaustividad(self) -> float:
        """Devuelve la parte de los avisos esperados que se dio; NaN si no se esperaba ninguno."""
        return _parte(self.aciertos, self.esperados)


@dataclass
class MedidaDeReglas:
    """Lo medido en un conjunto de oraciones.

    `codigos` y `metas` van de defecto a conteo; `criterios`, de criterio a conteo de «no cumple».
    `por_bueno` reparte los hallazgos de los compromisos bien escritos, y `en_otro` dice en qué
    oraciones `otro` se avisó algo.
    """

    titulo: str
    oraciones: int = 0
    codigos: dict[str, Conteo] = field(default_factory=dict)
    metas: dict[str, Conteo] = field(default_factory=dict)
    criterios: dict[str, Conteo] = field(default_factory=dict)
    por_bueno: Counter[int] = field(default_factory=Counter)
    otros: int = 0
    en_otro: list[str] = field(default_factory=list)
    fallas: list[str] = field(default_factory=list)

    @property
    def media_por_bueno(self) -> float:
        """Devuelve los hallazgos por compromiso bien escrito."""
        return _parte(sum(n * veces for n, veces in self.por_bueno.items()), self.buenos)

    @property
    def buenos(self) -> int:
        """Devuelve cuántos compromisos bien escritos hay."""
        return self.por_bueno.total()


def medir_oraciones(analizador: Analizador, parte: str, dada: bool) -> MedidaDeReglas:
    """Mide una parte de las oraciones; con `dada`, la clase es la que eligió una persona.

    La clase de las `otro` la decide siempre el modelo: ahí se miden las falsas alarmas.
    """
    modo = "clase elegida" if dada else "clase del modelo"
    medida = MedidaDeReglas(f"{parte}, {modo}")
    for fila in leer_jsonl(ORACIONES):
        if fila["parte"] != parte:
            continue
        medida.oraciones += 1
        clase = Clase(fila["clase"])
        item = revisar(analizador, fila, clase if dada and clase is not Clase.OTRO else None)
        dados = {h["regla"] for h in item["hallazgos"]}
        if parte in SOLO_CON_META:
            dados &= frozenset().union(*METAS.values())
        if clase is Clase.OTRO:
            medida.otros += 1
            if dados:
                medida.en_otro.append(f"{fila['id']}: {', '.join(sorted(dados))}")
            continue
        esperados = set(fila["reglas"])
        _contar(medida, fila["id"], esperados, dados)
        if clase is Clase.COMPROMISO:
            if not esperados and parte not in SOLO_CON_META:
                medida.por_bueno[len(item["hallazgos"])] += 1
            smart: Mapping[str, Any] = item["smart"] or {}
            for criterio, cumple in fila["smart"].items():
                conteo = medida.criterios.setdefault(criterio, Conteo())
                conteo.contar(not cumple, smart.get(criterio) is False)
    return medida


def medir_sinteticos(analizador: Analizador, datos: Path) -> MedidaDeReglas | None:
    """Mide las alertas de los ejemplos sintéticos de la carpeta; None si no están."""
    archivo = datos / SINTETICOS
    if not archivo.is_file():
        return None
    medida = MedidaDeReglas("ejemplos sintéticos")
    for fila in leer_jsonl(archivo):
        if fila["etiqueta"] == "OTRO":
            medida.otros += 1
            if hallazgos := revisar(analizador, fila, None)["hallazgos"]:
                medida.en_otro.append(f"{fila['id']}: {', '.join(h['regla'] for h in hallazgos)}")
        elif fila["etiqueta"] == "COMPROMISO":
            medida.oraciones += 1
            esperadas = {a.strip().split(" ")[0] for a in fila["nota_o_alertas"].split(",")}
            item = revisar(analizador, fila, Clase.COMPROMISO)
            dados = {h["regla"] for h in item["hallazgos"]}
            for alerta, codigos in ALERTAS.items():
                conteo = medida.codigos.setdefault(alerta, Conteo())
                _anotar(
                    medida, conteo, fila["id"], alerta, alerta in esperadas, bool(dados & codigos)
                )
    return medida


def revisar(analizador: Analizador, fila: Mapping[str, Any], clase: Clase | None) -> ItemJson:
    """Propone y revisa una oración; con `clase`, vale esa y no la del modelo."""
    dia, seccion = fila.get("fecha_acta"), fila.get("seccion")
    documento, propuesta = analizador.tuberia.proponer(
        fila["texto"],
        date.fromisoformat(dia) if dia else None,
        reconocer_titulo(seccion) if seccion else None,
        clase=clase,
    )
    fecha = Dato(dia, propuesta.tramo) if dia else None
    revision = analizador.revisor.revisar(documento, propuesta, DatosDelActa(fecha=fecha))
    return serie.item(documento, propuesta, revision)


def _contar(medida: MedidaDeReglas, id_: str, esperados: set[str], dados: set[str]) -> None:
    for codigo in sorted(esperados | dados | medida.codigos.keys()):
        conteo = medida.codigos.setdefault(codigo, Conteo())
        _anotar(medida, conteo, id_, codigo, codigo in esperados, codigo in dados)
    for meta, codigos in METAS.items():
        conteo = medida.metas.setdefault(meta, Conteo())
        conteo.contar(bool(esperados & codigos), bool(dados & codigos))


def _anotar(
    medida: MedidaDeReglas, conteo: Conteo, id_: str, defecto: str, esperado: bool, dado: bool
) -> None:
    conteo.contar(esperado, dado)
    if esperado is not dado:
        medida.fallas.append(f"{id_}: {'falta' if esperado else 'sobra'} {defecto}")


def _parte(parte: int, total: int) -> float:
    return parte / total if total else float("nan")


def medir(analizador: Analizador, datos: Path | None) -> Iterator[MedidaDeReglas]:
    """Mide cada parte, con la clase elegida y con la del modelo, y los ejemplos sintéticos."""
    for parte in PARTES:
        for dada in (True, False):
            yield medir_oraciones(analizador, parte, dada)
    sinteticos = medir_sinteticos(analizador, datos) if datos else None
    if sinteticos:
        yield sinteticos


def total(conteos: Sequence[Conteo]) -> Conteo:
    """Suma conteos."""
    return Conteo(
        sum(c.aciertos for c in conteos),
        sum(c.de_mas for c in conteos),
        sum(c.de_menos for c in conteos),
    )
