"""The room: people vote, propose and follow from a phone or a terminal of their own.

`Room` brings together the session, people's seats and their devices; it knows no network. What speaks HTTP is imported only when a room opens.
May import `commands`, `deciding`, `handling`, `live`, `portfolio`, `record`, `rounds`, `rounds.methods`, `state`, `voting`.
"""
