// El editor de actas: une lo que se escribe con su revisión, su guardado y su historia.

import { Campo } from "./campo.js";
import { CLASES, Fila, LISTA_DE, boton, crear } from "./fila.js";
import { Guardado } from "./guardado.js";
import { Historia } from "./historia.js";
import { Revision } from "./revision.js";

const uno = (selector) => document.querySelector(selector);
const todos = (selector) => [...document.querySelectorAll(selector)];
const LISTAS = Object.keys(CLASES);
const HUECO = /\[[^[\]\n]*\]/g;
const PALABRAS_PARA_REVISAR = 3;
const NADA = [];

const inicial = JSON.parse(uno("#inicial").textContent);
let contenido = inicial.contenido;
const filas = Object.fromEntries(LISTAS.map((lista) => [lista, []]));
const libres = new Map();

const anunciar = (texto) => { uno("#anuncio").textContent = texto; };
const nuevoId = () => crypto.getRandomValues(new Uint32Array(2)).reduce((a, n) => a + n.toString(36), "");
const enOrden = () => LISTAS.flatMap((lista) => filas[lista]);
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
  alConflicto: avisarConflicto,
});
let historia = new Historia(contenido);

const revision = new Revision({
  parrafos() {
    const deFilas = enOrden().filter((f) => maduro(f.item.texto)).sort((a, b) => b.campo.tieneElFoco - a.campo.tieneElFoco).map((f) => f.parrafo);
    return [...deFilas, ...parrafosDe("desarrollo").filter((p) => maduro(p.texto))];
  },
  acta: () => ({ datos: contenido.datos, participantes: contenido.participantes }),
  alCambiar: mostrarRevision,
  alFallar: () => { uno("#cuentas").textContent = "La revisión no responde; se reintenta sola."; },
});

function parrafosDe(nombre) {
  let desde = 0;
  return contenido[nombre].split("\n").map((texto) => {
    const parrafo = { clase: "", texto, desde };
    desde += texto.length + 1;
    return parrafo;
  });
}

function cambio(lugar = "", foco = focoActual()) {
  historia.anotar(contenido, foco, lugar);
  despuesDelCambio();
}

function despuesDelCambio() {
  guardado.cambio();
  revision.programar();
  if (revision.faltan) uno("#cuentas").textContent = "Revisando…";
  for (const [accion, pila] of [["deshacer", historia.pasados], ["rehacer", historia.futuros]]) {
    uno(`[data-accion="${accion}"]`).disabled = !pila.length;
  }
}

// ── Lo que se escribe ──────────────────────────────────────────────────────────────────────

function focoActual() {
  const activo = document.activeElement;
  if (activo?.dataset?.dato) return { dato: activo.dataset.dato };
  for (const [nombre, campo] of libres) if (campo.tieneElFoco) return { libre: nombre, ...campo.cursor };
  const fila = enOrden().find((f) => f.campo.tieneElFoco);
  return fila ? { fila: fila.item.id, ...fila.campo.cursor } : null;
}

function enfocar(foco) {
  if (!foco) return;
  if (foco.dato) uno(`[data-dato="${foco.dato}"]`).focus();
  const campo = foco.libre ? libres.get(foco.libre) : enOrden().find((f) => f.item.id === foco.fila)?.campo;
  campo?.seleccionar(foco.desde ?? 0, foco.hasta ?? foco.desde ?? 0);
}

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
    enfocar({ fila: fila.item.id, desde: fila.item.texto.length });
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
  aplicar(fila, hallazgo, reemplazo) {
    if (!alDia(fila)) return;
    const { texto } = fila.item;
    ponerEnFila(fila, texto.slice(0, hallazgo.desde) + reemplazo + texto.slice(hallazgo.hasta), hallazgo.desde, reemplazo);
  },
  redactar(fila) {
    if (!alDia(fila)) return;
    const { desde, hasta, redaccion } = fila.visto;
    const { texto } = fila.item;
    ponerEnFila(fila, texto.slice(0, desde) + redaccion + texto.slice(hasta), desde, redaccion);
  },
};

function alDia(fila) {
  if (!fila.alDia) anunciar("El texto cambió y se está revisando. Inténtelo otra vez.");
  return fila.alDia;
}

function ponerEnFila(fila, texto, desde, puesto) {
  fila.item.texto = texto;
  fila.campo.texto = texto;
  const hueco = [...puesto.matchAll(HUECO)][0];
  if (hueco) fila.campo.seleccionar(desde + hueco.index, desde + hueco.index + hueco[0].length);
  else fila.campo.seleccionar(desde + puesto.length);
  cambio();
  anunciar(`Se puso «${puesto}». Control Z lo deshace.`);
}

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
  enfocar({ fila: ultima.id, desde: ultima.texto.length });
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
    enfocar({ fila: item.id, desde: 0 });
  } else if (evento.key === "Backspace" && !fila.item.texto) {
    evento.preventDefault();
    acciones.quitar(fila);
  } else if (evento.altKey && (evento.key === "Enter" || /^Digit[1-9]$/.test(evento.code))) {
    evento.preventDefault();
    aplicarAqui(fila, desde, evento.key === "Enter" ? 0 : Number(evento.code.at(-1)) - 1);
  }
}

// Aplica la sugerencia del hallazgo más corto bajo el cursor; si no hay, la redacción propuesta.
function aplicarAqui(fila, lugar, cual) {
  const aqui = fila.hallazgos
    .filter((h) => h.desde <= lugar && lugar <= h.hasta && h.reemplazos[cual] && !fila.abarcaTodo(h))
    .sort((a, b) => a.hasta - a.desde - (b.hasta - b.desde));
  if (aqui.length) acciones.aplicar(fila, aqui[0], aqui[0].reemplazos[cual]);
  else if (cual === 0 && fila.visto?.redaccion && fila.hallazgos.length) acciones.redactar(fila);
  else anunciar("Aquí no hay una sugerencia que aplicar.");
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
  mostrarSugeridos();
  const hallazgos = enOrden().flatMap((fila) => fila.hallazgos.map((h) => [fila, h]));
  const cuenta = (gravedad, singular, plural) => {
    const n = hallazgos.filter(([, h]) => h.gravedad === gravedad).length;
    return `${n} ${n === 1 ? singular : plural}`;
  };
  const texto = revision.faltan ? "Revisando…" : `${cuenta("falta", "falta", "faltas")}, ${cuenta("aviso", "aviso", "avisos")} y ${cuenta("consejo", "consejo", "consejos")}.`;
  if (uno("#cuentas").textContent !== texto) uno("#cuentas").textContent = texto;
  const botones = hallazgos.map(([fila, h]) => {
    const entrada = boton("", () => irA(fila, h), `hallazgo ${h.gravedad}`);
    entrada.append(crear("strong", { textContent: `${fila.nombre} · ${h.nombre}: ` }), h.mensaje);
    return crear("li", {}, entrada);
  });
  uno("#lista-de-hallazgos").replaceChildren(...botones);
}

// En el desarrollo no se critica: se ofrece pasar a su lista lo que parece un ítem.
function mostrarSugeridos() {
  const escritos = new Set(enOrden().map((f) => f.item.texto.trim()));
  const sugeridos = parrafosDe("desarrollo").flatMap((p) => (revision.de(p) ?? [])
    .filter((item) => LISTA_DE[item.clase] && !item.duda)
    .map((item) => [p.texto.slice(item.desde, item.hasta), LISTA_DE[item.clase]]))
    .filter(([texto]) => !escritos.has(texto.trim()));
  const lugar = uno('[data-sugeridos="desarrollo"]');
  lugar.hidden = !sugeridos.length;
  lugar.replaceChildren(...sugeridos.map(([texto, lista]) => crear("li", {}, `«${texto}» `, boton(`Copiar a ${CLASES[lista].titulo}`, () => {
    const item = agregar(lista, undefined, texto);
    enfocar({ fila: item.id, desde: texto.length });
    anunciar(`Se copió a ${CLASES[lista].titulo}.`);
  }))));
}

// ── Ir y venir ─────────────────────────────────────────────────────────────────────────────

function irA(fila, hallazgo) {
  fila.campo.seleccionar(hallazgo.desde, hallazgo.hasta);
  fila.elemento.scrollIntoView({ block: "nearest" });
  const [reemplazo] = fila.abarcaTodo(hallazgo) ? [fila.visto.redaccion] : hallazgo.reemplazos;
  anunciar(`${fila.nombre}. ${hallazgo.nombre}: ${hallazgo.mensaje}${reemplazo ? ` Alt Entrar pone «${reemplazo}».` : ""}`);
}

function saltar(paso) {
  const lista = enOrden().flatMap((fila) => fila.hallazgos.map((h) => ({ fila, h })));
  if (!lista.length) {
    anunciar("No hay hallazgos.");
    return;
  }
  const orden = enOrden();
  const aqui = orden.findIndex((f) => f.campo.tieneElFoco);
  const { desde, hasta } = aqui < 0 ? { desde: -1, hasta: -1 } : orden[aqui].campo.cursor;
  const lugarDe = ({ fila, h }) => [orden.indexOf(fila), h.desde, h.hasta];
  const compara = (a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
  lista.sort((a, b) => compara(lugarDe(a), lugarDe(b)));
  const yo = [aqui, desde, hasta];
  const elegido = paso > 0 ? lista.find((x) => compara(lugarDe(x), yo) > 0) ?? lista[0] : lista.findLast((x) => compara(lugarDe(x), yo) < 0) ?? lista.at(-1);
  irA(elegido.fila, elegido.h);
}

function siguienteHueco() {
  const orden = enOrden();
  const aqui = orden.findIndex((f) => f.campo.tieneElFoco);
  const desde = aqui < 0 ? 0 : orden[aqui].campo.cursor.hasta;
  const huecos = orden.flatMap((fila, i) => [...fila.item.texto.matchAll(HUECO)].map((h) => ({ fila, i, en: h.index, fin: h.index + h[0].length })));
  const elegido = huecos.find((h) => h.i > aqui || (h.i === aqui && h.en >= desde)) ?? huecos[0];
  if (elegido) elegido.fila.campo.seleccionar(elegido.en, elegido.fin);
  else anunciar("No quedan huecos por llenar.");
}

function volver(paso) {
  const hecho = paso();
  if (!hecho) return;
  contenido = hecho.contenido;
  pintarTodo();
  enfocar(hecho.foco);
  despuesDelCambio();
}

const deshacer = () => volver(() => historia.deshacer());
const rehacer = () => volver(() => historia.rehacer());

// ── Dos versiones ──────────────────────────────────────────────────────────────────────────

let otra = null;

function avisarConflicto(version) {
  otra = version;
  const hora = new Date(version.cambiado_en).toLocaleString("es-PE", { dateStyle: "short", timeStyle: "short" });
  uno("#conflicto-texto").textContent = `${version.quien || "Otra ventana"} la guardó el ${hora}, después de que usted la abrió. Lo suyo sigue en esta página y no se ha perdido nada.`;
  uno("#conflicto-otra").textContent = enTexto(version.contenido);
  uno("#conflicto").hidden = false;
  uno("#conflicto").focus();
  guardado.aqui();
  uno("#guardado").textContent = "Sin guardar: elija con qué versión seguir.";
  uno("#guardado").className = "mal";
}

function enTexto(acta) {
  const partes = [acta.datos.titulo];
  for (const nombre of libres.keys()) if (acta[nombre]) partes.push(acta[nombre]);
  for (const lista of LISTAS) partes.push(CLASES[lista].titulo.toUpperCase(), ...acta[lista].map((item, i) => `${i + 1}. ${item.texto}`));
  return partes.filter(Boolean).join("\n");
}

function resolver(conLaMia) {
  uno("#conflicto").hidden = true;
  if (!conLaMia) {
    contenido = otra.contenido;
    historia.anotar(contenido, null);
    pintarTodo();
    revision.programar(0);
  }
  guardado.seguirDesde(otra.version, conLaMia);
  anunciar(conLaMia ? "Se guardará su versión." : "Ahora ve la otra versión. Control Z devuelve la suya.");
}

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
  agrega.addEventListener("click", () => enfocar({ fila: agrega.dataset.agregar && agregar(agrega.dataset.agregar).id }));
}
const BOTONES = { deshacer, rehacer, anterior: () => saltar(-1), siguiente: () => saltar(1), "la-mia": () => resolver(true), "la-otra": () => resolver(false) };
for (const [accion, hacer] of Object.entries(BOTONES)) uno(`[data-accion="${accion}"]`).addEventListener("click", hacer);
uno('[data-accion="descargar"]').addEventListener("click", async (evento) => {
  if (!guardado.pendiente) return;
  evento.preventDefault();
  await guardado.mandar();
  if (!guardado.pendiente) location.assign(evento.target.href);
});
document.addEventListener("keydown", (evento) => {
  const control = (evento.ctrlKey || evento.metaKey) && !evento.altKey;
  const tecla = evento.key.toLowerCase();
  const hacer = evento.key === "F8" ? () => saltar(evento.shiftKey ? -1 : 1)
    : evento.key === "F9" ? siguienteHueco
    : control && tecla === "z" ? (evento.shiftKey ? rehacer : deshacer)
    : control && tecla === "y" ? rehacer : null;
  if (!hacer) return;
  evento.preventDefault();
  hacer();
});
document.addEventListener("beforeinput", (evento) => {
  if (evento.inputType !== "historyUndo" && evento.inputType !== "historyRedo") return;
  evento.preventDefault();
  (evento.inputType === "historyUndo" ? deshacer : rehacer)();
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
  avisarConflicto(inicial);
} else if (copia) {
  guardado.cambio();
  anunciar("Se recuperó lo que no había llegado a guardarse.");
} else {
  uno("#guardado").textContent = "Guardado";
}
revision.programar(0);
