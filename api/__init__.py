"""Las caras del producto: consola, páginas web y API HTTP."""
