"""The board: the screen where most of a meeting happens. May import `cards`, `dialogs`, `host`, `widgets`."""
