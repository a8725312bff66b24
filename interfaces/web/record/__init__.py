"""The record itself: verifying it, its heads, and packs with proofs."""
