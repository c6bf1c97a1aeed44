// Comodidades: todo funciona también sin este archivo.

const todos = (selector, raiz = document) => [...raiz.querySelectorAll(selector)];
const uno = (selector, raiz = document) => raiz.querySelector(selector);

for (const elemento of todos(".solo-js")) elemento.hidden = false;

function prepararEnvio(formulario) {
  const entrada = uno("input[type=file]", formulario);
  const zona = uno(".soltar", formulario);
  const aviso = uno("#aviso-archivos", formulario);
  const limite = Number(formulario.dataset.limiteMb) * 1024 * 1024;

  const revisar = () => {
    const grandes = [...entrada.files].filter((a) => a.size > limite).map((a) => `«${a.name}»`);
    const vacios = [...entrada.files].filter((a) => a.size === 0).map((a) => `«${a.name}»`);
    const partes = [];
    if (grandes.length) partes.push(`${grandes.join(", ")}: pasa de ${formulario.dataset.limiteMb} MB. Divida el acta en partes.`);
    if (vacios.length) partes.push(`${vacios.join(", ")}: está vacío. Vuelva a copiarlo.`);
    aviso.textContent = partes.join(" ");
    aviso.hidden = !partes.length;
    return !partes.length;
  };
  entrada.addEventListener("change", revisar);

  for (const tipo of ["dragenter", "dragover"]) {
    zona.addEventListener(tipo, (evento) => {
      evento.preventDefault();
      zona.classList.add("encima");
    });
  }
  for (const tipo of ["dragleave", "drop"]) {
    zona.addEventListener(tipo, () => zona.classList.remove("encima"));
  }
  zona.addEventListener("drop", (evento) => {
    evento.preventDefault();
    if (!evento.dataTransfer.files.length) return;
    entrada.files = evento.dataTransfer.files;
    revisar();
  });

  formulario.addEventListener("submit", (evento) => {
    if (!revisar()) {
      evento.preventDefault();
      entrada.focus();
    }
  });
}

// Un doble clic no envía dos veces; el botón vuelve si la página se recupera con «Atrás».
function evitarDobleEnvio() {
  document.addEventListener("submit", (evento) => {
    const formulario = evento.target;
    if (evento.defaultPrevented || formulario.method !== "post") return;
    if (formulario.dataset.enviado) {
      evento.preventDefault();
      return;
    }
    formulario.dataset.enviado = "1";
    const boton = evento.submitter;
    if (boton) setTimeout(() => { boton.disabled = true; });
  });
  window.addEventListener("pageshow", () => {
    for (const formulario of todos("form[data-enviado]")) {
      delete formulario.dataset.enviado;
      for (const boton of todos("button[disabled]", formulario)) boton.disabled = false;
    }
  });
}

async function esperar(espera) {
  const { espera: acta, estado } = espera.dataset;
  for (let pausa = 700; ; pausa = Math.min(pausa * 1.3, 5000)) {
    await new Promise((listo) => setTimeout(listo, pausa));
    try {
      const respuesta = await fetch(`/api/v1/actas/${acta}`, { headers: { accept: "application/json" } });
      if (respuesta.ok && (await respuesta.json()).acta.estado !== estado) {
        location.reload();
        return;
      }
    } catch {
      // Sin conexión: se vuelve a intentar en la siguiente vuelta.
    }
  }
}

// Al bajar por las tarjetas, o entrar en una, la hoja de al lado muestra de dónde salió.
function unirConElActa(tarjetas) {
  const hoja = uno(".hoja");
  const anchas = matchMedia("(min-width: 62.5rem)");
  let actuales = [];

  const senalar = (tarjeta) => {
    const marcas = todos(`[data-de="${tarjeta.id}"]`);
    if (!marcas.length || marcas[0] === actuales[0]) return;
    for (const marca of actuales) marca.classList.remove("actual");
    for (const marca of marcas) marca.classList.add("actual");
    actuales = marcas;
    if (!anchas.matches) return;
    const alto = marcas[0].getBoundingClientRect().top - hoja.getBoundingClientRect().top;
    hoja.scrollBy({ top: alto - hoja.clientHeight / 3 });
  };
  const alBajar = new IntersectionObserver((vistas) => {
    const primera = vistas.find((vista) => vista.isIntersecting);
    const conFoco = document.activeElement.closest("[data-tarjeta]")?.getBoundingClientRect();
    const manda = conFoco && conFoco.bottom > 0 && conFoco.top < window.innerHeight;
    if (primera && window.scrollY > 0 && !manda) senalar(primera.target);
  }, { rootMargin: "-10% 0px -75% 0px" });
  for (const tarjeta of tarjetas) {
    tarjeta.addEventListener("focusin", () => senalar(tarjeta));
    tarjeta.addEventListener("click", () => senalar(tarjeta));
    alBajar.observe(tarjeta);
  }
  const abierta = location.hash && document.getElementById(location.hash.slice(1));
  if (abierta && tarjetas.includes(abierta)) senalar(abierta);
}

function prepararAtajos(tarjetas) {
  const casilla = uno("#usar-atajos");
  casilla.checked = localStorage.getItem("actas-atajos") !== "no";
  casilla.addEventListener("change", () => localStorage.setItem("actas-atajos", casilla.checked ? "si" : "no"));

  const ir = (paso) => {
    const donde = tarjetas.indexOf(document.activeElement?.closest("[data-tarjeta]"));
    const destino = tarjetas[Math.max(0, Math.min(tarjetas.length - 1, donde + paso))];
    destino?.focus();
    destino?.scrollIntoView({ block: "nearest" });
  };
  const enTarjeta = (accion) => {
    const tarjeta = document.activeElement?.closest("[data-tarjeta]");
    if (tarjeta) accion(tarjeta);
  };
  const atajos = {
    j: () => ir(1),
    k: () => ir(-1),
    a: () => enTarjeta((tarjeta) => {
      const boton = uno("button[value=aceptar]", tarjeta);
      if (boton) boton.form.requestSubmit(boton);
    }),
    e: () => enTarjeta((tarjeta) => uno("[data-editar]", tarjeta)?.click()),
    r: () => enTarjeta((tarjeta) => {
      const rechazo = uno("[data-rechazo]", tarjeta);
      if (!rechazo) return;
      rechazo.open = true;
      uno("input[name=motivo]", rechazo).focus();
    }),
  };
  document.addEventListener("keydown", (evento) => {
    const escribiendo = evento.target.closest("input, select, textarea");
    if (!casilla.checked || escribiendo || evento.ctrlKey || evento.altKey || evento.metaKey) return;
    const atajo = atajos[evento.key];
    if (!atajo) return;
    evento.preventDefault();
    atajo();
  });
}

const envio = uno("[data-envio]");
if (envio) prepararEnvio(envio);
evitarDobleEnvio();
const espera = uno("[data-espera]");
if (espera) esperar(espera);
const tarjetas = todos("[data-tarjeta]");
if (tarjetas.length) {
  unirConElActa(tarjetas);
  prepararAtajos(tarjetas);
}
