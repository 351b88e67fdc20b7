"""The command line: one module per group of commands. May import `app`, `board`, `host`, `joined`, `library`, `replay`, `terminal`."""
