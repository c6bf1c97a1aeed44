"""El editor: su cabecera, lo que muestra de cada párrafo y el acta en Word que entrega."""
