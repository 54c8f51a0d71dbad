"""On which networks, states and vendors a nation's Internet depends."""
