"""Supply of a nation's networks: vendors, cables, loans, and who bans whom.

Whatever is summed here is an interval from what is known to what may be: unknown is its width.
"""
