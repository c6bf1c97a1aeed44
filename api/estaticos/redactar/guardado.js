// Guarda solo: en este navegador al instante y en el programa poco después. Si el programa no
// responde, lo escrito queda aquí y se manda cuando vuelve. Si otra persona guardó antes, avisa.

const PAUSA_LOCAL = 200;
const PAUSA = 900;
const REINTENTOS = [1500, 3000, 6000, 10000];

export class Guardado {
  constructor({ clave, version, contenido, alEstado, alConflicto }) {
    Object.assign(this, { clave, version, contenido, alEstado, alConflicto });
    this.nombre = `actas-borrador-${clave}`;
    this.cambios = 0;
    this.guardados = 0;
    this.fallos = 0;
    this.detenido = false;
    for (const tipo of ["pagehide", "visibilitychange"]) {
      addEventListener(tipo, () => {
        this.aqui();
        if (document.visibilityState === "hidden") this.mandar();
      });
    }
  }

  get pendiente() {
    return this.cambios !== this.guardados;
  }

  // Lo que quedó en este navegador sin llegar al programa, o null.
  recuperado() {
    try {
      const copia = JSON.parse(localStorage.getItem(this.nombre));
      return copia?.contenido ? copia : null;
    } catch {
      return null;
    }
  }

  cambio() {
    this.cambios += 1;
    this.alEstado("escribiendo", "Guardando…");
    clearTimeout(this.relojLocal);
    this.relojLocal = setTimeout(() => this.aqui(), PAUSA_LOCAL);
    this.programar(PAUSA);
  }

  aqui() {
    if (!this.pendiente) return;
    try {
      localStorage.setItem(this.nombre, JSON.stringify({ version: this.version, contenido: this.contenido() }));
    } catch {
      this.alEstado("mal", "Este navegador no deja guardar una copia. No cierre la ventana hasta que diga «Guardado».");
    }
  }

  programar(pausa) {
    clearTimeout(this.reloj);
    this.reloj = setTimeout(() => this.mandar(), pausa);
  }

  async mandar() {
    if (this.detenido || this.enCurso || !this.pendiente) return;
    this.enCurso = true;
    const enviados = this.cambios;
    try {
      const respuesta = await fetch(`/api/redactar/${this.clave}`, {
        method: "PUT",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ version: this.version, contenido: this.contenido() }),
        keepalive: document.visibilityState === "hidden",
      });
      if (respuesta.status === 409) {
        this.detenido = true;
        this.aqui();
        this.alConflicto(await respuesta.json());
        return;
      }
      if (!respuesta.ok) throw new Error(String(respuesta.status));
      this.version = (await respuesta.json()).version;
      this.guardados = enviados;
      this.fallos = 0;
      if (!this.pendiente) {
        localStorage.removeItem(this.nombre);
        this.alEstado("bien", "Guardado");
      } else {
        this.aqui();
      }
    } catch {
      this.fallos += 1;
      this.aqui();
      this.alEstado("mal", "El programa no responde. Lo que escribe queda en este navegador y se guardará cuando vuelva.");
    } finally {
      this.enCurso = false;
      if (this.pendiente && !this.detenido) {
        this.programar(this.fallos ? REINTENTOS[Math.min(this.fallos, REINTENTOS.length) - 1] : PAUSA);
      }
    }
  }

  // Sigue desde la versión de la otra persona; con `cambiado`, lo de aquí se guarda encima.
  seguirDesde(version, cambiado) {
    this.version = version;
    this.detenido = false;
    if (cambiado) {
      this.cambio();
    } else {
      this.guardados = this.cambios;
      localStorage.removeItem(this.nombre);
      this.alEstado("bien", "Guardado");
    }
  }
}
