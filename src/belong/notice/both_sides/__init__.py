"""What pupils said of adults beside what adults say they know; matches offered and accepted."""
