"""Collecting votes: opening a round, secret entry, hands, files. May import `dialogs`, `host`, `stages`, `voting`, `widgets`."""
