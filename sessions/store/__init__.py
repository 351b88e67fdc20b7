"""Where sessions are kept: the port, and a store in memory. May import `record` and the ports of `live`."""
