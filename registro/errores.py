"""Errores del registro.

ErrorDeRegistro                 lleva `codigo` y `consejo`
├── NoEncontrado
│   ├── ActaDesconocida
│   ├── PropuestaDesconocida
│   ├── RegistroDesconocido
│   └── CosaDesconocida         espacio, caso, hito, requerimiento o solicitud
├── Conflicto                   otra persona se adelantó
│   ├── PropuestaYaDecidida
│   ├── VersionDesfasada
│   ├── TransicionInvalida      ese cambio no se puede hacer desde como está ahora
│   └── ClaveRepetida           la misma clave de idempotencia con otro pedido
├── NoAutorizado                a esa oficina no le toca
├── DatoInvalido                lleva `campo`
│   ├── FaltaElegirClase
│   └── FaltaSustento           el cambio de estado pide algo que no se dio
├── RespaldoDanado              el respaldo no está entero o no es lo que dice
│   └── LugarOcupado            donde se iba a escribir ya hay algo
├── OriginalDanado              el archivo guardado falta o ya no es el que se recibió
└── BaseNoDisponible            no se pudo abrir la base o escribir en ella
    └── BaseMasNueva

Un archivo vacío o demasiado grande es error de `ingesta.errores`: se rechaza igual al recibirlo
que al leerlo.
"""

from __future__ import annotations

from typing import ClassVar


class ErrorDeRegistro(Exception):
    """No se pudo registrar o consultar; `consejo` dice qué puede hacer la persona."""

    codigo: ClassVar[str] = "error_de_registro"
    consejo: str = "Vuelva a cargar la página e inténtelo otra vez."


class NoEncontrado(ErrorDeRegistro):
    """Lo que se pide no está en el registro."""

    codigo = "no_encontrado"
    consejo = "Revise la dirección o búsquelo desde la lista."


class ActaDesconocida(NoEncontrado):
    """No hay un acta con ese número."""

    codigo = "acta_desconocida"
    consejo = "Búsquela en la lista de actas; si no está, vuelva a enviar el archivo."


class PropuestaDesconocida(NoEncontrado):
    """No hay una propuesta con ese número."""

    codigo = "propuesta_desconocida"
    consejo = "Abra el acta y elija la propuesta en su lista de ítems."


class RegistroDesconocido(NoEncontrado):
    """No hay un pedido, compromiso o tarea con ese número."""

    codigo = "registro_desconocido"
    consejo = "Búsquelo en la tabla del registro."


class CosaDesconocida(NoEncontrado):
    """No hay un espacio, caso, hito, requerimiento o solicitud con ese número."""

    codigo = "no_encontrado"
    consejo = "Búsquelo en su lista."


class Conflicto(ErrorDeRegistro):
    """Otra persona cambió lo mismo antes; no se guardó nada."""

    codigo = "conflicto"
    consejo = "Vuelva a cargar la página para ver lo que cambió y decida de nuevo."


class PropuestaYaDecidida(Conflicto):
    """La propuesta ya tiene una decisión."""

    codigo = "propuesta_ya_decidida"
    consejo = "Vuelva a cargar el acta para ver la decisión que ya se tomó."


class VersionDesfasada(Conflicto):
    """La versión que vio la persona no es la actual."""

    codigo = "version_desfasada"


class TransicionInvalida(Conflicto):
    """Lo que se pide no se puede hacer desde el estado en que está."""

    codigo = "transicion_invalida"
    consejo = "Vuelva a cargar la página para ver en qué va y elija otra acción."


class ClaveRepetida(Conflicto):
    """La clave de idempotencia ya se usó para pedir otra cosa."""

    codigo = "clave_repetida"
    consejo = "Use una clave nueva para cada pedido distinto."


class NoAutorizado(ErrorDeRegistro):
    """Según el protocolo, eso le toca a otra oficina."""

    codigo = "no_autorizado"
    consejo = "Elija la oficina que actúa o pídalo a la que le toca."


class DatoInvalido(ErrorDeRegistro):
    """Un dato no cumple lo que se pide; `campo` dice cuál."""

    codigo = "dato_invalido"

    def __init__(self, campo: str, mensaje: str, consejo: str) -> None:
        super().__init__(mensaje)
        self.campo = campo
        self.consejo = consejo


class FaltaElegirClase(DatoInvalido):
    """El análisis dudó o propuso «otro»: la clase la elige la persona."""

    codigo = "falta_elegir_clase"

    def __init__(self) -> None:
        super().__init__(
            "clase",
            "Falta elegir la clase de este ítem.",
            "Elija pedido, compromiso o tarea; si no es ninguno, rechace la propuesta.",
        )


class FaltaSustento(DatoInvalido):
    """El cambio de estado pide una razón, un sustento, un sucesor o una confirmación."""

    codigo = "falta_sustento"


class RespaldoDanado(ErrorDeRegistro):
    """El respaldo no está entero, o su contenido no da las huellas que dice."""

    codigo = "respaldo_danado"
    consejo = "Use otro respaldo; este no se aplicó y lo que había sigue como estaba."


class LugarOcupado(RespaldoDanado):
    """Donde se iba a escribir ya hay algo: nunca se pisa."""

    codigo = "lugar_ocupado"
    consejo = "Use una carpeta y una base vacías (ACTAS_CARPETA y ACTAS_BASE)."


class OriginalDanado(ErrorDeRegistro):
    """El archivo original falta o su contenido ya no da el mismo sha256."""

    codigo = "original_danado"
    consejo = "Vuelva a enviar el mismo archivo o recupérelo de un respaldo."


class BaseNoDisponible(ErrorDeRegistro):
    """La base de datos no abre o no responde."""

    codigo = "base_no_disponible"
    consejo = (
        "Espere un momento y vuelva a intentarlo. Si continúa, revise que la dirección de la base "
        "sea correcta, que el servidor esté encendido y que quede espacio en el disco."
    )


class BaseMasNueva(BaseNoDisponible):
    """La base la creó una versión posterior del programa."""

    codigo = "base_mas_nueva"
    consejo = "Actualice el programa a la versión que usó la base, o abra otra base."
