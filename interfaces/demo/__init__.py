"""The main job, told step by step on a sample plan."""
