"""Check the sources of ledgers against the official schema of CSL-JSON.

Usage: ``python validation/csl.py SCHEMA [LEDGER...]``; SCHEMA is a copy of ``csl-data.json`` of
https://github.com/citation-style-language/schema, which is on no package index. Without a ledger,
the one that is shipped.
"""

import json
import sys
from pathlib import Path

from jsonschema import Draft7Validator

from splinternet.ledger.catalogue import open_ledger
from splinternet.ledger.writing import csl_json


def main() -> int:
    """Print what the schema finds wrong, and return the exit status."""
    schema = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    ledger = open_ledger(*sys.argv[2:])
    sources = json.loads(csl_json(ledger))
    found = list(Draft7Validator(schema).iter_errors(sources))
    for error in found:
        print(f"source {error.absolute_path[0]}: {error.message}")
    print(f"{len(sources)} sources, {len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
