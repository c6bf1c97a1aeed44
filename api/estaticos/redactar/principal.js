// El editor de actas: une lo que se escribe con su revisión, su guardado y su historia.

import { ActaEntera } from "./acta_entera.js";
import { Campo } from "./campo.js";
import { Conflicto } from "./conflicto.js";
import { CLASES, Fila, LISTA_DE } from "./fila.js";
import { Foco } from "./foco.js";
import { Guardado } from "./guardado.js";
import { Historia } from "./historia.js";
import { anunciar, todos, uno } from "./pagina.js";
import { decirCuentas, mostrarHallazgos, mostrarSugeridos } from "./panel.js";
import { Recorrido } from "./recorrido.js";
import { Revision, parrafosDe } from "./revision.js";
import { Sugerencias } from "./sugerencias.js";
import { conectar } from "./teclado.js";

const LISTAS = Object.keys(CLASES);
const PALABRAS_PARA_REVISAR = 3;
const NADA = [];

const inicial = JSON.parse(uno("#inicial").textContent);
let contenido = inicial.contenido;
const filas = Object.fromEntries(LISTAS.map((lista) => [lista, []]));
const libres = new Map();

const nuevoId = () => crypto.getRandomValues(new Uint32Array(2)).reduce((a, n) => a + n.toString(36), "");
const enOrden = () => LISTAS.flatMap((lista) => filas[lista]);
const foco = new Foco(libres, enOrden);
const maduro = (texto) => texto.trim().split(/\s+/).length >= PALABRAS_PARA_REVISAR;

// ── Guardado, historia y revisión ──────────────────────────────────────────────────────────

const guardado = new Guardado({
  clave: inicial.clave,
  version: inicial.version,
  contenido: () => contenido,
  alEstado(estado, texto) {
    const aviso = uno("#guardado");
    if (aviso.textContent === texto) return;
    aviso.textContent = texto;
    aviso.className = estado;
  },
  alConflicto: (otra) => conflicto.avisar(otra),
});
let historia = new Historia(contenido);

const revision = new Revision({
  parrafos() {
    const deFilas = enOrden().filter((f) => maduro(f.item.texto)).sort((a, b) => b.campo.tieneElFoco - a.campo.tieneElFoco).map((f) => f.parrafo);
    return [...deFilas, ...parrafosDe(contenido.desarrollo).filter((p) => maduro(p.texto))];
  },
  acta: () => ({ datos: contenido.datos, participantes: contenido.participantes }),
  alCambiar: mostrarRevision,
  alFallar: () => decirCuentas("La revisión no responde; se reintenta sola."),
});

const actaEntera = new ActaEntera({ contenido: () => contenido, enOrden, foco });
const recorrido = new Recorrido({ enOrden, foco, actaEntera });

function cambio(lugar = "", en = foco.actual) {
  historia.anotar(contenido, en, lugar);
  despuesDelCambio();
}

function despuesDelCambio() {
  guardado.cambio();
  revision.programar();
  actaEntera.programar();
  if (revision.faltan) decirCuentas("Revisando…");
  for (const [accion, pila] of [["deshacer", historia.pasados], ["rehacer", historia.futuros]]) {
    uno(`[data-accion="${accion}"]`).disabled = !pila.length;
  }
}

// ── Lo que se escribe ──────────────────────────────────────────────────────────────────────

const sugerencias = new Sugerencias(() => cambio());

const acciones = {
  alEscribir(fila) {
    const texto = fila.campo.texto;
    if (texto.includes("\n")) {
      repartir(fila, texto);
      return;
    }
    fila.item.texto = texto;
    cambio(`fila ${fila.item.id}`);
  },
  alTeclear: teclaEnFila,
  mover(fila, lista) {
    if (lista === fila.lista) return;
    contenido[fila.lista] = contenido[fila.lista].filter((i) => i !== fila.item);
    contenido[lista] = [...contenido[lista], fila.item];
    pintarListas();
    cambio();
    foco.poner({ fila: fila.item.id, desde: fila.item.texto.length });
    anunciar(`Pasó a ${CLASES[lista].titulo}.`);
  },
  quitar(fila) {
    const lugar = contenido[fila.lista].indexOf(fila.item);
    contenido[fila.lista] = contenido[fila.lista].filter((i) => i !== fila.item);
    pintarListas();
    const vecina = filas[fila.lista][Math.max(0, lugar - 1)];
    if (vecina) vecina.campo.seleccionar(vecina.item.texto.length);
    else uno(`[data-agregar="${fila.lista}"]`).focus();
    cambio();
    anunciar(`${fila.nombre}: quitado. Control Z lo devuelve.`);
  },
  aplicar: (fila, hallazgo, reemplazo) => sugerencias.aplicar(fila, hallazgo, reemplazo),
  redactar: (fila) => sugerencias.redactar(fila),
};

// Un texto pegado de varios renglones son varias filas.
function repartir(fila, texto) {
  const [primero, ...resto] = texto.split("\n").map((t) => t.trim()).filter((t, i) => t || i === 0);
  fila.item.texto = primero;
  fila.campo.texto = primero;
  const lista = contenido[fila.lista];
  const lugar = lista.indexOf(fila.item) + 1;
  const nuevos = resto.map((t) => ({ id: nuevoId(), texto: t }));
  contenido[fila.lista] = [...lista.slice(0, lugar), ...nuevos, ...lista.slice(lugar)];
  pintarListas();
  cambio();
  const ultima = nuevos.at(-1) ?? fila.item;
  foco.poner({ fila: ultima.id, desde: ultima.texto.length });
}

function agregar(lista, despues = contenido[lista].length, texto = "") {
  const item = { id: nuevoId(), texto };
  contenido[lista] = [...contenido[lista].slice(0, despues), item, ...contenido[lista].slice(despues)];
  pintarListas();
  cambio();
  return item;
}

function teclaEnFila(evento, fila) {
  const { desde, hasta } = fila.campo.cursor;
  if (evento.key === "Enter" && !evento.altKey && !evento.isComposing) {
    evento.preventDefault();
    const { texto } = fila.item;
    fila.item.texto = texto.slice(0, desde).trimEnd();
    if (fila.item.texto !== texto) fila.campo.texto = fila.item.texto;
    const item = agregar(fila.lista, contenido[fila.lista].indexOf(fila.item) + 1, texto.slice(hasta).trimStart());
    foco.poner({ fila: item.id, desde: 0 });
  } else if (evento.key === "Backspace" && !fila.item.texto) {
    evento.preventDefault();
    acciones.quitar(fila);
  } else if (evento.altKey && (evento.key === "Enter" || /^Digit[1-9]$/.test(evento.code))) {
    evento.preventDefault();
    sugerencias.aplicarAqui(fila, desde, evento.key === "Enter" ? 0 : Number(evento.code.at(-1)) - 1);
  }
}

// ── Lo que se ve ───────────────────────────────────────────────────────────────────────────

function pintarListas() {
  const previas = new Map(enOrden().map((f) => [`${f.lista} ${f.item.id}`, f]));
  for (const lista of LISTAS) {
    filas[lista] = contenido[lista].map((item, i) => {
      const clave = `${lista} ${item.id}`;
      const fila = previas.get(clave) ?? new Fila(item, lista, acciones);
      previas.delete(clave);
      fila.item = item;
      if (fila.campo.texto !== item.texto) fila.campo.texto = item.texto;
      fila.numerar(i + 1);
      return fila;
    });
    const lugar = uno(`[data-lista="${lista}"]`);
    filas[lista].forEach((fila, i) => {
      if (lugar.children[i] !== fila.elemento) lugar.insertBefore(fila.elemento, lugar.children[i] ?? null);
    });
  }
  for (const fila of previas.values()) {
    fila.campo.quitar();
    fila.elemento.remove();
  }
}

function pintarTodo() {
  for (const entrada of todos("[data-dato]")) entrada.value = contenido.datos[entrada.dataset.dato];
  for (const [nombre, campo] of libres) if (campo.texto !== contenido[nombre]) campo.texto = contenido[nombre];
  pintarListas();
}

function mostrarRevision() {
  for (const fila of enOrden()) fila.mostrar(maduro(fila.item.texto) ? revision.de(fila.parrafo) : NADA);
  actaEntera.mostrar();
  mostrarSugeridos(sugeridos(), copiarA);
  const hallazgos = enOrden().flatMap((fila) => fila.hallazgos.map((h) => [fila, h]));
  mostrarHallazgos(hallazgos, { faltan: revision.faltan, alElegir: (fila, h) => recorrido.irA(fila, h) });
}

// En el desarrollo no se critica: se ofrece pasar a su lista lo que parece un ítem.
function sugeridos() {
  const escritos = new Set(enOrden().map((f) => f.item.texto.trim()));
  return parrafosDe(contenido.desarrollo).flatMap((p) => (revision.de(p) ?? [])
    .filter((item) => LISTA_DE[item.clase] && !item.duda)
    .map((item) => [p.texto.slice(item.desde, item.hasta), LISTA_DE[item.clase]]))
    .filter(([texto]) => !escritos.has(texto.trim()));
}

function copiarA(texto, lista) {
  const item = agregar(lista, undefined, texto);
  foco.poner({ fila: item.id, desde: texto.length });
  anunciar(`Se copió a ${CLASES[lista].titulo}.`);
}

// ── Deshacer, y dos versiones ──────────────────────────────────────────────────────────────

function volver(paso) {
  const hecho = paso();
  if (!hecho) return;
  contenido = hecho.contenido;
  pintarTodo();
  foco.poner(hecho.foco);
  despuesDelCambio();
}

const deshacer = () => volver(() => historia.deshacer());
const rehacer = () => volver(() => historia.rehacer());

const conflicto = new Conflicto({
  textos: todos("[data-libre]").map((lugar) => lugar.dataset.libre),
  alElegir(otra, conLaMia) {
    if (!conLaMia) {
      contenido = otra.contenido;
      historia.anotar(contenido, null);
      pintarTodo();
      revision.programar(0);
      actaEntera.programar(0);
    }
    guardado.seguirDesde(otra.version, conLaMia);
    anunciar(conLaMia ? "Se guardará su versión." : "Ahora ve la otra versión. Control Z devuelve la suya.");
  },
});

// ── Arranque ───────────────────────────────────────────────────────────────────────────────

for (const lugar of todos("[data-libre]")) {
  const nombre = lugar.dataset.libre;
  const campo = new Campo({
    rotulo: uno(`#t-${nombre}`).textContent,
    descrito: `a-${nombre}`,
    texto: contenido[nombre],
    renglones: nombre === "desarrollo" ? 8 : 3,
    alEscribir() {
      contenido[nombre] = campo.texto;
      cambio(`libre ${nombre}`);
    },
  });
  libres.set(nombre, campo);
  lugar.append(campo.elemento);
  campo.ajustar();
}
for (const entrada of todos("[data-dato]")) {
  entrada.addEventListener("input", () => {
    contenido.datos[entrada.dataset.dato] = entrada.value;
    cambio(`dato ${entrada.dataset.dato}`);
  });
}
for (const agrega of todos("[data-agregar]")) {
  agrega.addEventListener("click", () => foco.poner({ fila: agregar(agrega.dataset.agregar).id }));
}
conectar({
  deshacer,
  rehacer,
  anterior: () => recorrido.saltar(-1),
  siguiente: () => recorrido.saltar(1),
  hueco: () => recorrido.siguienteHueco(),
});
uno('[data-accion="descargar"]').addEventListener("click", async (evento) => {
  if (!guardado.pendiente) return;
  evento.preventDefault();
  await guardado.mandar();
  if (!guardado.pendiente) location.assign(evento.target.href);
});

// Si lo que quedó aquí ya llegó al programa (se mandó al cerrar), no hay nada que recuperar.
const aqui = guardado.recuperado();
const copia = aqui && JSON.stringify(aqui.contenido) !== JSON.stringify(contenido) ? aqui : null;
if (!copia) localStorage.removeItem(guardado.nombre);
if (copia) {
  contenido = copia.contenido;
  historia = new Historia(contenido);
}
pintarTodo();
if (copia && copia.version !== inicial.version) {
  guardado.cambios += 1;
  guardado.detenido = true;
  guardado.aqui();
  conflicto.avisar(inicial);
} else if (copia) {
  guardado.cambio();
  anunciar("Se recuperó lo que no había llegado a guardarse.");
} else {
  uno("#guardado").textContent = "Guardado";
}
revision.programar(0);
actaEntera.programar(0);
