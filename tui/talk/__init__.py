"""Discussing one card: timer, scores before and after, the outcome. May import `dialogs`, `host`, `voting`, `widgets`."""
