// Un lugar donde se escribe: texto con marcas debajo si el navegador puede, o una caja de texto.
// Los lugares son unidades UTF-16, como los cuenta JavaScript.

const sencillo = new URLSearchParams(location.search).has("sencillo");

function admiteTextoPlano() {
  const prueba = document.createElement("div");
  try {
    prueba.contentEditable = "plaintext-only";
  } catch {
    return false;
  }
  return prueba.contentEditable === "plaintext-only";
}

export const CON_MARCAS = !sencillo && "highlights" in CSS && admiteTextoPlano();

const marcas = new Map();
if (CON_MARCAS) {
  for (const [orden, gravedad] of ["consejo", "aviso", "falta"].entries()) {
    const marca = new Highlight();
    marca.priority = orden;
    marcas.set(gravedad, marca);
    CSS.highlights.set(`acta-${gravedad}`, marca);
  }
}

function leer(raiz) {
  let texto = "";
  const visita = document.createTreeWalker(raiz, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  while (visita.nextNode()) {
    const nodo = visita.currentNode;
    if (nodo.nodeType === Node.TEXT_NODE) texto += nodo.data;
    else if (nodo.nodeName === "BR") texto += "\n";
    else if (texto && !texto.endsWith("\n")) texto += "\n";
  }
  return texto.replaceAll("\u00a0", " ");
}

export class Campo {
  constructor({ rotulo, descrito, texto, alEscribir, alTeclear, renglones = 1 }) {
    this.ranuras = [];
    this.elemento = document.createElement(CON_MARCAS ? "div" : "textarea");
    const el = this.elemento;
    el.className = "escritura";
    el.style.setProperty("--renglones", renglones);
    el.spellcheck = true;
    if (CON_MARCAS) {
      el.contentEditable = "plaintext-only";
      el.setAttribute("role", "textbox");
      el.setAttribute("aria-multiline", "true");
    } else {
      el.rows = renglones;
    }
    el.setAttribute("aria-label", rotulo);
    if (descrito) el.setAttribute("aria-describedby", descrito);
    this.texto = texto;
    el.addEventListener("input", () => {
      this.ajustar();
      alEscribir(this);
    });
    el.addEventListener("keydown", (evento) => alTeclear?.(evento, this));
  }

  get texto() {
    if (!CON_MARCAS) return this.elemento.value;
    const texto = leer(this.elemento);
    // El último salto no se ve: el navegador lo agrega para que el cursor tenga dónde estar.
    return texto.endsWith("\n") ? texto.slice(0, -1) : texto;
  }

  set texto(nuevo) {
    this.marcado = false;
    if (CON_MARCAS) this.elemento.textContent = nuevo.endsWith("\n") ? `${nuevo}\n` : nuevo;
    else this.elemento.value = nuevo;
    this.ajustar();
  }

  get tieneElFoco() {
    return document.activeElement === this.elemento;
  }

  get cursor() {
    if (!CON_MARCAS) return { desde: this.elemento.selectionStart, hasta: this.elemento.selectionEnd };
    const seleccion = getSelection();
    if (!seleccion.rangeCount || !this.elemento.contains(seleccion.anchorNode)) return { desde: 0, hasta: 0 };
    const tramo = seleccion.getRangeAt(0);
    return { desde: this.#lugar(tramo.startContainer, tramo.startOffset), hasta: this.#lugar(tramo.endContainer, tramo.endOffset) };
  }

  seleccionar(desde, hasta = desde) {
    this.elemento.focus();
    if (CON_MARCAS) {
      const [n1, d1] = this.#punto(desde);
      const [n2, d2] = this.#punto(hasta);
      getSelection().setBaseAndExtent(n1, d1, n2, d2);
    } else {
      this.elemento.setSelectionRange(desde, hasta);
    }
    this.elemento.scrollIntoView({ block: "nearest" });
  }

  // Subraya los hallazgos; quita los de antes. No toca el texto ni mueve el cursor.
  marcar(hallazgos) {
    this.marcado = true;
    if (!CON_MARCAS) return;
    for (const [gravedad, rango] of this.ranuras) marcas.get(gravedad).delete(rango);
    this.ranuras = hallazgos.map((h) => {
      const rango = document.createRange();
      rango.setStart(...this.#punto(h.desde));
      rango.setEnd(...this.#punto(h.hasta));
      marcas.get(h.gravedad).add(rango);
      return [h.gravedad, rango];
    });
  }

  quitar() {
    this.marcar([]);
  }

  ajustar() {
    if (CON_MARCAS || !this.elemento.isConnected) return;
    this.elemento.style.height = "auto";
    this.elemento.style.height = `${this.elemento.scrollHeight + 4}px`;
  }

  #lugar(nodo, desplazamiento) {
    const tramo = document.createRange();
    tramo.selectNodeContents(this.elemento);
    tramo.setEnd(nodo, desplazamiento);
    return Math.min(leer(tramo.cloneContents()).length, this.texto.length);
  }

  #punto(lugar) {
    const visita = document.createTreeWalker(this.elemento, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    let quedan = lugar;
    let ultimo = null;
    while (visita.nextNode()) {
      const nodo = visita.currentNode;
      if (nodo.nodeType === Node.TEXT_NODE) {
        if (quedan <= nodo.length) return [nodo, quedan];
        quedan -= nodo.length;
        ultimo = nodo;
      } else if (nodo.nodeName === "BR") {
        if (quedan === 0) return [nodo.parentNode, [...nodo.parentNode.childNodes].indexOf(nodo)];
        quedan -= 1;
      }
    }
    return ultimo ? [ultimo, ultimo.length] : [this.elemento, 0];
  }
}
