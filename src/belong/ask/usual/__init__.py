"""Change against a child’s own usual in check-ins."""
