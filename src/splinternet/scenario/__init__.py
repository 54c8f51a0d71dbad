"""What changes: shocks in a small language, selections of networks, and the world after them."""
