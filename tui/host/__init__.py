"""What a screen may ask of its app, the actions and their keys, how keys are delivered; the bases of an app and of a live screen.

May import `terminal`, `widgets`.
"""
