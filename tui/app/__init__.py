"""The app: its configuration, its keys, and the one place that opens screens. May import every feature."""
