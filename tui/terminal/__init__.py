"""The terminal as a device: the driver, pastes, signals, stray output, crash reports. Knows no session and no screen.

May import no other package.
"""
