// Ir de un hallazgo a otro y de un hueco al siguiente, con el teclado o desde la lista.

import { HUECO, anunciar, todos } from "./pagina.js";

const compara = (a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];

export class Recorrido {
  // `enOrden()` da las filas en el orden del acta; `actaEntera`, lo que se halló mirándola toda.
  constructor({ enOrden, foco, actaEntera }) {
    Object.assign(this, { enOrden, foco, actaEntera });
  }

  irA(fila, hallazgo) {
    fila.campo.seleccionar(hallazgo.desde, hallazgo.hasta);
    fila.elemento.scrollIntoView({ block: "nearest" });
    const [reemplazo] = fila.abarcaTodo(hallazgo) ? [fila.visto.redaccion] : hallazgo.reemplazos;
    anunciar(`${fila.nombre}. ${hallazgo.nombre}: ${hallazgo.mensaje}${reemplazo ? ` Alt Entrar pone «${reemplazo}».` : ""}`);
  }

  // Salta al siguiente hallazgo (`paso` 1) o al anterior (-1), en el orden de la página; al acabarse, da la vuelta.
  saltar(paso) {
    const campos = new Map(todos("[data-dato], .escritura").map((elemento, i) => [elemento, i]));
    const paradas = this.#paradas(campos);
    if (!paradas.length) {
      anunciar("No hay hallazgos.");
      return;
    }
    const aqui = this.#aqui(campos);
    // Donde el cursor no distingue (dos hallazgos en el mismo trozo, un botón), vale la última parada.
    const ultima = !aqui || (this.ultima && !compara(aqui, this.ultima.lugar)) ? paradas.findIndex((p) => p.clave === this.ultima?.clave) : -1;
    const yo = aqui ?? this.ultima?.lugar ?? [-1, 0, 0];
    const elegida = ultima >= 0 ? paradas.at((ultima + paso) % paradas.length)
      : paso > 0 ? paradas.find((p) => compara(p.lugar, yo) > 0) ?? paradas[0]
      : paradas.findLast((p) => compara(p.lugar, yo) < 0) ?? paradas.at(-1);
    elegida.ir();
    this.ultima = { clave: elegida.clave, lugar: this.#aqui(campos) ?? elegida.lugar };
  }

  siguienteHueco() {
    const orden = this.enOrden();
    const aqui = orden.findIndex((f) => f.campo.tieneElFoco);
    const desde = aqui < 0 ? 0 : orden[aqui].campo.cursor.hasta;
    const huecos = orden.flatMap((fila, i) => [...fila.item.texto.matchAll(HUECO)].map((h) => ({ fila, i, en: h.index, fin: h.index + h[0].length })));
    const elegido = huecos.find((h) => h.i > aqui || (h.i === aqui && h.en >= desde)) ?? huecos[0];
    if (elegido) elegido.fila.campo.seleccionar(elegido.en, elegido.fin);
    else anunciar("No quedan huecos por llenar.");
  }

  // Los hallazgos de las filas y, cada uno en su primer sitio, los del acta entera.
  #paradas(campos) {
    const parada = (clave, campo, { desde = 0, hasta = desde, regla }, ir) => ({ clave: `${clave} ${regla} ${desde} ${hasta}`, lugar: [campos.get(campo), desde, hasta], ir });
    const deFilas = this.enOrden().flatMap((fila) => fila.hallazgos.map((h) => parada(fila.item.id, fila.campo.elemento, h, () => this.irA(fila, h))));
    const delActa = this.actaEntera.vigentes.filter((h) => h.sitios.length).map((h) => {
      const [{ lugar }] = h.sitios;
      const { fila, libre, dato, desde, hasta } = lugar;
      return parada(`acta ${fila ?? libre ?? dato}`, this.foco.elementoDe(lugar), { desde, hasta, regla: h.regla }, () => this.actaEntera.irA(h));
    });
    return [...deFilas, ...delActa].sort((a, b) => compara(a.lugar, b.lugar));
  }

  // En qué campo se está y desde dónde hasta dónde; null fuera de todos.
  #aqui(campos) {
    const campo = campos.get(document.activeElement);
    const { desde = 0, hasta = desde } = this.foco.actual ?? {};
    return campo === undefined ? null : [campo, desde, hasta];
  }
}
