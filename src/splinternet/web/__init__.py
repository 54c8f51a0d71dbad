"""The same in a browser: pages, a builder of scenarios, and a JSON API, on loopback by default."""
