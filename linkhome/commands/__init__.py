"""One module a command: options, a call, an exit code. Each is imported only when its command runs."""
