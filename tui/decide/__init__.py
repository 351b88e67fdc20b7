"""Deciding on cards, one or several. May import `cards`, `dialogs`, `widgets`."""
