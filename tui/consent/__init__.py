"""Asking for consent to a decision. May import `dialogs`, `host`, `voting`, `widgets`."""
