"""Revisión SMART de la redacción: reglas que son datos, hallazgos que señalan el texto."""
