// Los botones de la barra y las teclas que valen en toda la página hacen lo mismo.

import { uno } from "./pagina.js";

// `acciones`: deshacer, rehacer, anterior, siguiente (hallazgo) y hueco.
export function conectar({ hueco, ...acciones }) {
  for (const [nombre, hacer] of Object.entries(acciones)) uno(`[data-accion="${nombre}"]`).addEventListener("click", hacer);
  const { deshacer, rehacer, anterior, siguiente } = acciones;
  document.addEventListener("keydown", (evento) => {
    const control = (evento.ctrlKey || evento.metaKey) && !evento.altKey;
    const tecla = evento.key.toLowerCase();
    const hacer = evento.key === "F8" ? (evento.shiftKey ? anterior : siguiente)
      : evento.key === "F9" ? hueco
      : control && tecla === "z" ? (evento.shiftKey ? rehacer : deshacer)
      : control && tecla === "y" ? rehacer : null;
    if (!hacer) return;
    evento.preventDefault();
    hacer();
  });
  // El menú del navegador deshace por su cuenta y solo en un campo: se hace lo nuestro.
  document.addEventListener("beforeinput", (evento) => {
    if (evento.inputType !== "historyUndo" && evento.inputType !== "historyRedo") return;
    evento.preventDefault();
    (evento.inputType === "historyUndo" ? deshacer : rehacer)();
  });
}
