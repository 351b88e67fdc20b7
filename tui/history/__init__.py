"""History: what was done in a session, and taking it back down to a line. May import `dialogs`, `host`, `widgets`."""
