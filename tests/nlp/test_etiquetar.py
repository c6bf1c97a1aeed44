"""El bucle de etiquetado: qué oraciones saca, qué etiquetas admite y qué guarda."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from nlp.clasificadores import Clasificadores
from nlp.entrenamiento.etiquetar import (
    POR_DOCUMENTO,
    LoteInvalido,
    elegir,
    incertidumbre,
    por_leer,
    principal,
    recoger,
    segunda,
)
from nlp.entrenamiento.fugas import filtradas, leer_jsonl
from nlp.errores import ConjuntoAusente

COSAS = [
    "becas",
    "aulas",
    "pozos",
    "canales",
    "redes",
    "mesas",
    "libros",
    "cuyes",
    "truchas",
    "faroles",
]


def cruda(numero: int, texto: str, fuente: str = "https://x.pe/a.md") -> dict[str, str]:
    return {"id": f"pe{numero:05}", "texto": texto, "contexto": "antes", "fuente": fuente}


@pytest.fixture
def datos(tmp_path: Path) -> Path:
    """Treinta oraciones inventadas de nueve documentos, en una carpeta como la de los datos."""
    filas = [
        cruda(90000 + i, f"La entidad {i} verá lo de {COSAS[i % 10]}.", f"https://x.pe/{i % 9}.md")
        for i in range(30)
    ]
    (tmp_path / "crudo").mkdir()
    crudo = "\n".join(json.dumps(f, ensure_ascii=False) for f in filas).encode()
    (tmp_path / "crudo" / "pe.jsonl.gz").write_bytes(gzip.compress(crudo))
    return tmp_path


def lote(tmp_path: Path, filas: list[dict[str, Any]], nombre: str = "lote.jsonl") -> Path:
    ruta = tmp_path / nombre
    ruta.write_text("\n".join(json.dumps(f) for f in filas), encoding="utf-8")
    return ruta


def leida(id_: str, clase: str | None, tipo: str | None = None) -> dict[str, Any]:
    return {"id": id_, "texto": "algo secreto", "clase": clase, "tipo": tipo, "dificil": False}


def test_duda_mas_de_lo_ambiguo_que_de_lo_claro() -> None:
    claro, ambiguo, por_regla = incertidumbre(
        Clasificadores(),
        [
            "Solicitamos al ministerio la construcción de un puente.",
            "Se verá lo del puente con la empresa.",
            "Página 3 de 7",
        ],
    )
    assert claro < 0.5 < ambiguo
    assert por_regla == 0


def test_elige_lo_incierto_sin_repetirse() -> None:
    gemelas = [cruda(i, "La junta revisará el padrón de regantes.", f"d{i}") for i in range(4)]
    otra = cruda(9, "Sobre la trucha nadie dijo nada.", "d9")
    cierta = cruda(8, "Se levantó la sesión.", "d8")
    elegidas = elegir([*gemelas, otra, cierta], [0.9, 0.9, 0.9, 0.9, 0.8, 0.1], 2)
    assert [f["id"] for f in elegidas] == ["pe00000", "pe00009"]


def test_no_pasa_de_unas_pocas_por_documento() -> None:
    filas = [cruda(i, f"{COSAS[i]} distinto", "https://x.pe/a.md#L1") for i in range(9)]
    assert len(elegir(filas, [0.5] * 9, 9)) == POR_DOCUMENTO


def test_saca_un_lote_sin_clase_y_ordenado_por_documento(
    datos: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    salida = datos / "lote.jsonl"
    principal(["--datos", str(datos), "--cuantas", "24", "--salida", str(salida)])
    filas = leer_jsonl(salida)
    assert len(filas) == 12
    assert {f["clase"] for f in filas} == {None}
    assert set(filas[0]) == {"id", "texto", "contexto", "fuente", "clase", "tipo", "dificil"}
    assert [f["fuente"] for f in filas] == sorted(f["fuente"] for f in filas)
    assert f"LOTE={salida}" in capsys.readouterr().out


def test_no_saca_lo_ya_leido_ni_lo_que_repite_texto_de_medida(datos: Path) -> None:
    etiquetas = datos / "etiquetas"
    etiquetas.mkdir()
    lote(etiquetas, [{"id": "pe90003", "clase": "otro"}])
    repetida = next(i for i in sorted(filtradas()) if i.startswith("pe"))
    ruta = datos / "crudo" / "mas.jsonl.gz"
    ruta.write_bytes(
        gzip.compress(
            json.dumps(cruda(int(repetida[2:]), "uno dos tres cuatro cinco seis")).encode()
        )
    )
    ids = {f["id"] for f in por_leer(datos, etiquetas)}
    assert len(ids) == 29
    assert not ids & {"pe90003", repetida}


def test_no_saca_lo_muy_corto(datos: Path) -> None:
    ruta = datos / "crudo" / "mas.jsonl.gz"
    ruta.write_bytes(gzip.compress(json.dumps(cruda(91000, "Siguiente punto")).encode()))
    assert len(por_leer(datos, datos)) == 30


def test_sin_oraciones_lo_dice(tmp_path: Path) -> None:
    with pytest.raises(ConjuntoAusente, match="crudo"):
        por_leer(tmp_path)


def test_recoge_solo_id_y_etiqueta_de_lo_leido(tmp_path: Path) -> None:
    filas = [
        leida("pe90002", "compromiso", "pip"),
        leida("cf00001", "otro"),
        leida("co00001", None),
    ]
    destino, guardadas, quedan = recoger(lote(tmp_path, filas), _carpeta(tmp_path))
    assert (guardadas, quedan) == (2, 1)
    assert "secreto" not in destino.read_text("utf-8")
    assert leer_jsonl(destino) == [
        {"id": "cf00001", "clase": "otro", "tipo": None, "dificil": False},
        {"id": "pe90002", "clase": "compromiso", "tipo": "pip", "dificil": False},
    ]


@pytest.mark.parametrize(
    ("fila", "motivo"),
    [
        (leida("pe90002", "promesa"), "promesa"),
        (leida("pe90002", "compromiso", "obra"), "obra"),
        (leida("pe90002", "compromiso"), "tipo"),
        (leida("pe90002", "tarea", "pip"), "tipo"),
        (leida("g0109", "otro"), "id"),
        ({**leida("pe90002", "otro"), "dificil": "sí"}, "dificil"),
        (leida(next(i for i in sorted(filtradas()) if i[:2] == "pe"), "otro"), "medida"),
    ],
)
def test_una_etiqueta_mala_detiene_todo_el_lote(
    tmp_path: Path, fila: dict[str, Any], motivo: str
) -> None:
    carpeta = _carpeta(tmp_path)
    with pytest.raises(LoteInvalido, match=motivo) as error:
        recoger(lote(tmp_path, [leida("pe90001", "otro"), fila]), carpeta)
    assert str(fila["id"]) in str(error.value)
    assert not list(carpeta.iterdir())


def test_no_se_etiqueta_dos_veces_salvo_en_la_segunda_lectura(tmp_path: Path) -> None:
    carpeta = _carpeta(tmp_path)
    recoger(lote(tmp_path, [leida("pe90001", "otro")], "uno.jsonl"), carpeta)
    with pytest.raises(LoteInvalido, match="ya tiene etiqueta"):
        recoger(lote(tmp_path, [leida("pe90001", "otro")], "dos.jsonl"), carpeta)
    with pytest.raises(LoteInvalido, match="ya existe"):
        recoger(lote(tmp_path, [leida("pe90005", "otro")], "uno.jsonl"), carpeta)
    with pytest.raises(LoteInvalido, match="dos veces"):
        recoger(lote(tmp_path, [leida("pe90007", "otro")] * 2, "tres.jsonl"), carpeta)
    otra = lote(tmp_path, [leida("pe90001", "tarea")], "uno-segunda-lectura.jsonl")
    assert recoger(otra, carpeta)[1] == 1


def test_la_segunda_lectura_aparta_una_de_cada_veinte_sin_su_etiqueta(datos: Path) -> None:
    primeras = _treinta_leidas(datos)
    assert segunda(primeras, datos, datos / "b.jsonl") == 2
    assert {f["clase"] for f in leer_jsonl(datos / "b.jsonl")} == {None}


@pytest.mark.parametrize(("parte", "veces"), [(0.3, {1}), (0.6, {2})])
def test_la_segunda_lectura_sale_de_documentos_distintos_y_siempre_igual(
    datos: Path, parte: float, veces: set[int]
) -> None:
    primeras = _treinta_leidas(datos)
    segunda(primeras, datos, datos / "b.jsonl", parte)
    segunda(primeras, datos, datos / "c.jsonl", parte)
    apartadas = leer_jsonl(datos / "b.jsonl")
    assert apartadas == leer_jsonl(datos / "c.jsonl")
    por_documento = Counter(f["fuente"] for f in apartadas)
    assert len(por_documento) == 9
    assert set(por_documento.values()) == veces


def _treinta_leidas(datos: Path) -> Path:
    return lote(datos, [{"id": f"pe{90000 + i}", "clase": "otro"} for i in range(30)], "a.jsonl")


def _carpeta(tmp_path: Path) -> Path:
    carpeta = tmp_path / "etiquetas"
    carpeta.mkdir()
    return carpeta
