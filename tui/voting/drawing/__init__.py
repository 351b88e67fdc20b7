"""Drawings of votes: fingers, the spread of places, lines of people. May import `widgets`."""
