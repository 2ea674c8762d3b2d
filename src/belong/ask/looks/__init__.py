"""How a person likes pages to look."""
