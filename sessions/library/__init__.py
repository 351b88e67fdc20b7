"""The list of sessions, and opening, reading and copying one of them. May import `live` and `store`."""
