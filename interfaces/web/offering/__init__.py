"""What may be done with a thing now, and begun: asked of the workflow itself."""
