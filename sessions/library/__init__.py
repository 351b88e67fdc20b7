"""The list of sessions, and opening, reading and copying one of them. May import `live`, `portfolio`, `record`, `state`, `store`."""
