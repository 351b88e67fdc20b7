"""The port of a store, and a store in memory. May import `record` and the ports of `live`."""
