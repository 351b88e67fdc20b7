"""One file per way of asking the room: how a ballot is typed, how hands are read, how a result is drawn. Each has one `VIEW`.

The counterpart of `sessions.rounds.methods`.

May import `dialogs`, `voting.drawing`, `widgets`.
"""
