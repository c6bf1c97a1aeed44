// Pide la revisión de los párrafos que cambiaron y recuerda la de los demás.

const PAUSA = 300;
const POR_VEZ = 12;
const REINTENTO = 3000;

// Los párrafos de un texto corrido, con el lugar donde empieza cada uno.
export function parrafosDe(escrito) {
  let desde = 0;
  return escrito.split("\n").map((texto) => {
    const parrafo = { clase: "", texto, desde };
    desde += texto.length + 1;
    return parrafo;
  });
}

export class Revision {
  // `parrafos()` da {clase, texto} de todo el acta, primero lo que se está escribiendo.
  constructor({ parrafos, acta, alCambiar, alFallar }) {
    Object.assign(this, { parrafos, acta, alCambiar, alFallar });
    this.sabidos = new Map();
    this.enCurso = false;
    this.pedidos = 0;
  }

  programar(pausa = PAUSA) {
    clearTimeout(this.reloj);
    this.reloj = setTimeout(() => this.#revisar(), pausa);
  }

  // Lo que se sabe de un párrafo, o undefined si todavía no se revisó.
  de(parrafo, acta = this.#acta()) {
    return parrafo.texto.trim() ? this.sabidos.get(this.#clave(parrafo, acta)) : [];
  }

  get faltan() {
    const acta = this.#acta();
    return this.parrafos().some((p) => !this.de(p, acta));
  }

  async #revisar() {
    if (this.enCurso) {
      this.otraVez = true;
      return;
    }
    this.enCurso = true;
    try {
      do {
        this.otraVez = false;
        for (let lote = this.#lote(); lote.length; lote = this.#lote()) {
          await this.#pedir(lote);
          this.alCambiar();
        }
      } while (this.otraVez);
      this.alCambiar();
    } catch {
      this.alFallar();
      this.programar(REINTENTO);
    } finally {
      this.enCurso = false;
    }
  }

  #lote() {
    const vistos = new Map();
    const acta = this.#acta();
    for (const p of this.parrafos()) {
      if (!this.de(p, acta)) vistos.set(this.#clave(p, acta), p);
      if (vistos.size === POR_VEZ) break;
    }
    return [...vistos.values()];
  }

  async #pedir(lote) {
    const acta = this.#acta();
    const claves = lote.map((p) => this.#clave(p, acta));
    const respuesta = await fetch("/api/redactar/revisar", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ parrafos: lote, ...this.acta() }),
    });
    if (!respuesta.ok) throw new Error(`revisar: ${respuesta.status}`);
    const { parrafos } = await respuesta.json();
    this.pedidos += lote.length;
    parrafos.forEach((items, i) => this.sabidos.set(claves[i], items));
  }

  // Un ítem se juzga con los datos del acta; el texto corrido, solo con lo que dice.
  #clave({ clase, texto }, acta) {
    return `${clase}\n${clase ? acta : ""}\n${texto}`;
  }

  #acta() {
    return JSON.stringify(this.acta());
  }
}
