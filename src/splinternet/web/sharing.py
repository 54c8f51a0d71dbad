"""Short links to scenarios: the fields themselves, pressed into a few letters; nothing is kept."""

from __future__ import annotations

import binascii
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode

from splinternet.base.errors import MisuseError

__all__ = ["packed", "unpacked"]

#: Bytes that a link may press out to: more than any address holds.
_MOST = 24_000

#: What scenarios are likely to have, the likeliest last. Links that were given away rest on it, so
#: it is never changed: a second one would need a first letter of its own.
_LIKELY = (
    b"&direction=outbound&direction=domestic&weights=networks&measure=control&measure=cut&by=state"
    b"&name=The+Great+Firewall%27s+border+as+inspection&shocks.0.kind=inspect&shocks.0.networks="
    b"country:CN&shocks.0.by=bloc:telecom+or+bloc:unicom+or+bloc:mobile+or+bloc:academic"
    b"&blocs.0.name=telecom&blocs.0.networks=AS4134+or+AS4809+or+AS23764&blocs.1.name=unicom"
    b"&blocs.1.networks=AS4837+or+AS9929+or+AS10099&blocs.2.name=mobile&blocs.2.networks=AS9808+or+"
    b"org:%22China+Mobile+International+Limited%22+and+country:HK&blocs.3.name=academic"
    b"&blocs.3.networks=AS4538&blocs.0.name=eu&blocs.0.networks=country:AT,BE,BG,CY,CZ,DE,DK,EE,ES,"
    b"FI,FR,GR,HR,HU,IE,IT,LT,LU,LV,MT,NL,PL,PT,RO,SE,SI,SK%0A&name=A+world+of+two+blocs"
    b"&shocks.0.kind=split&shocks.0.blocs.0=west&shocks.0.blocs.1=east&shocks.0.neutral=join"
    b"&blocs.0.name=west&blocs.0.networks=country:AL,BE,BG,CA,CZ,DE,DK,EE,ES,FI,FR,GB,GR,HR,HU,IS,"
    b"IT,LT,LU,LV,ME,MK,NL,NO,PL,PT,RO,SE,SI,SK,TR,US%0Aor+country:AU,JP,KR,NZ,TW%0A"
    b"&blocs.1.name=east&blocs.1.networks=country:BY,CN,HK,IR,KG,KP,KZ,MO,RU,TJ,UZ&shocks.1.kind="
    b"remove&shocks.1.networks=AS&shocks.0.kind=leak&shocks.0.kind=hijack&shocks.0.kind=ban"
    b"&shocks.0.vendor=huawei&shocks.0.kind=refuse&shocks.0.traffic_of=country:"
    b"&shocks.0.kind=cut&shocks.0.between.0=AS3356+or+AS174&shocks.0.between.1=country:"
    b"&world=2023-11&world=2025-09&name=Russia+is+isolated&world=2019-12"
    b"&shocks.0.kind=isolate&shocks.0.networks=country:RU&run=1country=RU"
)


def packed(pairs: Iterable[tuple[str, str]]) -> str:
    """Press the pairs of a query string into letters that an address can hold."""
    press = zlib.compressobj(9, zlib.DEFLATED, -15, zdict=_LIKELY)
    plain = urlencode(list(pairs), safe=":, ").encode()
    return urlsafe_b64encode(press.compress(plain) + press.flush()).rstrip(b"=").decode()


def unpacked(letters: str) -> list[tuple[str, str]]:
    """Return the pairs that were pressed.

    Raises
    ------
    MisuseError
        If this is no such link.
    """
    wrong = MisuseError("this short link is damaged; ask for it again")
    try:
        pressed = urlsafe_b64decode(letters.encode("ascii") + b"=" * (-len(letters) % 4))
        out = zlib.decompressobj(-15, zdict=_LIKELY)
        plain = out.decompress(pressed, _MOST)
        if not out.eof or out.unused_data:
            raise wrong
        return parse_qsl(plain.decode(), keep_blank_values=True)
    except (binascii.Error, zlib.error, ValueError):
        raise wrong from None
