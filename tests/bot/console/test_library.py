"""The library on the pages: words proposed and signatures given are kept with the practice, not in the program."""

from responses import signoff
from tests.bot.console.conftest import Staffed, text_of, token_of

PATH = "/console/library/talk.thanks.glad"


async def test_a_signature_is_kept_here_and_says_from_when_it_counts(practice: Staffed) -> None:
    browser = await practice.signed_in("Dana Lee")
    before = signoff.LOCK.read_bytes()
    entry = practice.room.voice.library.entries["talk.thanks.glad"]
    form = {"token": token_of(await browser.get(PATH)), "digest": signoff.digest(entry), "clinician": "1", "read": "1"}
    assert (await browser.post(f"{PATH}/sign", data={**form, "digest": "0" * 64})).status_code == 400
    assert await practice.store.staff.signatures.load() is None
    answered = await browser.post(f"{PATH}/sign", data=form)
    page = text_of(await browser.get(answered.headers["location"]))
    assert "signed here by Dana Lee" in page
    assert "from the release on that takes it up" in page
    assert signoff.is_signed(entry, await practice.store.staff.signatures.load())
    assert signoff.LOCK.read_bytes() == before


async def test_other_words_are_proposed_and_settled_by_a_lead(practice: Staffed) -> None:
    ana, dana = await practice.signed_in("Ana Sol"), await practice.signed_in("Dana Lee")
    form = {"token": token_of(await ana.get(PATH)), "wanted": "Glad to hear it.", "why": "shorter"}
    assert (await ana.post(f"{PATH}/propose", data=form)).status_code == 303
    assert "Glad to hear it." in text_of(await dana.get(PATH))
    [kept] = await practice.store.staff.proposals.all()
    settle = {"token": token_of(await dana.get(PATH)), "proposal": kept.id, "state": "taken"}
    assert (await dana.post("/console/library/settle", data=settle)).status_code == 303
    assert [one.state for one in await practice.store.staff.proposals.all()] == ["taken"]
