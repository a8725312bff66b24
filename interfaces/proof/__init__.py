"""Proof packs: what is handed over of one audit, and the file that checks it without us."""
