"""History: what was done in a session, and undoing it down to a line. May import `dialogs`, `host`, `widgets`."""
