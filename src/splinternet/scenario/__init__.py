"""Changes of a world: shocks in a small language, selections of networks, the world after."""
