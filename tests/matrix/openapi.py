"""An OpenAPI description of every address, derived from the urlconf, the table of roles and the forms on the pages.

There is no API for programs yet; this exists so that a tool can drive the whole program with values nobody thought of.
"""

import re
from typing import Any

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from tests.matrix.table import TABLE
from tools.torture.browser import forms

STATUSES = (200, 201, 204, 286, 302, 304, 400, 401, 403, 404, 405, 409, 410, 413, 422, 429)
KINDS: dict[str, dict[str, Any]] = {
    "int": {"type": "integer", "minimum": 0, "maximum": 2**63},
    "uuid": {"type": "string", "format": "uuid"},
    "slug": {"type": "string", "pattern": "^[-a-zA-Z0-9_]{1,40}$"},
    "str": {"type": "string", "minLength": 1, "maxLength": 60, "pattern": "^[^/]+$"},
}
TEXT = {"type": "string", "maxLength": 400}
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
Fields = dict[str, dict[str, set[str]]]  # route → field → the values its choices offer


def description(fields: Fields) -> dict[str, Any]:
    """The whole program as an OpenAPI 3.1 document."""
    methods = {row.route: row for rows in TABLE.values() for row in rows}
    paths: dict[str, Any] = {}
    for name, pattern in _routes(get_resolver().url_patterns, "", ""):
        if name not in methods:
            continue
        path = "/" + PARAMETER.sub(r"{\2}", pattern)
        for method in ("GET", "POST"):
            if set(methods[name].letters[method]) != {"-"}:
                paths.setdefault(path, {})[method.lower()] = _operation(
                    name, pattern, method, fields.get(name, {})
                )
    return {"openapi": "3.1.0", "info": {"title": "belong", "version": "1"}, "paths": paths}


def _routes(patterns: list[Any], path: str, space: str) -> Any:
    for found in patterns:
        here = path + str(found.pattern).removeprefix("^")
        if isinstance(found, URLResolver):
            yield from _routes(found.url_patterns, here, f"{found.namespace}:" if found.namespace else space)
        elif isinstance(found, URLPattern) and found.name:
            yield f"{space}{found.name}", here


def _operation(name: str, pattern: str, method: str, fields: dict[str, set[str]]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": f"{method} {name}",
        "parameters": [
            {
                "name": argument,
                "in": "path",
                "required": True,
                "schema": KINDS.get(kind or "str", KINDS["str"]),
            }
            for kind, argument in PARAMETER.findall(pattern)
        ],
        "responses": {str(status): {"description": "declared"} for status in STATUSES},
    }
    if method == "POST":
        known = {field: _value(choices) for field, choices in fields.items()}
        schema = {"type": "object", "properties": known, "additionalProperties": TEXT if not known else False}
        operation["requestBody"] = {"content": {"application/x-www-form-urlencoded": {"schema": schema}}}
    else:
        asked = (
            "q",
            "page",
            "view",
            "sort",
            "year",
            "group",
            "weeks",
            "measure",
            "cut",
            "wave",
            "next",
            "on",
            "to",
        )
        operation["parameters"] += [{"name": word, "in": "query", "schema": TEXT} for word in asked]
    return operation


def _value(choices: set[str]) -> dict[str, Any]:
    """What a field offers, and what somebody might send instead."""
    return {"anyOf": [{"enum": sorted(choices)}, TEXT]} if choices else TEXT


def fields_on(path: str, page: str, into: Fields) -> None:
    """Add the fields of every form on a page to the routes they are sent to."""
    for form in forms(page):
        try:
            route = resolve((form.action or path).split("?")[0]).view_name
        except Resolver404:
            continue
        names = into.setdefault(route, {})
        for name, value in form.values.items():
            if name != "csrfmiddlewaretoken":
                names.setdefault(name, set()).update({value} - {""})
        for name, choices in form.choices.items():
            names.setdefault(name, set()).update(choices[:6])
