"""Da a conocer a spaCy las piezas propias; hay que llamarlo antes de cargar o entrenar."""

from __future__ import annotations

from spacy.language import Language
from spacy.util import registry

from nlp.lengua.arquitectura import ARQUITECTURA, Vectores, incrustacion_con_brown
from nlp.lengua.lema_verbal import COMPONENTE, LemaVerbal
from nlp.lengua.tablas import Tablas


def registrar(tablas: Tablas) -> None:
    """Registra la capa de entrada y el componente de lemas, que consultan `tablas`."""

    def capa(
        width: int, attrs: list[str], rows: list[int], include_static_vectors: bool = False
    ) -> Vectores:
        return incrustacion_con_brown(tablas.brown, width, attrs, rows, include_static_vectors)

    def lemas(nlp: Language, name: str) -> LemaVerbal:
        return LemaVerbal(tablas.verbos)

    registry.architectures.register(ARQUITECTURA, func=capa)
    Language.factory(COMPONENTE, assigns=["token.lemma"], func=lemas)
