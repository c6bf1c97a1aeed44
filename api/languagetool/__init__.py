"""El protocolo de LanguageTool: lo que piden y esperan los editores de texto."""
