"""The terminal app: what the room sees, and the keys the facilitator presses."""
