"""What a phase shows in the middle of the screen, and on the projector: pictures in large letters. May import `cards`, `host`, `widgets`."""
