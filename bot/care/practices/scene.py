"""What a practice is told of the person: flags that choose its steps, their own words for its slots, what is kept."""

from bot.care.practices.engine import Keep
from bot.care.practices.runs import Run
from bot.care.visit import Visit
from nlp.reading import Reading
from responses.practice import Practice

# After these, "many people feel this" would make little of it (S-02).
_NO_COMPANY = frozenset(
    "death_of_loved_one anniversary_of_loss dying_loved_one pregnancy_loss past_trauma discrimination pet_loss".split()
)
# Somebody did this to them: gentleness towards that somebody is not theirs to practise (B17).
_HARMED = frozenset("past_trauma bullying discrimination crime being_used".split())
_OWN = ("hope", "kinder")  # keepsakes that practices may say back


async def flags(visit: Visit, practice: Practice, how: str) -> frozenset[str]:
    """What holds for this run from its beginning to its end; see responses.practice.FLAGS."""
    assert visit.client is not None
    gentle, heard = visit.client.settings.gentle, {name for _, name in visit.memory.situations}
    found = {kind for kind in _OWN if await visit.work.kept(kind, limit=1)}
    found.add("long" if how == "long" else "short")
    if practice.plain and (gentle or how == "plain"):
        found.add("plain")
    if gentle:
        found.add("gentle")
    elif not heard & _NO_COMPANY:
        found.add("company")
    if heard & _HARMED:
        found.add("harmed")
    return frozenset(found)


async def slots(visit: Visit, run: Run) -> dict[str, str]:
    """The person's own words that a line may say back, as they wrote them."""
    found = dict(run.said)
    for kind in _OWN:
        if kind in run.flags:
            kept = await visit.work.kept(kind, limit=1)
            found[kind] = str(kept[-1].value.get("text", "")) if kept else ""
    return {name: value.strip().rstrip(".") for name, value in found.items() if value.strip()}


async def keep(visit: Visit, run: Run, kept: Keep | None) -> None:
    """Keep the person's words; a further part joins the keepsake begun in this run."""
    if kept is None:
        return
    value, before = {kept.part: kept.text}, run.kept.get(kept.kind, "")
    if kept.part != "text" and before:
        found = next((k for k in await visit.work.kept(kept.kind) if k.id == before), None)
        value = {**(found.value if found else {}), **value}
        await visit.work.let_go(before)
    elif kept.part != "text":
        return
    run.kept[kept.kind] = (await visit.work.keep(kept.kind, value, visit.now)).id
    if kept.kind == "hope":
        visit.memory.offers["hoped"] = True  # so that only who has hopes has them looked for while talking


def is_hard(reading: Reading) -> bool:
    """Whether words are hard on the person who wrote them: such words are neither said back nor kept as kind ones."""
    return any(found.name == "shame" and found.sure for found in reading.self_talk)
