"""Write src/splinternet/web/examples.json: what the API answers about the world of 2019-12.

Usage: ``python docs/make_api_examples.py``. Lists are shortened to their first rows; the
document of the API shows them as examples.
"""

import msgspec
from starlette.testclient import TestClient

from splinternet.web.api import ENDPOINTS
from splinternet.web.app import create_app
from splinternet.web.openapi import EXAMPLES, Endpoint

#: Rows of a list, and letters of a text, that an example keeps.
ROWS, LETTERS = 2, 400


def main() -> None:
    """Ask every endpoint, and write the answers."""
    with TestClient(create_app(["2019-12"]), base_url="http://localhost") as site:
        found = {each.address: shortened(asked(site, each)) for each in ENDPOINTS}
    EXAMPLES.write_bytes(msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n")


def asked(site: TestClient, endpoint: Endpoint) -> object:
    """Ask an endpoint by its own examples."""
    address = endpoint.address
    for name, (_, example) in endpoint.path.items():
        address = address.replace(f"{{{name}}}", example)
    body = {"json": endpoint.sends} if endpoint.body is not None else {}
    answer = site.request(endpoint.method, address, **body)
    answer.raise_for_status()
    return answer.json()


def shortened(answer: object) -> object:
    """Keep the beginnings of lists and texts; citations of the statements that are kept."""
    if isinstance(answer, dict):
        kept = {key: shortened(value) for key, value in answer.items()}
        if isinstance(kept.get("citations"), dict):
            named = {each for row in kept["statements"] for each in row["sources"]}
            kept["citations"] = {k: v for k, v in kept["citations"].items() if k in named}
        return kept
    if isinstance(answer, list):
        return [shortened(each) for each in answer[:ROWS]]
    return answer[:LETTERS] if isinstance(answer, str) else answer


if __name__ == "__main__":
    main()
