"""Fabrica un registro inventado del tamaño del que muestra la presentación del protocolo.

Uso: `python ejemplos/fabrica/registro_del_mazo.py CARPETA`. Escribe una matriz por área: 563, 925,
526 y 882 compromisos, con las cuentas por tipo y estado de `ejemplos/registro/mazo.csv`; 179 del
Corredor no tienen tipo. Loreto y el Corredor van como Anexo 5 (Loreto, con los nueve estados);
Suroeste y Sureste, como Anexo 2. Lo que la presentación no dice (el tipo en Suroeste y Sureste, cuántos
de los cerrados se cumplieron, y el estado fino de los abiertos) se reparte al azar con semilla fija.

Los distritos existen; comunidades, empresas, personas, códigos y textos son inventados.
"""

import csv
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from comun_matrices import ANEXO_2, ANEXO_5
from openpyxl import Workbook

RAIZ = Path(__file__).resolve().parents[2]

NUEVE = {
    "Por iniciar": ["Abierto – No iniciado"],
    "En proceso": ["Abierto – En proceso"] * 6
    + ["Abierto – Sin información"] * 2
    + ["Abierto – Suspendido", "Abierto – Inviable"],
    "Cumplido": ["Cerrado – Cumplido"],
    "Incumplido": ["Cerrado – Incumplido"],
}


@dataclass(frozen=True)
class Area:
    """Un área de la presentación: sus cuentas, su territorio (UBIGEO) y cómo llena su matriz."""

    nombre: str
    archivo: str
    titulos: list[str]
    ubigeos: tuple[str, ...]
    pip: int
    actividad: int
    sin_tipo: int
    por_iniciar: int
    en_proceso: int
    cumplido: int
    incumplido: int
    fuera: tuple[str, ...] = ()
    nueve_estados: bool = False
    empresas: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.pip + self.actividad + self.sin_tipo


CORREDOR = ("0305", "0807", "0808", "0810")
AREAS = (
    Area(
        "Amazonía – Loreto (eje petrolero)",
        "loreto.xlsx",
        ANEXO_5,
        ("1602", "1603", "1604", "1605", "1607"),
        pip=201,
        actividad=362,
        sin_tipo=0,
        por_iniciar=71,
        en_proceso=237,
        cumplido=231,
        incumplido=24,
        nueve_estados=True,
        empresas=["Petrolera Río Bravo S. A.", "Consorcio Energía del Marañón"],
    ),
    Area(
        "Corredor Minero Sur",
        "corredor.xlsx",
        ANEXO_5,
        CORREDOR,
        pip=457,
        actividad=289,
        sin_tipo=179,
        por_iniciar=54,
        en_proceso=420,
        cumplido=418,
        incumplido=33,
        empresas=[
            "Minera Cerro Aurora S. A.",
            "Minera Apu Claro S. A. C.",
            "Transportes Andinos del Corredor S. A.",
        ],
    ),
    Area(
        "UT Suroeste",
        "suroeste.xlsx",
        ANEXO_2,
        ("04", "11", "18", "23"),
        pip=173,
        actividad=348,
        sin_tipo=5,
        por_iniciar=9,
        en_proceso=47,
        cumplido=452,
        incumplido=18,
        empresas=["Minera Quebrada Honda S. A.", "Agroexportadora Valle del Sur S. A. C."],
    ),
    Area(
        "UT Sureste",
        "sureste.xlsx",
        ANEXO_2,
        ("03", "08", "17", "21"),
        pip=318,
        actividad=547,
        sin_tipo=17,
        por_iniciar=63,
        en_proceso=221,
        cumplido=561,
        incumplido=37,
        fuera=CORREDOR,
        empresas=["Minera Lago Alto S. A.", "Generadora Hidroandina S. A."],
    ),
)

NACIONALES = [
    "Ministerio de Vivienda, Construcción y Saneamiento",
    "Ministerio de Transportes y Comunicaciones",
    "Ministerio de Salud",
    "Ministerio de Educación",
    "Ministerio de Energía y Minas",
    "Ministerio del Ambiente",
    "Ministerio de Desarrollo Agrario y Riego",
    "Autoridad Nacional del Agua",
    "Organismo de Evaluación y Fiscalización Ambiental",
    "Programa Nacional de Saneamiento Rural",
    "Presidencia del Consejo de Ministros",
    "Provías Nacional",
]

OBRAS = [
    "la creación del sistema de agua potable y disposición sanitaria de excretas",
    "el mejoramiento y la ampliación del servicio de saneamiento rural",
    "el mejoramiento de la carretera vecinal que llega a la capital distrital",
    "la construcción del puente carrozable sobre el río principal",
    "el mejoramiento del servicio educativo de la institución educativa secundaria",
    "la creación del servicio de salud del puesto de salud I-2",
    "la instalación del sistema de electrificación rural",
    "el mejoramiento del canal de riego y su reservorio",
    "la construcción de la planta de tratamiento de aguas residuales",
    "la creación del servicio de telefonía móvil e internet",
    "la construcción del local de la cuna y comedor infantil",
    "la ampliación del sistema de riego por aspersión",
    "la creación de las defensas ribereñas",
    "el mejoramiento de la plaza y las vías urbanas",
]
VERBOS_DE_OBRA = [
    "ejecutará",
    "culminará",
    "elaborará el expediente técnico para",
    "financiará",
    "gestionará el presupuesto para",
    "iniciará",
    "incluirá en su programación multianual",
]
ACCIONES = [
    "capacitará a {n} promotores de vigilancia ambiental",
    "entregará {n} módulos de paneles solares domiciliarios",
    "realizará el monitoreo participativo de la calidad del agua en {n} puntos",
    "instalará {n} cocinas mejoradas",
    "dotará de medicamentos y equipamiento básico a {n} establecimientos de salud",
    "atenderá con una campaña médica a {n} familias",
    "financiará {n} becas de estudios técnicos",
    "contratará a {n} trabajadores de la zona",
    "remitirá el informe técnico de evaluación de {n} predios afectados",
    "realizará {n} talleres de asistencia técnica ganadera",
    "entregará {n} kilogramos de semilla mejorada",
    "efectuará el saneamiento físico legal de {n} comunidades",
    "publicará los resultados de {n} muestreos de suelo",
    "remediará {n} sitios impactados priorizados",
    "entregará {n} laptops y su servicio de internet a las escuelas",
    "reforestará {n} hectáreas de cabecera de cuenca",
    "comprará a los productores locales {n} toneladas de alimentos",
    "otorgará {n} canastas de víveres a las familias afectadas",
    "presentará {n} informes trimestrales de avance a la mesa",
    "instalará {n} estaciones de medición de caudal",
]
LUGARES = ["la comunidad campesina", "el centro poblado", "el anexo", "el sector", "la comunidad"]
NOMBRES = [
    "San Isidro", "Nueva Esperanza", "Santa Rosa", "Alto Mirador", "Tres Lagunas", "Ccollpa Pampa", "Buena Vista",
    "Puerto Claro", "Santa Cruz del Valle", "Quebrada Seca", "Villa Unión", "Pampa Hermosa", "Los Andes", "Nuevo Amanecer",
    "Huayllapata Chico", "Rosaspampa", "San Martín de Porres", "Virgen del Carmen", "Apacheta Baja", "Yuraqmayo",
]  # fmt: skip
PLAZOS = [
    "", "", "", "", "", "", "",
    "en un plazo de {d} días hábiles",
    "en un plazo de {d} días calendario",
    "en {d} días",
    "antes de finalizado el año",
    "hasta el 30 de junio del año siguiente",
    "a la brevedad posible",
    "previa disponibilidad presupuestal",
]  # fmt: skip
CIERRES = ["", "", "", " con participación de las autoridades comunales", " según el cronograma adjunto al acta",
           " con cargo a su presupuesto institucional", " e informará a la mesa"]  # fmt: skip
AVANCES = [
    "",
    "",
    "Expediente técnico en formulación.",
    "En convocatoria del proceso de selección.",
    "Avance físico de {p} %.",
    "Según el informe de la ingeniera Delia Cárdenas, el avance es de {p} %.",
    "Se remitió el oficio de reiteración; sin respuesta.",
    "Observado por la oficina de presupuesto; el coordinador Hernán Vela lo subsana.",
]


def distritos(area: Area) -> list[tuple[str, str, str]]:
    """Devuelve región, provincia y distrito de cada distrito del área."""
    with (RAIZ / "nlp" / "datos" / "ubigeo.csv").open(encoding="utf-8", newline="") as tabla:
        return [
            (fila["region"], fila["provincia"], fila["distrito"])
            for fila in csv.DictReader(tabla)
            if fila["codigo"].startswith(area.ubigeos)
            and not fila["codigo"].startswith(area.fuera or ("-",))
        ]


def filas(area: Area) -> Iterator[dict[str, object]]:
    """Da las filas del área, en el orden de sus actas (unas 5,5 por acta), sin repetir texto."""
    azar = random.Random(f"mazo {area.nombre}")  # noqa: S311
    tipos = ["PIP"] * area.pip + ["Actividad"] * area.actividad + [""] * area.sin_tipo
    cerrados = ["Cumplido"] * area.cumplido + ["Incumplido"] * area.incumplido
    estados = ["Por iniciar"] * area.por_iniciar + ["En proceso"] * area.en_proceso + cerrados
    assert len(tipos) == len(estados) == area.total
    azar.shuffle(tipos)
    azar.shuffle(estados)
    territorio, turno, vistos = distritos(area), AREAS.index(area), set()
    faltan, dia = 0, date(2012, 3, 1)
    for orden, (tipo, reducido) in enumerate(zip(tipos, estados, strict=True), 1):
        if not faltan:
            faltan = azar.randint(3, 8)
            quedan = max(1, (area.total - orden) // 5)
            paso = max(1, (date(2021, 4, 30) - dia).days // quedan)
            dia += timedelta(days=azar.randint(1, 2 * paso))
            dia += timedelta(days=(turno - dia.toordinal()) % len(AREAS))
            region, provincia, distrito = azar.choice(territorio)
            caso = f"{dia.year}-{azar.randint(1, 120):03}"
        faltan -= 1
        responsables, niveles = _responsables(azar, area, region, provincia, distrito)
        texto = _texto(azar, tipo, responsables[0], distrito, provincia)
        while texto in vistos:
            texto = _texto(azar, tipo, responsables[0], distrito, provincia)
        vistos.add(texto)
        con_codigo = tipo == "PIP" and azar.random() < 0.7
        yield dict(
            zip(
                ANEXO_2,
                [
                    caso,
                    dia,
                    tipo,
                    texto,
                    area.nombre,
                    region,
                    provincia,
                    distrito,
                    f"999{turno}{orden:04}" if con_codigo and dia.year < 2017 else "",
                    f"2999{turno}{orden:03}" if con_codigo else "",
                    azar.choice(NUEVE[reducido]) if area.nueve_estados else reducido,
                    azar.choice(AVANCES).format(p=azar.randint(5, 95)),
                    "; ".join(responsables),
                    "; ".join(niveles),
                    f"Municipalidad Distrital de {distrito}" if azar.random() < 0.25 else "",
                ],
                strict=True,
            )
        )


def _responsables(
    azar: random.Random, area: Area, region: str, provincia: str, distrito: str
) -> tuple[list[str], list[str]]:
    """Reparte como la Defensoría cuenta: Estado 72,5 %, empresas 19 %, sociedad 14,4 % (algunos, juntos)."""
    cuantos = 2 if azar.random() < 0.06 else 1
    elegidos: dict[str, str] = {}
    while len(elegidos) < cuantos:
        suerte = azar.random()
        if suerte < 0.525:
            elegidos[azar.choice(NACIONALES)] = "Nacional"
        elif suerte < 0.61:
            elegidos[f"Gobierno Regional de {region}"] = "Regional"
        elif suerte < 0.685:
            local = f"Municipalidad Provincial de {provincia}"
            elegidos[local if azar.random() < 0.4 else f"Municipalidad Distrital de {distrito}"] = (
                "Local"
            )
        elif suerte < 0.865:
            elegidos[azar.choice(area.empresas)] = "No aplica"
        else:
            elegidos[f"Comunidad campesina {azar.choice(NOMBRES)}"] = "No aplica"
    return list(elegidos), list(elegidos.values())


def _texto(azar: random.Random, tipo: str, responsable: str, distrito: str, provincia: str) -> str:
    articulo = (
        "La"
        if responsable.split()[0] in {"Municipalidad", "Comunidad", "Presidencia", "Autoridad"}
        else "El"
    )
    sujeto = (
        f"{articulo} {responsable}"
        if not responsable.endswith(("A.", "C."))
        else f"La empresa {responsable}"
    )
    if tipo == "PIP" or (not tipo and azar.random() < 0.5):
        accion = f"{azar.choice(VERBOS_DE_OBRA)} {azar.choice(OBRAS)}"
    else:
        accion = azar.choice(ACCIONES).format(n=azar.randint(2, 120))
    lugar = f"en {azar.choice(LUGARES)} {azar.choice(NOMBRES)}, distrito de {distrito}, provincia de {provincia}"
    plazo = azar.choice(PLAZOS).format(d=azar.choice([10, 15, 30, 45, 60, 90, 120]))
    cola = f"{', ' if plazo else ''}{plazo}{azar.choice(CIERRES)}"
    return f"{sujeto} {accion} {lugar}{cola}."


def fabricar(destino: Path) -> list[Path]:
    """Escribe la matriz de cada área y devuelve sus rutas, en el orden de la presentación."""
    destino.mkdir(parents=True, exist_ok=True)
    rutas = []
    for area in AREAS:
        libro = Workbook(write_only=True)
        hoja = libro.create_sheet("Matriz")
        hoja.append(area.titulos)
        for fila in filas(area):
            hoja.append([fila[titulo] or None for titulo in area.titulos])
        rutas.append(destino / area.archivo)
        libro.save(rutas[-1])
    return rutas


if __name__ == "__main__":
    for ruta in fabricar(Path(sys.argv[1])):
        print(ruta)
