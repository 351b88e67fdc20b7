"""The room: people vote, propose and follow from a phone or a terminal of their own.

`Room` is where the session, the seats of people and their devices meet; it knows no network. What speaks HTTP is imported only when a room opens.
May import `commands`, `deciding`, `handling`, `live`, `portfolio`, `record`, `rounds`, `rounds.methods`, `state`, `voting`.
"""
