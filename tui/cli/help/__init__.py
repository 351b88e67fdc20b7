"""What tells people about the command line: help, its examples, completion, the man page, which alone loads Textual. May import `host`."""
