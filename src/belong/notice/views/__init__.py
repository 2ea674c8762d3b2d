"""The screens of the notice room."""
