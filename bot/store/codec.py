"""Records to bytes and back, without loss: lone surrogates, NUL and fields added later included."""

import json
from base64 import b64decode, b64encode
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.care.records import Button, Channel, Client, Consent, Delivery, Letter, Outgoing, Settings, Turn
from nlp.labels import Tier

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Not \u escapes: two lone surrogates side by side would come back as one character.
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_MICROSECOND = timedelta(microseconds=1)
_WORDS = ("heard", "said")
_LIMITS = ("not_before", "not_after")
_TUPLES = ("trail", "entries", "techniques")


def micros(moment: datetime) -> int:
    """Whole microseconds since 1970 (UTC), exactly."""
    return (moment - _EPOCH) // _MICROSECOND


def moment(value: int) -> datetime:
    return _EPOCH + value * _MICROSECOND


def pack(value: Any) -> bytes:
    return _encode(value).encode("utf-8", "surrogatepass")


def unpack(body: bytes) -> Any:
    return json.loads(body.decode("utf-8", "surrogatepass"))


def known(record: type[Any], values: dict[str, Any]) -> dict[str, Any]:
    """Only the fields that today's record has: data written by a newer or older version still opens."""
    names = {f.name for f in fields(record)}
    return {name: value for name, value in values.items() if name in names}


def plain(record: Any) -> dict[str, Any]:
    return {f.name: getattr(record, f.name) for f in fields(record)}


def pack_client(client: Client) -> bytes:
    values = plain(client)
    values["created"] = micros(client.created)
    values["consents"] = [[c.purpose, c.given, c.version, micros(c.at)] for c in client.consents]
    values["settings"] = plain(client.settings)
    return pack(values)


def unpack_client(body: bytes) -> Client:
    values = known(Client, unpack(body))
    values["created"] = moment(values["created"])
    values["consents"] = [
        Consent(purpose, given, version, moment(at)) for purpose, given, version, at in values["consents"]
    ]
    values["settings"] = Settings(**known(Settings, values["settings"]))
    return Client(**values)


def pack_turn(turn: Turn) -> tuple[bytes, bytes]:
    """(words, notes): the words go first, the notes may outlive them."""
    values = plain(turn)
    del values["at"]
    words = [values.pop(name) for name in _WORDS]
    return pack(words), pack(values)


def unpack_turn(at: datetime, words: bytes | None, notes: bytes) -> Turn:
    """`words` None: they were emptied after their days."""
    values = known(Turn, unpack(notes))
    values["tier"] = Tier(values["tier"])
    values.update({name: tuple(values.get(name, ())) for name in _TUPLES})
    heard, said = unpack(words) if words is not None else ("", "")
    return Turn(at=at, heard=heard, said=said, **values)


def pack_outgoing(out: Outgoing) -> bytes:
    values = plain(out)
    values["buttons"] = [[[b.label, b.data] for b in row] for row in out.buttons]
    for name in _LIMITS:
        values[name] = None if values[name] is None else micros(values[name])
    values["picture"] = b64encode(out.picture).decode("ascii")
    return pack(values)


def unpack_outgoing(body: bytes) -> Outgoing:
    values = known(Outgoing, unpack(body))
    values["buttons"] = tuple(tuple(Button(label, data) for label, data in row) for row in values["buttons"])
    values["delivery"] = Delivery(values["delivery"])
    for name in _LIMITS:
        values[name] = None if values.get(name) is None else moment(values[name])
    values["picture"] = b64decode(values.get("picture", ""))
    return Outgoing(**values)


def pack_letter(letter: Letter) -> bytes:
    values = plain(letter)
    values["not_before"] = None if letter.not_before is None else micros(letter.not_before)
    return pack(values)


def unpack_letter(body: bytes) -> Letter:
    values = known(Letter, unpack(body))
    values["channel"] = Channel(values["channel"])
    values["not_before"] = None if values["not_before"] is None else moment(values["not_before"])
    return Letter(**values)
