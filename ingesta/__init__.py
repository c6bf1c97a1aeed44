"""Del archivo al `Documento`: un solo texto, y cada palabra con su lugar en la página."""
