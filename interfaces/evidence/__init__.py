"""Files that people hand in as evidence: what they may be, what they are called, how they leave."""
