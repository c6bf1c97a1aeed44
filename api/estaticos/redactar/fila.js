// Una fila de pedidos, compromisos o tareas: su texto, su clase, lo que se entendió y sus hallazgos.

import { Campo } from "./campo.js";

export const CLASES = {
  pedidos: { clase: "pedido", nombre: "Pedido", titulo: "Pedidos" },
  compromisos: { clase: "compromiso", nombre: "Compromiso", titulo: "Compromisos" },
  tareas: { clase: "tarea", nombre: "Tarea", titulo: "Tareas" },
};
export const LISTA_DE = Object.fromEntries(Object.entries(CLASES).map(([lista, { clase }]) => [clase, lista]));

const LETRAS = [["especifico", "S", "Específico"], ["medible", "M", "Medible"], ["asignable", "A", "Asignable"], ["realista", "R", "Realista"], ["temporal", "T", "Temporal"]];
const JUICIOS = { true: ["si", "✓", "cumple"], false: ["no", "✗", "no cumple"], null: ["nada", "?", "no se puede juzgar"] };

export function crear(etiqueta, propiedades = {}, ...hijos) {
  const nuevo = Object.assign(document.createElement(etiqueta), propiedades);
  nuevo.append(...hijos);
  return nuevo;
}

export function boton(texto, alPulsar, clase = "accion") {
  const nuevo = crear("button", { type: "button", className: clase, textContent: texto });
  nuevo.addEventListener("click", alPulsar);
  return nuevo;
}

export class Fila {
  // `acciones`: alEscribir, alTeclear, mover(lista), quitar, aplicar(hallazgo, reemplazo), redactar.
  constructor(item, lista, acciones) {
    Object.assign(this, { item, lista, acciones });
    const { nombre } = CLASES[lista];
    this.campo = new Campo({
      rotulo: nombre,
      descrito: `a-${lista}`,
      texto: item.texto,
      alEscribir: () => acciones.alEscribir(this),
      alTeclear: (evento) => acciones.alTeclear(evento, this),
      renglones: 2,
    });
    this.numero = crear("span", { className: "numero" });
    this.clase = crear("select", { className: "clase", ariaLabel: "Clase" });
    for (const [otra, { nombre: rotulo }] of Object.entries(CLASES)) {
      this.clase.append(crear("option", { value: otra, textContent: rotulo, selected: otra === lista }));
    }
    this.clase.addEventListener("change", () => acciones.mover(this, this.clase.value));
    this.quitarla = boton("Quitar", () => acciones.quitar(this), "enlace");
    this.smart = crear("ul", { className: "smart", ariaLabel: "Criterios SMART" });
    this.notas = crear("div", { className: "notas" });
    this.elemento = crear(
      "li",
      { className: `item clase-${CLASES[lista].clase}` },
      crear("div", { className: "renglon" }, this.numero, this.campo.elemento),
      crear("div", { className: "pie-de-item" }, this.clase, this.smart, this.quitarla),
      this.notas,
    );
  }

  numerar(numero) {
    if (this.orden === numero) return;
    this.orden = numero;
    this.nombre = `${CLASES[this.lista].nombre} ${numero}`;
    this.numero.textContent = `${numero}.`;
    this.campo.elemento.setAttribute("aria-label", this.nombre);
    this.clase.setAttribute("aria-label", `Clase de ${this.nombre.toLowerCase()}`);
    this.quitarla.setAttribute("aria-label", `Quitar ${this.nombre.toLowerCase()}`);
  }

  get parrafo() {
    return { clase: CLASES[this.lista].clase, texto: this.item.texto };
  }

  // Lo que se muestra es de un texto anterior hasta que llega la nueva revisión.
  get alDia() {
    return this.textoVisto === this.item.texto;
  }

  get hallazgos() {
    return this.visto?.hallazgos ?? [];
  }

  // Muestra lo revisado; si es lo mismo que ya se ve, no toca nada.
  mostrar(items) {
    if (items === undefined) return;
    this.textoVisto = this.item.texto;
    if (items === this.items) {
      if (!this.campo.marcado) this.campo.marcar(this.hallazgos);
      return;
    }
    this.items = items;
    const visto = items[0] ?? null;
    this.visto = visto;
    this.campo.marcar(this.hallazgos);
    this.smart.replaceChildren(...(visto?.smart ? LETRAS.map((letra) => this.#juicio(visto.smart, letra)) : []));
    this.notas.replaceChildren(...(visto ? [...this.#resumen(visto), ...this.#parece(visto), ...this.#lista(visto), ...this.#redaccion(visto)] : []));
  }

  abarcaTodo(hallazgo) {
    return hallazgo.desde === this.visto.desde && hallazgo.hasta === this.visto.hasta;
  }

  #juicio(smart, [criterio, letra, nombre]) {
    const [clase, signo, palabras] = JUICIOS[smart[criterio]];
    return crear("li", { className: clase, title: `${nombre}: ${palabras}` }, `${letra} ${signo}`, crear("span", { className: "oculto", textContent: ` ${nombre}: ${palabras}` }));
  }

  #resumen({ resumen }) {
    if (!resumen.length) return [];
    const trozos = resumen.flatMap(([rotulo, valor]) => [crear("dt", { textContent: rotulo }), crear("dd", { textContent: valor })]);
    return [crear("dl", { className: "entendido" }, ...trozos)];
  }

  #parece({ parece }) {
    if (!parece) return [];
    const lista = LISTA_DE[parece];
    const nota = crear("p", { className: "parece" }, lista ? `Por su redacción parece ${parece === "tarea" ? "una" : "un"} ${parece}. ` : "Por su redacción no parece pedido, compromiso ni tarea. ");
    if (lista) nota.append(boton(`Pasar a ${CLASES[lista].titulo}`, () => this.acciones.mover(this, lista)));
    return [nota];
  }

  #lista({ hallazgos }) {
    if (!hallazgos.length) return [];
    return [crear("ul", { className: "hallazgos" }, ...hallazgos.map((h) => this.#hallazgo(h)))];
  }

  #hallazgo(h) {
    const reemplazos = this.abarcaTodo(h) ? [] : h.reemplazos;
    const porque = crear("details", {}, crear("summary", { textContent: "Por qué" }), crear("p", {}, `${h.explicacion} `, crear("a", { href: `/reglas/${h.regla}`, target: "_blank", rel: "noopener", textContent: `Regla ${h.regla}` })));
    return crear(
      "li",
      { className: h.gravedad },
      crear("strong", { textContent: `${h.nombre}: ` }),
      `${h.mensaje} `,
      ...reemplazos.map((r) => boton(`Poner «${r}»`, () => this.acciones.aplicar(this, h, r))),
      porque,
    );
  }

  #redaccion({ redaccion, hallazgos }) {
    if (!redaccion || !hallazgos.length) return [];
    return [crear("div", { className: "redaccion" }, crear("p", {}, crear("strong", { textContent: "Redacción propuesta: " }), redaccion), boton("Usar esta redacción", () => this.acciones.redactar(this)))];
  }
}
