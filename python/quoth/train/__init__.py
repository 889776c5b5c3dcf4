"""Training of the models that quoth reads with. Nothing here is needed, or imported, to read."""
