// El panel de la revisión: cuántos hallazgos hay, su lista y lo que del desarrollo se ofrece copiar.

import { CLASES, boton, crear } from "./fila.js";
import { uno } from "./pagina.js";

const GRAVEDADES = [["falta", "falta", "faltas"], ["aviso", "aviso", "avisos"], ["consejo", "consejo", "consejos"]];

let mostrados = [];

// Cambia el texto solo si es otro: el lector de pantalla dice cada cambio.
export function decirCuentas(texto) {
  const cuentas = uno("#cuentas");
  if (cuentas.textContent !== texto) cuentas.textContent = texto;
}

// `hallazgos` son pares de fila y hallazgo, en el orden del acta.
export function mostrarHallazgos(hallazgos, { faltan, alElegir }) {
  const [faltas, avisos, consejos] = GRAVEDADES.map(([gravedad, singular, plural]) => {
    const n = hallazgos.filter(([, h]) => h.gravedad === gravedad).length;
    return `${n} ${n === 1 ? singular : plural}`;
  });
  decirCuentas(faltan ? "Revisando…" : `${faltas}, ${avisos} y ${consejos}.`);
  const vistos = hallazgos.map(([fila, h]) => [fila, h, fila.nombre]);
  if (vistos.length === mostrados.length && vistos.every((v, i) => v.every((x, j) => x === mostrados[i][j]))) return;
  mostrados = vistos;
  uno("#lista-de-hallazgos").replaceChildren(...hallazgos.map(([fila, h]) => {
    const entrada = boton("", () => alElegir(fila, h), `hallazgo ${h.gravedad}`);
    entrada.append(crear("strong", { textContent: `${fila.nombre} · ${h.nombre}: ` }), h.mensaje);
    return crear("li", {}, entrada);
  }));
}

// `sugeridos` son pares de texto y lista del acta a la que se ofrece copiarlo.
export function mostrarSugeridos(sugeridos, alCopiar) {
  const lugar = uno('[data-sugeridos="desarrollo"]');
  lugar.hidden = !sugeridos.length;
  lugar.replaceChildren(...sugeridos.map(([texto, lista]) => crear("li", {}, `«${texto}» `, boton(`Copiar a ${CLASES[lista].titulo}`, () => alCopiar(texto, lista)))));
}
