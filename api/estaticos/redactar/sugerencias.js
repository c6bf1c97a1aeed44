// Poner en una fila la sugerencia de un hallazgo o la redacción propuesta.

import { HUECO, anunciar } from "./pagina.js";

export class Sugerencias {
  // `alPoner()` se llama con el texto ya cambiado.
  constructor(alPoner) {
    this.alPoner = alPoner;
  }

  aplicar(fila, { desde, hasta }, reemplazo) {
    this.#poner(fila, desde, hasta, reemplazo);
  }

  redactar(fila) {
    const { desde, hasta, redaccion } = fila.visto;
    this.#poner(fila, desde, hasta, redaccion);
  }

  // La sugerencia número `cual` del hallazgo más corto en ese lugar; si no hay, la redacción propuesta.
  aplicarAqui(fila, lugar, cual) {
    const [hallazgo] = fila.hallazgos
      .filter((h) => h.desde <= lugar && lugar <= h.hasta && h.reemplazos[cual] && !fila.abarcaTodo(h))
      .sort((a, b) => a.hasta - a.desde - (b.hasta - b.desde));
    if (hallazgo) this.aplicar(fila, hallazgo, hallazgo.reemplazos[cual]);
    else if (cual === 0 && fila.visto?.redaccion && fila.hallazgos.length) this.redactar(fila);
    else anunciar("Aquí no hay una sugerencia que aplicar.");
  }

  #poner(fila, desde, hasta, puesto) {
    if (!fila.alDia) {
      anunciar("El texto cambió y se está revisando. Inténtelo otra vez.");
      return;
    }
    const { texto } = fila.item;
    fila.item.texto = texto.slice(0, desde) + puesto + texto.slice(hasta);
    fila.campo.texto = fila.item.texto;
    const [hueco] = puesto.matchAll(HUECO);
    if (hueco) fila.campo.seleccionar(desde + hueco.index, desde + hueco.index + hueco[0].length);
    else fila.campo.seleccionar(desde + puesto.length);
    this.alPoner();
    anunciar(`Se puso «${puesto}». Control Z lo deshace.`);
  }
}
