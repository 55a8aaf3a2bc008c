"""The parameters of a call, however they came: in the address, as JSON, as a form with files."""

import json
from typing import Any

from aiohttp import web

Params = dict[str, Any]


async def read_params(request: web.Request) -> Params:
    params: Params = dict(request.query)
    if request.content_type == "application/json" and request.can_read_body:
        params.update(await request.json())
    elif request.can_read_body:
        for name, value in (await request.post()).items():
            params[name] = (value.filename, value.file.read()) if isinstance(value, web.FileField) else value
    return params


def true(value: Any) -> bool:
    return str(value).lower() in ("true", "1")


def decoded(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def whole(value: Any) -> int | None:
    try:
        return int(value)
    except (TypeError, ValueError):
        return None
