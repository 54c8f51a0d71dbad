"""The OpenAPI document, written from the declarations that the routes are made of."""

from __future__ import annotations

import functools
import operator
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
from starlette.requests import Request

from splinternet.scenario.scenario import Source
from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks import kinds
from splinternet.web.shapes import Problem

__all__ = ["EXAMPLES", "Endpoint", "document", "examples"]

#: Answers of endpoints, shortened, by address.
EXAMPLES = Path(__file__).with_name("examples.json")


@dataclass(frozen=True)
class Endpoint:
    """An address of the API.

    Attributes
    ----------
    address
        The path, with names of parameters in braces.
    summary
        What it gives, in a line.
    answer
        Gives it.
    result
        The type of what it gives.
    path
        Of each parameter of the path what it is, and an example.
    query
        What the query string has, all of it optional.
    body
        What the body has; such an endpoint is asked by POST.
    sends
        An example of a body.
    """

    address: str
    summary: str
    answer: Callable[[Request], Awaitable[Any]]
    result: Any
    path: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    query: type[msgspec.Struct] | None = None
    body: type[msgspec.Struct] | None = None
    sends: Mapping[str, Any] = field(default_factory=dict)

    @property
    def method(self) -> str:
        """How it is asked."""
        return "GET" if self.body is None else "POST"


#: What can go wrong everywhere.
_PROBLEMS = {
    "400": "The request is malformed, or by a name that is not this server's.",
    "404": "The thing named does not exist here.",
    "405": "The address does not take this method.",
    "413": "The body is too large.",
    "414": "The address is too long.",
    "422": "The request cannot be understood, or cannot be done.",
    "500": "A mistake in splinternet itself.",
    "503": "Too many computations wait, one took too long, or a world has vanished; the header "
    "Retry-After says in how many seconds to try again.",
}

#: What else can go wrong with a body.
_PROBLEMS_OF_BODIES = {
    "403": "A page of another site may send nothing.",
    "408": "The body took too long to arrive.",
}


class _Scenario(msgspec.Struct, rename={"shocks_": "shocks"}):
    """A scenario, as ``docs/scenarios.md`` explains."""

    name: str
    world: str
    shocks_: list[Any]
    description: str = ""
    date: str = ""
    outcome: str = ""
    blocs: dict[str, str] = {}
    sources: list[Source] = []


def document(endpoints: Iterable[Endpoint], version: str, prefix: str = "") -> dict[str, Any]:
    """Describe endpoints as OpenAPI 3.1 has it, served beneath what a proxy puts before them."""
    endpoints = tuple(endpoints)
    shocks = tuple(kind.shock for kind in kinds().values())
    types: list[Any] = [Problem, _Scenario, functools.reduce(operator.or_, shocks)]
    for endpoint in endpoints:
        types += [endpoint.result, *filter(None, (endpoint.query, endpoint.body))]
    schemas, components = msgspec.json.schema_components(
        types, schema_hook=_schema, ref_template="#/components/schemas/{name}"
    )
    of = dict(zip(map(repr, types), schemas, strict=True))
    _mend(components, of[repr(types[2])])
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "splinternet",
            "version": version.rpartition(" ")[2],
            "description": "Networks, states and vendors on which a nation's Internet depends.",
        },
        "servers": [{"url": prefix or "/"}],
        "paths": {e.address: {e.method.lower(): _operation(e, of, components)} for e in endpoints},
        "components": {"schemas": components},
    }


def _schema(of: type) -> dict[str, Any]:
    """Describe what msgspec does not know, which is selections only."""
    if of is Selection:
        return {"type": "string", "examples": ["country:RU", "AS3356"]}
    raise NotImplementedError(of)


def _mend(components: dict[str, Any], shock: dict[str, Any]) -> None:
    """Say what a scenario is: a request has it as anything, for the strict reader to judge."""
    scenario = components.pop("_Scenario")
    scenario["title"] = "Scenario"
    scenario["additionalProperties"] = False
    scenario["properties"]["shocks"] = {"type": "array", "minItems": 1, "items": shock}
    components["Scenario"] = scenario
    components["WhatIf"]["properties"]["scenario"] = {"$ref": "#/components/schemas/Scenario"}


def _operation(
    endpoint: Endpoint, of: Mapping[str, Any], components: Mapping[str, Any]
) -> dict[str, Any]:
    problems = _PROBLEMS | ({} if endpoint.body is None else _PROBLEMS_OF_BODIES)
    wrong = {status: _content(problems[status], of[repr(Problem)]) for status in sorted(problems)}
    found: dict[str, Any] = {
        "operationId": endpoint.answer.__name__.strip("_"),
        "summary": endpoint.summary,
        "parameters": [
            {
                "name": name,
                "in": "path",
                "required": True,
                "description": about,
                "schema": {"type": "string", "minLength": 1},
                "example": example,
            }
            for name, (about, example) in endpoint.path.items()
        ],
        "responses": {
            "200": _content(
                endpoint.summary, of[repr(endpoint.result)], examples().get(endpoint.address)
            ),
            **wrong,
        },
    }
    if endpoint.query is not None:
        declared = components[endpoint.query.__name__]["properties"]
        found["parameters"] += [
            {"name": name, "in": "query", "required": False, "schema": schema}
            for name, schema in declared.items()
        ]
    if endpoint.body is not None:
        content = _content("", of[repr(endpoint.body)], endpoint.sends)
        found["requestBody"] = {"required": True} | content
        del found["requestBody"]["description"]
    return found


def _content(about: str, schema: Mapping[str, Any], example: Any = None) -> dict[str, Any]:  # noqa: ANN401
    shown = {} if example is None else {"example": example}
    return {"description": about, "content": {"application/json": {"schema": schema, **shown}}}


@functools.cache
def examples() -> dict[str, Any]:
    """Answers by address, of the shipped worlds; made by ``docs/make_api_examples.py``."""
    found: dict[str, Any] = msgspec.json.decode(EXAMPLES.read_bytes())
    return found
