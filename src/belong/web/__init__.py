"""The look: tokens, components, charts, faces, and the small scripts a child needs."""
