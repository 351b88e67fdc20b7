"""Drawings of votes: fingers, the spread of places, lines of people. May import `sessions` and widgets."""
