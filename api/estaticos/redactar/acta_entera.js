// Lo que se halla mirando el acta entera: se pide tras una pausa, de a uno, y se muestra aparte.

import { boton, crear } from "./fila.js";
import { anunciar, uno } from "./pagina.js";

const PAUSA = 1200;
const REINTENTO = 5000;

export class ActaEntera {
  // `contenido()` da el acta; `enOrden()`, sus filas; `foco` lleva a un sitio del editor.
  constructor({ contenido, enOrden, foco }) {
    Object.assign(this, { contenido, enOrden, foco });
    this.hallazgos = null;
    this.mostrado = null;
  }

  programar(pausa = PAUSA) {
    clearTimeout(this.reloj);
    this.reloj = setTimeout(() => this.#revisar(), pausa);
  }

  async #revisar() {
    if (this.enCurso) {
      this.otraVez = true;
      return;
    }
    const pedido = JSON.stringify({ contenido: this.contenido() });
    if (pedido === this.revisado) return;
    this.enCurso = true;
    try {
      const respuesta = await fetch("/api/redactar/acta", { method: "POST", headers: { "content-type": "application/json" }, body: pedido });
      if (!respuesta.ok) throw new Error(`acta: ${respuesta.status}`);
      this.hallazgos = (await respuesta.json()).hallazgos;
      this.revisado = pedido;
      this.mostrar();
    } catch {
      this.#decir("La revisión del acta entera no responde; se reintenta sola.");
      this.programar(REINTENTO);
    } finally {
      this.enCurso = false;
      if (this.otraVez) this.programar();
      this.otraVez = false;
    }
  }

  // Lo sabido, con los sitios que siguen ahí y los nombres que las filas tienen ahora.
  get vigentes() {
    return (this.hallazgos ?? [])
      .map((h) => ({ ...h, sitios: h.lugares.map((lugar) => ({ lugar, nombre: this.#nombre(lugar) })).filter((s) => s.nombre) }))
      .filter((h) => (h.sitios.length || !h.lugares.length) && !this.#yaVisto(h));
  }

  // Muestra lo vigente; si es lo que ya se ve, no toca nada.
  mostrar() {
    if (!this.hallazgos) return;
    const { vigentes } = this;
    this.#decir(vigentes.length ? `${vigentes.length} ${vigentes.length === 1 ? "hallazgo" : "hallazgos"}.` : "Nada que señalar.");
    const mostrado = JSON.stringify(vigentes);
    if (mostrado === this.mostrado) return;
    this.mostrado = mostrado;
    const lista = uno("#lista-del-acta");
    const enfocado = lista.contains(document.activeElement) ? document.activeElement.textContent : null;
    lista.replaceChildren(...vigentes.map((h) => this.#entrada(h)));
    if (enfocado !== null) this.#devolverFoco(lista, enfocado);
  }

  #entrada(h) {
    const [primero, ...otros] = h.sitios;
    const clase = `hallazgo ${h.gravedad}`;
    const dicho = primero ? boton("", () => this.irA(h), clase) : crear("p", { className: clase });
    dicho.append(crear("strong", { textContent: `${primero ? `${primero.nombre} · ` : ""}${h.nombre}: ` }), h.mensaje);
    const consejos = h.sugerencias.map((s) => crear("li", { textContent: s }));
    return crear(
      "li",
      {},
      dicho,
      ...otros.map((sitio) => boton(`Ir a ${sitio.nombre}`, () => this.irA(h, sitio))),
      crear(
        "details",
        {},
        crear("summary", { textContent: "Por qué" }),
        crear("p", {}, `${h.explicacion} `, crear("a", { href: `/reglas/${h.regla}`, target: "_blank", rel: "noopener", textContent: `Regla ${h.regla}` })),
        ...(consejos.length ? [crear("ul", {}, ...consejos)] : []),
      ),
    );
  }

  irA(h, { lugar, nombre } = h.sitios[0]) {
    this.foco.poner(lugar);
    anunciar(`${nombre}. ${h.nombre}: ${h.mensaje}`);
  }

  // Quien estaba en la lista sigue en ella aunque se haya vuelto a hacer.
  #devolverFoco(lista, texto) {
    const botones = [...lista.querySelectorAll("button, summary, a")];
    const mismo = botones.find((b) => b.textContent === texto) ?? botones[0];
    if (mismo) mismo.focus();
    else uno("[data-accion=siguiente]").focus();
  }

  // Lo que la fila ya dice con los datos del acta no se repite.
  #yaVisto({ regla, lugares }) {
    return this.enOrden().some((f) => lugares[0]?.fila === f.item.id && f.hallazgos.some((h) => h.regla === regla));
  }

  #nombre({ fila, libre, dato }) {
    if (fila !== undefined) return this.enOrden().find((f) => f.item.id === fila)?.nombre;
    return libre ? uno(`#t-${libre}`).textContent : uno(`[for="dato-${dato}"]`).textContent;
  }

  #decir(texto) {
    const cuentas = uno("#cuentas-del-acta");
    if (cuentas.textContent !== texto) cuentas.textContent = texto;
  }
}
