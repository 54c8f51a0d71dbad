"""How traffic flows over a world: the graph, the sweep, and its kernels."""
