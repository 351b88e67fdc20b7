"""The command line: one module per group of commands. May import `app`, `board`, `joined`, `library`, `replay`, `terminal`."""
