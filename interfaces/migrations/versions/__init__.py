"""The steps, in order. A step that was released never changes again."""
