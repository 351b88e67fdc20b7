"""Ballots outside the room: forms to fill in, and the collection of files.

May import `commands`, `imports`, `live`, `portfolio`, `record`, `rounds`, `state`, `store.tinydb`.
"""
