"""Del `Documento` a las propuestas: qué es pedido, compromiso o tarea, y quién, qué y cuándo."""
