"""Home: the list of sessions, and beginning a new one. May import `dialogs`, `host`, `widgets`."""
