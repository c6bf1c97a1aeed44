// Dónde se está escribiendo, para volver ahí al deshacer o al cambiar las filas de lugar.

import { uno } from "./pagina.js";

export class Foco {
  // `libres`: nombre → Campo de los textos corridos; `enOrden()` da las filas.
  constructor(libres, enOrden) {
    Object.assign(this, { libres, enOrden });
  }

  get actual() {
    const activo = document.activeElement;
    if (activo?.dataset?.dato) return { dato: activo.dataset.dato };
    for (const [nombre, campo] of this.libres) if (campo.tieneElFoco) return { libre: nombre, ...campo.cursor };
    const fila = this.enOrden().find((f) => f.campo.tieneElFoco);
    return fila ? { fila: fila.item.id, ...fila.campo.cursor } : null;
  }

  poner(lugar) {
    if (!lugar) return;
    if (lugar.dato) this.elementoDe(lugar).focus();
    this.#campo(lugar)?.seleccionar(lugar.desde ?? 0, lugar.hasta ?? lugar.desde ?? 0);
  }

  elementoDe(lugar) {
    return lugar.dato ? uno(`[data-dato="${lugar.dato}"]`) : this.#campo(lugar)?.elemento;
  }

  #campo({ libre, fila }) {
    return libre ? this.libres.get(libre) : this.enOrden().find((f) => f.item.id === fila)?.campo;
  }
}
