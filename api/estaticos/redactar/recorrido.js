// Ir de un hallazgo a otro y de un hueco al siguiente, con el teclado o desde la lista.

import { HUECO, anunciar } from "./pagina.js";

const compara = (a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];

export class Recorrido {
  // `enOrden()` da las filas en el orden del acta.
  constructor(enOrden) {
    this.enOrden = enOrden;
  }

  irA(fila, hallazgo) {
    fila.campo.seleccionar(hallazgo.desde, hallazgo.hasta);
    fila.elemento.scrollIntoView({ block: "nearest" });
    const [reemplazo] = fila.abarcaTodo(hallazgo) ? [fila.visto.redaccion] : hallazgo.reemplazos;
    anunciar(`${fila.nombre}. ${hallazgo.nombre}: ${hallazgo.mensaje}${reemplazo ? ` Alt Entrar pone «${reemplazo}».` : ""}`);
  }

  // Salta al siguiente hallazgo (`paso` 1) o al anterior (-1); al acabarse, da la vuelta.
  saltar(paso) {
    const orden = this.enOrden();
    const lista = orden.flatMap((fila, i) => fila.hallazgos.map((h) => ({ fila, h, lugar: [i, h.desde, h.hasta] })));
    if (!lista.length) {
      anunciar("No hay hallazgos.");
      return;
    }
    lista.sort((a, b) => compara(a.lugar, b.lugar));
    const aqui = orden.findIndex((f) => f.campo.tieneElFoco);
    const { desde, hasta } = aqui < 0 ? { desde: -1, hasta: -1 } : orden[aqui].campo.cursor;
    const yo = [aqui, desde, hasta];
    const elegido = paso > 0
      ? lista.find((x) => compara(x.lugar, yo) > 0) ?? lista[0]
      : lista.findLast((x) => compara(x.lugar, yo) < 0) ?? lista.at(-1);
    this.irA(elegido.fila, elegido.h);
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
}
