"""Los reportes del protocolo en Word y en Excel."""
