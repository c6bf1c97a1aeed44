"""De la imagen de una hoja a sus palabras. Lo único de fuera es tesseract (`ingesta.ocr`)."""
