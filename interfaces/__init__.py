"""The doors: command line and documents. They parse, call and show."""
