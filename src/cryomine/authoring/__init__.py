"""What helps people to write a pack: a first one, its check, what it knows, what articles have that it lacks."""
