"""Pages of greeting well."""
