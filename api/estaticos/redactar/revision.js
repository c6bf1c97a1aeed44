// Pide la revisión de los párrafos que cambiaron y recuerda la de los demás.

const PAUSA = 300;
const POR_VEZ = 12;
const REINTENTO = 3000;

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
  de(parrafo) {
    return parrafo.texto.trim() ? this.sabidos.get(this.#clave(parrafo)) : [];
  }

  get faltan() {
    return this.parrafos().some((p) => !this.de(p));
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
    for (const p of this.parrafos()) {
      if (!this.de(p) && !vistos.has(this.#clave(p))) vistos.set(this.#clave(p), p);
      if (vistos.size === POR_VEZ) break;
    }
    return [...vistos.values()];
  }

  async #pedir(lote) {
    const claves = lote.map((p) => this.#clave(p));
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
  #clave({ clase, texto }) {
    return `${clase}\n${clase ? JSON.stringify(this.acta()) : ""}\n${texto}`;
  }
}
