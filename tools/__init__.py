"""What the project’s own tasks need: the test suite, sizes, pictures."""
