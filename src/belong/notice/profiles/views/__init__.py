"""The screens of pupils' own pages."""
