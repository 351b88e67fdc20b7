"""Deciding on one card. May import `dialogs`, `widgets`."""
