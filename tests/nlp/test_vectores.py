"""Las casillas propias son las de scikit-learn, con las que se eligió el modelo."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer

from nlp import vectores
from nlp.entrenamiento import corpus

TEXTOS = [
    *(e.texto for e in corpus.leer("escritos_entrenamiento").ejemplos[:200]),
    "",
    "a",
    "  Ñandú\tÁRBOL  1.5 km  ",
    "un espacio\u00a0duro, ½ y Ⅳ",
]
OPCIONES = {"strip_accents": "unicode", "alternate_sign": False, "norm": None}
PALABRAS = HashingVectorizer(ngram_range=(1, 2), n_features=2**14, **OPCIONES)
LETRAS = HashingVectorizer(analyzer="char_wb", ngram_range=(2, 5), n_features=2**15, **OPCIONES)


@pytest.mark.parametrize(
    ("parte", "suyo"), [(0, PALABRAS), (1, LETRAS)], ids=["palabras", "letras"]
)
def test_cada_texto_cae_en_las_mismas_casillas(parte: int, suyo: HashingVectorizer) -> None:
    esperadas = suyo.transform(TEXTOS)
    for texto, fila in zip(TEXTOS, esperadas, strict=True):
        donde, cuanto = vectores._cuentas(texto)[parte]
        assert dict(zip(donde.tolist(), cuanto.tolist(), strict=True)) == dict(
            zip(fila.indices.tolist(), fila.data.tolist(), strict=True)
        )


def test_los_pesos_son_los_mismos() -> None:
    cuentas = [vectores._cuentas(t)[1] for t in TEXTOS]
    transformador = TfidfTransformer(sublinear_tf=True)
    esperados = transformador.fit_transform(LETRAS.transform(TEXTOS)).toarray()
    idf = vectores._idf(cuentas, 2**15)
    assert np.allclose(idf, transformador.idf_)
    for fila, esperada in zip(cuentas, esperados, strict=True):
        obtenida = np.zeros(2**15)
        obtenida[fila[0]] = vectores._pesar(fila, idf)
        assert np.allclose(obtenida, esperada)
