"""What a screen may ask of its app, the actions and their keys, how keys are delivered, the base of a live screen. May import `widgets`."""
