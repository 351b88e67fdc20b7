"""Watching a recorded session again. May import `cards`, `dialogs`, `host`, `voting`, `widgets`."""
