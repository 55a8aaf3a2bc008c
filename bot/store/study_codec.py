"""Studies and the records of exports to JSON text and back; nothing of a client is in them."""

import json
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from bot.care.research.records import Record, Study
from bot.store.codec import micros, moment

_DAYS = ("start", "end")


def pack_study(study: Study) -> str:
    values = asdict(study)
    for name in _DAYS:
        values[name] = values[name].isoformat() if values[name] else None
    return json.dumps(values, ensure_ascii=False)


def unpack_study(text: str) -> Study:
    known = {f.name for f in fields(Study)}
    values: dict[str, Any] = {name: value for name, value in json.loads(text).items() if name in known}
    for name in _DAYS:
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    return Study(**values)


def pack_record(record: Record) -> str:
    return json.dumps(asdict(record) | {"at": micros(record.at)}, ensure_ascii=False)


def unpack_record(text: str) -> Record:
    values = json.loads(text)
    return Record(**values | {"at": moment(values["at"])})
