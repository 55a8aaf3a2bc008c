"""What an episode remembers, and when it stops counting."""

import json
from datetime import timedelta

import pytest

from bot.care import episode as episodes
from bot.care.episode import Episode
from nlp.labels import Tier
from tests.bot.care.crisis_stage import BEGIN


def opened(tier: Tier, *kinds: str) -> Episode:
    episode = episodes.open_episode(BEGIN)
    episodes.sign(episode, tier, kinds, BEGIN)
    return episode


def test_nothing_kept_is_no_episode() -> None:
    assert Episode.load({}) is None
    assert not episodes.is_live(None, BEGIN)
    assert episodes.current({}, BEGIN) is None


def test_it_goes_through_json_unchanged() -> None:
    episode = opened(Tier.T2, "wish_dead")
    episode.asked_at, episode.routes["suicide"] = BEGIN, 2
    assert Episode.load(json.loads(json.dumps(episode.dump()))) == episode


def test_fields_of_another_version_do_not_stop_it() -> None:
    data = {**opened(Tier.T2).dump(), "mood": "x"}
    del data["queue"]
    loaded = Episode.load(data)
    assert loaded is not None
    assert loaded.queue == []


@pytest.mark.parametrize(("tier", "hours"), [(Tier.T1, 24), (Tier.T2, 24), (Tier.T3, 72)])
def test_it_is_live_for_its_time_after_the_last_sign(tier: Tier, hours: int) -> None:
    episode = opened(tier)
    end = BEGIN + timedelta(hours=hours)
    assert episodes.is_live(episode, end - timedelta(seconds=1))
    assert not episodes.is_live(episode, end)
    episodes.sign(episode, Tier.T1, (), end - timedelta(hours=1))
    assert episodes.is_live(episode, end)


def test_a_lower_sign_never_lowers_the_tier() -> None:
    episode = opened(Tier.T3)
    episodes.sign(episode, Tier.T1, ("hopelessness",), BEGIN)
    assert episode.tier is Tier.T3


def test_kinds_stand_once_in_order() -> None:
    episode = opened(Tier.T1, "hopelessness", "hopelessness")
    episodes.sign(episode, Tier.T1, ("passive_wish", "hopelessness"), BEGIN)
    assert episode.kinds == ["hopelessness", "passive_wish"]


def test_somebody_under_18_stays_so_until_put_right() -> None:
    episode = episodes.open_episode(BEGIN)
    episode.underage = True
    assert episodes.is_live(episode, BEGIN + timedelta(days=400))


def test_closed_is_closed() -> None:
    episode = opened(Tier.T3)
    episodes.close(episode, BEGIN, "staff:spoke")
    assert not episodes.is_live(episode, BEGIN)
    assert not episodes.may_close(episode, BEGIN + timedelta(days=9))


def test_the_closing_question_waits_72_hours_and_comes_only_after_danger() -> None:
    late = BEGIN + timedelta(hours=72)
    assert episodes.may_close(opened(Tier.T2), late)
    assert not episodes.may_close(opened(Tier.T2), late - timedelta(seconds=1))
    assert not episodes.may_close(opened(Tier.T1), late)
    assert not episodes.may_close(None, late)


def test_the_direct_question_may_come_again_when_three_kinds_of_sign_add_up() -> None:
    episode = opened(Tier.T1, "hopelessness")
    assert episodes.may_ask(episode, BEGIN)
    episodes.asked(episode, BEGIN)
    episodes.sign(episode, Tier.T1, ("passive_wish",), BEGIN)
    assert not episodes.may_ask(episode, BEGIN)
    episodes.sign(episode, Tier.T1, ("past",), BEGIN)
    assert episodes.may_ask(episode, BEGIN)
    episodes.asked(episode, BEGIN)
    assert not episodes.may_ask(episode, BEGIN)
    assert episodes.may_ask(episode, BEGIN + timedelta(hours=24))


def test_marks_hold_none_of_the_words() -> None:
    assert len(episodes.mark("a wording")) == 8
    assert episodes.mark("a wording") != episodes.mark("another")
