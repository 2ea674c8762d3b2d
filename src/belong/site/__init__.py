"""The shell: settings, addresses, sign-in, the Today page, the `belong` command and the demo school."""
