"""What a screen may ask of its app, the actions and their keys, the base of a live screen. May import `widgets`."""
