"""Lo que las personas decidieron: actas, decisiones y las filas del registro."""
