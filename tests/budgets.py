"""How many examples property tests take: set by the hypothesis profile, and two shares of it.

``make quick`` uses the profile ``dev``, ``make test`` and CI use ``ci``, ``make nightly`` uses
``nightly``; the variable HYPOTHESIS_PROFILE names it.
"""

import os

from hypothesis import HealthCheck, settings

__all__ = ["PROFILE", "few", "fewest", "many"]

#: A busy machine is no reason to fail.
_PATIENT = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}

settings.register_profile("dev", max_examples=8, **_PATIENT)
settings.register_profile("ci", max_examples=80, derandomize=True, **_PATIENT)
settings.register_profile("nightly", max_examples=800, **_PATIENT)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))

#: Name of the profile.
PROFILE = settings.get_current_profile_name()
_EXAMPLES = settings.get_profile(PROFILE).max_examples

#: For tests whose example takes a second: whole measures of a world, or a question to a server.
few = settings(max_examples=max(1, _EXAMPLES // 4))
#: For tests whose example is a world of several blocks, beside a slow twin.
fewest = settings(max_examples=max(1, _EXAMPLES // 26))
#: For tests whose example takes no time: they read a line or a word.
many = settings(max_examples=_EXAMPLES * 5 // 2)
