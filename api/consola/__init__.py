"""Las órdenes de consola, una por módulo: `configurar(analizador)` y `ejecutar(opciones)`."""
