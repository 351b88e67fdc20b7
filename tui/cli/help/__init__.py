"""What explains the command line: help, its examples, completion, and the man page, which alone loads Textual. May import `host`."""
