"""An offer beside listening: rare, with a way to say no for good, and never in place of the reply.

When someone is hard on themselves again and again in one talk, a kind line that they once kept is said back, or a
practice is offered. A hope that they wrote down is said back when they come to speak of it without sorrow, and what
helped before when they ask what to do. At most one such line in three talks; each refusal makes the wait longer.
Nothing is offered in an episode, beside a question, or to someone who only wants to be listened to.
"""

from bot.care.buttons import rows
from bot.care.own_words import latest, text_of
from bot.care.practices import runs
from bot.care.practices.hoped import spoken_of
from bot.care.reply import Reply
from bot.care.visit import Visit
from nlp.labels import Mood, Tier
from nlp.reading import Reading

EVERY = 3  # talks between two offers; once more for each refusal
HEARD = 2  # times in one talk before anything is offered
# What fits what was heard; the first that may be offered is.
FITTING = {
    "shame": ("break", "kinder", "letter", "friend"),
    "should_rule": ("belief", "kinder", "break"),
    "guilt": ("mistake", "impact", "break"),
    "mistake": ("mistake", "impact", "break"),
}
_NOT_IN_GENTLE = frozenset({"belief", "purpose"})


async def beside(visit: Visit, reading: Reading, reply: Reply, *, limited: bool) -> None:
    """Called after a calm reply was given; adds one line or nothing. Changes `visit.memory.offers`."""
    state = visit.memory.offers
    if visit.memory.session_turn <= 1:
        state["talk"], state["heard"] = state.get("talk", 0) + 1, 0
    heard = next((label for label in FITTING if any(f.name == label and f.sure for f in reading.self_talk)), "")
    if limited or reading.tier > Tier.T0 or not _welcome(visit, reply):
        return
    if reading.did("asks_advice") and _due(state):
        await _remind(visit, "helped")
    if not heard:
        if state.get("hoped") and _due(state) and reading.mood is not Mood.NEGATIVE:
            await _hoped(visit, reading.text)
        return
    state["heard"] = state.get("heard", 0) + 1
    if state["heard"] >= HEARD and _due(state) and not await _remind(visit, "kinder"):
        await _offer(visit, heard)


async def press(visit: Visit, data: str) -> None:
    """ "offer:listen": not this time. "offer:never": not again; practices are still there when asked for."""
    state = visit.memory.offers
    if data == "offer:never":
        state["never"] = True
    elif data == "offer:listen":
        state["refused"] = state.get("refused", 0) + 1
    known = data in ("offer:never", "offer:listen")
    moment = data.replace("offer:", "practice.offer-") if known else "system.old-button"
    visit.answer(visit.say(moment))


def _welcome(visit: Visit, reply: Reply) -> bool:
    assert visit.client is not None
    listening = visit.client.settings.pace == "listening"
    return not listening and "?" not in reply.text and not visit.memory.offers.get("never")


def _due(state: dict[str, int]) -> bool:
    last = state.get("last", 0)
    return not last or state.get("talk", 0) - last >= EVERY * (1 + state.get("refused", 0))


async def _remind(visit: Visit, kind: str) -> bool:
    """One of their own lines said back; False when none is kept."""
    assert visit.client is not None
    words = await latest(visit.work, kind, visit.client.settings.off_limits)
    if words:
        _say_back(visit, kind, words)
    return bool(words)


async def _hoped(visit: Visit, text: str) -> None:
    """A hope of theirs that the message speaks of: each is said back once."""
    assert visit.client is not None
    before = visit.memory.offers.setdefault("hopes", [])
    kept = [hope for hope in await visit.work.kept("hope") if hope.id not in before]
    hope = spoken_of(text, kept, visit.client.settings.off_limits, visit.now)
    if hope is not None:
        before.append(hope.id)
        _say_back(visit, "hope", text_of(hope))


def _say_back(visit: Visit, kind: str, words: str) -> None:
    visit.memory.offers["last"] = visit.memory.offers.get("talk", 0)
    visit.answer(visit.say(f"words.remind.{kind}", slots={"value": words.rstrip(".")}), silent=True)


async def _offer(visit: Visit, heard: str) -> None:
    name = await fitting(visit, heard)
    if name:
        visit.memory.offers["last"] = visit.memory.offers.get("talk", 0)
        buttons = rows(visit.room.voice, [f"practice:{name}", "offer:listen", "offer:never"])
        visit.answer(Reply(visit.say("practice.offer").parts, buttons), silent=True)


async def fitting(visit: Visit, heard: str) -> str:
    """The first practice for what was heard that may be offered now; "" for none (S-04, B17)."""
    known = visit.room.voice.library.practices
    past = await visit.work.kept(runs.KIND)
    resting = runs.resting(past, {p.name: p.family for p in known.values()}, visit.now)
    situations = {name for _, name in visit.memory.situations}
    gentle = visit.client is not None and visit.client.settings.gentle
    for name in FITTING[heard]:
        practice = known.get(name)
        if practice is None or practice.family in resting or practice.avoid & situations:
            continue
        if not (gentle and name in _NOT_IN_GENTLE):
            return name
    return ""
