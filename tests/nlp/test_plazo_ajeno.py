"""Fechas y cantidades de otra cosa, que no son el plazo de la obligación."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.componentes import plazo
from nlp.contexto import Contexto
from nlp.propuesta import Plazo


def leer(texto: str, acta: date | None = date(2026, 5, 14)) -> Plazo | None:
    return plazo.extraer(texto, Contexto(fecha_acta=acta))


@pytest.mark.parametrize(
    "texto",
    [
        "El MTC evaluará el pedido conforme a la Resolución N.° 120 de fecha 6 de abril de 2026.",
        "La empresa atenderá lo ofrecido en el acta del 6 de abril.",
        "El 3 de abril la comunidad bloqueó la vía.",
        "La red de salud atenderá a los niños menores de 5 años.",
        "La obra está paralizada desde noviembre.",
        "El GORE reparará la Av. 28 de Julio.",
        "La empresa apoyará la ejecución inmediata del proyecto.",
        "Un médico atenderá dos días al mes en el anexo.",
        "La DRE atenderá a las 10:00 horas en el local comunal.",
        "La población espera la carretera desde hace once años.",
        "La DIRESA citará a los habitantes muestreados en 2026.",
        "La UGEL contratará a los docentes cesados por la DRE durante el año 2025.",
        "La empresa reparará los cercos dañados por el agua en el último semestre.",
        "Los delegados proceden a la firma de la presente acta.",
    ],
)
def test_las_fechas_de_hechos_pasados_y_otras_cantidades_no_son_plazo(texto: str) -> None:
    assert leer(texto) is None


@pytest.mark.parametrize(
    "texto",
    [
        "Asfaltará la vía “Mejoramiento de la avenida 24 de Junio del barrio Ficticio”.",
        "Asfaltará la vía “Mejora del tránsito vehicular en la avenida 24 de Junio”.",
        "Elaborará el plan regional de la papa al 2035.",
        "Publicará los datos de los periodos del 2020 al 2024.",
        "Cumplirá el convenio suscrito entre ambas partes el año 2020.",
        "Pagará el apoyo a las familias de los fallecidos en setiembre de 2015.",
        "Responderá por escrito, ya que esta semana el residente no está.",
        "Enviará un oficio para que la UGEL los cite la próxima semana.",
        "Remitirá los informes para el inicio de una investigación.",
        "Cuidará el mirador 12 de Octubre.",
    ],
)
def test_la_fecha_de_otra_cosa_no_es_el_plazo(texto: str) -> None:
    assert leer(texto, None) is None


def test_en_mayusculas_un_hecho_pasado_tampoco_es_plazo() -> None:
    assert leer("EN LA REUNIÓN SE LLEVÓ A CABO EL MARTES 5 DE MAYO UNA VISITA.") is None
