"""The command line: one module per group of commands. May import everything in `tui`."""
