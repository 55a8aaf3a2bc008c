"""What Warmline may say: found by words, with who wrote and who signed it; proposing other words; signing (leads)."""

import difflib
from collections import Counter
from collections.abc import Iterable, Mapping

from starlette.responses import Response

from bot.care.staff import tokens
from bot.care.staff.access import Act
from bot.care.staff.joining import StaffError
from bot.care.staff.records import Proposal
from bot.console.seat import NOT_THERE, Page, PageError, Seat
from responses import signoff
from responses.model import Entry

_PAGE, _LONGEST = 40, 600


async def show(seat: Seat) -> Response:
    """`?q=words&shelf=NAME&unsigned=1&page=N`."""
    query = seat.request.query_params
    wanted, shelf = query.get("q", "").strip()[:80], query.get("shelf", "")[:40]
    only_unsigned, page = bool(query.get("unsigned")), _page(query.get("page", ""))
    live, lock = seat.house.voice.library.live, signoff.read_lock()
    found = [entry for entry in live if _fits(entry, wanted.casefold(), shelf)]
    if only_unsigned:
        found = [entry for entry in found if not signoff.is_signed(entry, lock)]
    shown = found[page * _PAGE : (page + 1) * _PAGE]
    return seat.render(
        "library.html",
        rows=[(entry, signoff.is_signed(entry, lock)) for entry in shown],
        found=len(found),
        signed=sum(signoff.is_signed(entry, lock) for entry in live),
        total=len(live),
        shelves=sorted(Counter(entry.id.partition(".")[0] for entry in live).items()),
        proposals=[proposal for proposal in await seat.house.store.staff.proposals.all() if proposal.state == "open"],
        thin=_thin(live),
        q=wanted,
        shelf=shelf,
        only_unsigned=only_unsigned,
        page=page,
        pages=-(-len(found) // _PAGE),
    )


def _page(given: str) -> int:
    return int(given) if given.isdecimal() and len(given) < 6 else 0


def _fits(entry: Entry, wanted: str, shelf: str) -> bool:
    if shelf and not entry.id.startswith(f"{shelf}."):
        return False
    texts = (entry.id, entry.purpose, *entry.say, *entry.ask)
    return not wanted or any(wanted in text.casefold() for text in texts)


def _thin(live: Iterable[Entry]) -> list[tuple[str, int]]:
    """The situations and feelings that the fewest entries speak to."""
    spoken = Counter(label for entry in live for label in (*entry.when.situations, *entry.when.feelings))
    return sorted(spoken.items(), key=lambda item: (item[1], item[0]))[:8]


def _entry(seat: Seat) -> Entry:
    found = seat.house.voice.library.entries.get(str(seat.request.path_params["entry"]))
    if found is None:
        raise PageError(404, NOT_THERE)
    return found


async def show_entry(seat: Seat) -> Response:
    entry = _entry(seat)
    lock, here = signoff.read_lock(), await _signatures(seat)
    proposals = [p for p in await seat.house.store.staff.proposals.all() if p.entry == entry.id]
    return seat.render(
        "entry.html",
        entry=entry,
        when={name: sorted(map(str, getattr(entry.when, name))) for name in entry.when.__slots__},
        signed=lock.get(entry.id) if signoff.is_signed(entry, lock) else None,
        kept=here[entry.id] if signoff.is_signed(entry, here) else None,
        stale=entry.id in {**here, **lock} and not signoff.is_signed(entry, {**lock, **here}),
        wording="\n".join(entry.say),
        digest=signoff.digest(entry),
        proposals=[(proposal, changed(proposal.was, proposal.wanted)) for proposal in proposals],
    )


def changed(was: str, wanted: str) -> list[tuple[str, str]]:
    """What a proposal would change, line by line: ("-", line), ("+", line) or (" ", line)."""
    lines = difflib.ndiff(was.splitlines(), wanted.splitlines())
    return [(line[0], line[2:]) for line in lines if line[0] in "-+ "]


async def propose(seat: Seat) -> Response:
    entry = _entry(seat)
    wanted = "\n".join(line.strip() for line in seat.one("wanted", _LONGEST).splitlines() if line.strip())
    why, was = seat.one("why", _LONGEST), "\n".join(entry.say)
    if not wanted or wanted == was:
        raise StaffError("Change the words first; this is what the entry says already.")
    proposal = Proposal(tokens.new_id(), seat.member.id, seat.member.name, entry.id, was, wanted, why, seat.now)
    await seat.house.store.staff.proposals.add(proposal)
    return seat.to(f"/library/{entry.id}", "proposed")


async def settle(seat: Seat) -> Response:
    state, wanted = seat.one("state"), seat.one("proposal", 32)
    known = {proposal.id: proposal for proposal in await seat.house.store.staff.proposals.all()}
    if state not in ("taken", "declined") or wanted not in known:
        raise PageError(400, "There is no such proposal.")
    await seat.house.store.staff.proposals.settle(wanted, state)
    return seat.to(f"/library/{known[wanted].entry}", "settled")


async def sign(seat: Seat) -> Response:
    """A signature is a clinician's word that they read every wording; the page asks for just that.

    It is kept with the practice. The words' own lock file lies with the words, and who edits those takes it up there.
    """
    entry = _entry(seat)
    if not seat.one("read") or not seat.one("clinician"):
        raise StaffError("Only a clinician who has read every wording can sign. Tick both boxes to say so.")
    if seat.one("digest", 64) != signoff.digest(entry):
        raise StaffError("The words changed since you opened the page. Please read them again.")
    given = signoff.signature(entry, seat.member.name, seat.now.date())
    await seat.house.store.staff.signatures.save({**await _signatures(seat), entry.id: given})
    return seat.to(f"/library/{entry.id}", "signed")


async def _signatures(seat: Seat) -> dict[str, Mapping[str, str]]:
    return await seat.house.store.staff.signatures.load() or {}


PAGES = (
    Page("/library", Act.LIBRARY, show),
    Page("/library/{entry}", Act.LIBRARY, show_entry),
    Page("/library/{entry}/propose", Act.LIBRARY, propose, "POST"),
    Page("/library/settle", Act.SIGN, settle, "POST"),
    Page("/library/{entry}/sign", Act.SIGN, sign, "POST"),
)
