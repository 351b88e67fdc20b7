"""Handling a command: who may give it, and what it leads to. May import `commands`, `portfolio`, `record`, `state`."""
