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
    b"&by=state&direction=outbound&weights=networks&measure=control&measure=cut&blocs.0.name=west"
    b"&blocs.0.networks=country:US,CA,GB,AU,NZ,JP,KR,AT,BE,BG,HR,CY,CZ,DK,EE,FI,FR,DE,GR,HU,IE,IT,LV,"
    b"LT,LU,MT,NL,PL,PT,RO,SK,SI,ES,SE,NO,CH,IS&blocs.1.name=east&blocs.1.networks=country:RU,CN,BY,"
    b"KZ,IR,KP&shocks.0.kind=split&shocks.0.blocs.0=west&shocks.0.blocs.1=east&shocks.0.neutral=join"
    b"&shocks.1.kind=remove&shocks.1.networks=AS&shocks.0.kind=inspect&shocks.0.kind=ban"
    b"&shocks.0.vendor=huawei&shocks.0.kind=refuse&shocks.0.traffic_of=country:"
    b"&shocks.0.kind=cut&shocks.0.between.0=AS3356 or AS174&shocks.0.between.1=country:"
    b"&world=2023-11&world=2025-09&name=Russia is isolated&world=2019-12"
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
