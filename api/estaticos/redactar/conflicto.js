// Dos versiones de la misma acta: se muestra la otra y la persona elige con cuál seguir.

import { CLASES } from "./fila.js";
import { uno } from "./pagina.js";

export class Conflicto {
  // `alElegir(otra, conLaMia)` recibe la versión que llegó del programa.
  constructor({ textos, alElegir }) {
    Object.assign(this, { textos, alElegir });
    for (const [accion, conLaMia] of [["la-mia", true], ["la-otra", false]]) {
      uno(`[data-accion="${accion}"]`).addEventListener("click", () => {
        uno("#conflicto").hidden = true;
        this.alElegir(this.otra, conLaMia);
      });
    }
  }

  avisar(otra) {
    this.otra = otra;
    const hora = new Date(otra.cambiado_en).toLocaleString("es-PE", { dateStyle: "short", timeStyle: "short" });
    uno("#conflicto-texto").textContent = `${otra.quien || "Otra ventana"} la guardó el ${hora}, después de que usted la abrió. Lo suyo sigue en esta página y no se ha perdido nada.`;
    uno("#conflicto-otra").textContent = this.#enTexto(otra.contenido);
    uno("#conflicto").hidden = false;
    uno("#conflicto").focus();
    uno("#guardado").textContent = "Sin guardar: elija con qué versión seguir.";
    uno("#guardado").className = "mal";
  }

  #enTexto(acta) {
    const partes = [acta.datos.titulo];
    for (const nombre of this.textos) if (acta[nombre]) partes.push(acta[nombre]);
    for (const [lista, { titulo }] of Object.entries(CLASES)) partes.push(titulo.toUpperCase(), ...acta[lista].map((item, i) => `${i + 1}. ${item.texto}`));
    return partes.filter(Boolean).join("\n");
  }
}
