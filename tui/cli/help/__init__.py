"""What tells people about the command line: help, its examples, completion. Loads no Textual. May import no other package."""
