"""Cuenta compromisos por tipo y por estado, en los dos vocabularios del Anexo 7."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from nlp.propuesta import Tipo
from registro.compromiso import Compromiso
from registro.estados import ESTADOS, Estado

SIN_UNIDAD: Final = "Sin unidad territorial"
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Cuentas:
    """Cuántos compromisos hay de cada estado y tipo; `por_tipo` None es «por determinar».

    `cruce` va de (tipo, estado) a cuántos; lo demás se suma de ahí.
    """

    cruce: Mapping[tuple[Tipo | None, Estado], int]

    @property
    def total(self) -> int:
        """Devuelve cuántos son."""
        return sum(self.cruce.values())

    @property
    def abiertos(self) -> int:
        """Devuelve cuántos siguen abiertos."""
        return sum(n for (_, estado), n in self.cruce.items() if ESTADOS[estado].abierto)

    @property
    def porcentaje_de_abiertos(self) -> float:
        """Devuelve de 0 a 100 qué parte sigue abierta; 0 si no hay ninguno."""
        return 100 * self.abiertos / self.total if self.total else 0.0

    def de_tipo(self, tipo: Tipo | None) -> int:
        """Devuelve cuántos son de ese tipo."""
        return sum(n for (otro, _), n in self.cruce.items() if otro is tipo)

    def en_estado(self, *estados: Estado, tipo: Tipo | None = None) -> int:
        """Devuelve cuántos están en alguno de esos estados, de un tipo si se dice."""
        return sum(
            n
            for (otro, estado), n in self.cruce.items()
            if estado in estados and tipo in {None, otro}
        )

    def en_reducido(self, nombre: str | None) -> int:
        """Devuelve cuántos tienen ese estado de los cuatro; None, los que no se reportan."""
        return self.en_estado(*(e for e, f in ESTADOS.items() if f.no_priorizado == nombre))


def contar(compromisos: Iterable[Compromiso]) -> Cuentas:
    """Cuenta esos compromisos."""
    return Cuentas(dict(Counter((c.tipo, c.estado) for c in compromisos)))


def agrupar(
    compromisos: Iterable[Compromiso], clave: Callable[[Compromiso], _T]
) -> dict[_T, list[Compromiso]]:
    """Reparte los compromisos por su clave, en el orden en que aparece cada una."""
    grupos: dict[_T, list[Compromiso]] = defaultdict(list)
    for compromiso in compromisos:
        grupos[clave(compromiso)].append(compromiso)
    return dict(grupos)


def unidad_de_cuenta(compromiso: Compromiso) -> str:
    """Devuelve en qué unidad territorial se cuenta."""
    return compromiso.unidad_territorial or SIN_UNIDAD
