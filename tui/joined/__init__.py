"""The terminal of a participant, or of the audience: it follows a room over the network, and knows nothing of the session but what the room sends.

`JoinedApp` is an app of its own, which only the command line opens.
May import `dialogs`, `host`, `stages`, `voting`, `voting.methods`, `widgets`.
"""
