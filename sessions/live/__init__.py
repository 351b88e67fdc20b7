"""A session under way: the door for commands, its ports (clock, log, urn), and the watchers.

May import `commands`, `deciding`, `handling`, `record`, `replay`, `rounds`, `state`.
"""
