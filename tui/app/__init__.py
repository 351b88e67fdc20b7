"""The app: its configuration, and the one place that opens screens. May import every feature."""
