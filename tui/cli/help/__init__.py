"""What tells people about the command line: completion. Loads no Textual. May import no other package."""
