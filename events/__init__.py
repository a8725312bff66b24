"""The facts that happened, and the append-only log that keeps them."""
