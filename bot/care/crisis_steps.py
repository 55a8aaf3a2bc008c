"""Which small step of an episode comes next: those still to come, and a question of safety that was left unanswered.

A question of safety (today, means, a wound, an order of voices) that the person passed over comes back once, before any
other step; answered in any way, refused too, it does not.
"""

from collections.abc import Iterable

from bot.care.episode import Episode
from nlp.labels import Tier

SAFETY = frozenset({"plan", "means", "wound", "body", "commands", "danger"})

FIRST = SAFETY | {"keep", "people"}  # what an episode begins with


def name_of(step: str) -> str:
    """The step without its route."""
    return step.rpartition(".")[2]


def enqueue(episode: Episode, coming: Iterable[str], tier: Tier) -> None:
    """Put the steps of a route that was opened behind those to come; at T3 they replace them."""
    if tier is Tier.T3:
        episode.queue, episode.unmet = list(coming), ""
        return
    known = {name_of(name) for name in (*episode.done, *episode.queue)}
    episode.queue += [name for name in coming if name_of(name) not in known]


def put(episode: Episode, name: str) -> None:
    """A step was put: done, and if it is one of safety its answer is owed; a second time it is not."""
    if name_of(name) in SAFETY and episode.tier < Tier.T3:
        episode.unmet = "" if episode.unmet == name else name
    episode.done += [name] * (name not in episode.done)


def met(episode: Episode, step: str) -> None:
    """An answer to a step came, whichever it was."""
    if name_of(episode.unmet) == step:
        episode.unmet = ""


def is_next(episode: Episode, step: str) -> bool:
    """Whether this is the first of the steps to come."""
    return bool(episode.queue) and name_of(episode.queue[0]) == step


def to_reach(episode: Episode, name: str, *, later: bool) -> None:
    """Somebody is to be told: asked about at the end, before the offer of a note; where it is for later, not at all."""
    if later:
        episode.queue = [known for known in episode.queue if known != name]
    if later or name in (*episode.done, *episode.queue):
        return
    at = next((n for n, known in enumerate(episode.queue) if name_of(known) == "follow"), len(episode.queue))
    episode.queue.insert(at, name)
