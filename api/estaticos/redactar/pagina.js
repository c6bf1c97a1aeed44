// Lo que todas las partes del editor usan de la página.

export const uno = (selector) => document.querySelector(selector);
export const todos = (selector) => [...document.querySelectorAll(selector)];

// Un hueco por llenar: «[responsable]».
export const HUECO = /\[[^[\]\n]*\]/g;

// Lo dice el lector de pantalla; no se ve.
export const anunciar = (texto) => {
  uno("#anuncio").textContent = texto;
};
