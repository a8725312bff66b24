"""The record for programs: JSON over the same commands and read models as the pages."""
