"""Ballots outside the room: forms to fill in, and the collection of files.

May import `commands`, `disk`, `imports`, `live`, `portfolio`, `record`, `rounds`, `state`.
"""
