"""Takes a line from a shelf for an act, or for what is asked: new if it can be, an older one rather than none."""

from collections.abc import Mapping

from bot.care.draft import Draft
from bot.care.listening import Listener


def from_shelf(
    listener: Listener,
    shelf: str,
    draft: Draft,
    act: str = "",
    asked: str = "",
    own: Mapping[str, str] | None = None,
) -> None:
    """A line of the shelf for an act, or for what is asked. `own`: values of slots, instead of the message's."""
    wanted = listener.wanted()
    base = wanted._replace(
        shelf=shelf,
        techniques=frozenset(),
        acts=(act,) if act else (),
        asked=(asked,) if asked else (),
        slots=_beside_the_point(wanted.slots) if own is None else own,
        mood=listener.speakable.mood(),
        openers=frozenset() if draft.parts else frozenset(listener.memory.openers),
    )
    strict = base._replace(floor=4.0 if act else 2.0 if asked else 0.0)
    picked = (
        listener.pick(strict)
        or listener.pick(strict._replace(openers=frozenset()))
        or listener.pick(strict._replace(used=frozenset(), openers=frozenset()))
        or listener.pick(strict._replace(used=frozenset(), said=frozenset(), openers=frozenset()))
    )
    if picked is None:
        return
    draft.add(picked)
    if not draft.parts[:-1]:
        listener.ask(base, draft)


def _beside_the_point(slots: Mapping[str, str]) -> Mapping[str, str]:
    """Someone or something from earlier is left out where this message names its own."""
    named = "person" in slots or "thing" in slots
    return {name: value for name, value in slots.items() if not (named and name == "earlier")}
