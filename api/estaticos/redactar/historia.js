// Deshacer y rehacer del acta entera; lo que se escribe seguido en un mismo lugar es un paso.

const SEGUIDO = 1200;
const MAXIMO = 300;

const copiar = (contenido) => {
  const copia = { ...contenido, datos: { ...contenido.datos } };
  for (const [nombre, valor] of Object.entries(contenido)) {
    if (Array.isArray(valor)) copia[nombre] = valor.map((item) => ({ ...item }));
  }
  return copia;
};

export class Historia {
  constructor(contenido) {
    this.pasados = [];
    this.futuros = [];
    this.ultimo = { contenido: copiar(contenido), foco: null };
  }

  // `lugar` nombra dónde se escribe; sin él, el cambio es un paso por sí solo.
  anotar(contenido, foco, lugar = "") {
    const ahora = performance.now();
    const sigue = lugar && lugar === this.lugar && ahora - this.momento < SEGUIDO;
    if (!sigue) {
      this.pasados.push(this.ultimo);
      if (this.pasados.length > MAXIMO) this.pasados.shift();
    }
    this.futuros = [];
    this.ultimo = { contenido: copiar(contenido), foco };
    this.lugar = lugar;
    this.momento = ahora;
  }

  deshacer() {
    return this.#mover(this.pasados, this.futuros);
  }

  rehacer() {
    return this.#mover(this.futuros, this.pasados);
  }

  #mover(de, a) {
    if (!de.length) return null;
    a.push(this.ultimo);
    this.ultimo = de.pop();
    this.lugar = "";
    return { contenido: copiar(this.ultimo.contenido), foco: this.ultimo.foco };
  }
}
