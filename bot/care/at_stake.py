"""Which themes may be spoken to now: in tune with the message, not off-limits, not just said, not just misheard."""

from collections.abc import Iterable

from bot.care.memory import Memory, touches
from nlp.labels import BARE_THEMES, GOOD_THEMES, OPEN_THEMES, Mood
from nlp.reading import Finding, Reading

AFTER_A_CORRECTION = 2  # messages in which no theme is spoken to, once the person said "that's not it"
# Themes whose lines come to nearly the same: the second of them straight after the first would repeat it.
_NEAR = (
    "worn_out no_energy sleep_wont_come feels_ill_now",
    "too_much_on_them worn_out everything_changes",
    "feeling_low numb_nothing_reaches lost_interest heartbroken",
    "cant_stop_thinking worst_case on_edge sleep_wont_come anxious_without_reason",
    "broke_up heartbroken still_love_them cant_move_on left_without_reason left_without_an_answer mixed_signals",
    "drifting_apart always_the_one_to_try not_wanted friend_has_no_time friendship_faded",
    "no_friends_near lonely_among_people left_out_of_it no_one_to_tell alone_at_home",
    "feels_guilty regrets_words should_have_done made_a_mistake",
    "not_good_enough_at_it never_enough unsure_of_self failed_at_it",
    "not_understood not_let_speak avoids_the_talk",
    "work_not_seen not_thanked not_fair",
    "died_recently grief_comes_back misses_somebody no_goodbye",
    "pretending_fine keeps_a_secret kept_quiet",
    "shy_with_people awkward_with_people afraid_not_liked embarrassed_in_public",
    "stuck how_will_it_go_on future_frightens decides_and_doubts",
    "let_down_by_someone betrayed_by_close_one doubts_their_word",
    "over_the_moon little_pleasure small_good_thing relief_at_last",
    "fight_with_someone fights_at_home short_fuse so_angry",
)
_NEAR_TO = tuple(frozenset(group.split()) for group in _NEAR)
# Themes and situations that no one who lost an animal or a person in this talk should meet.
OF_THE_LIVING = frozenset({"pet_joy", "pet_in_trouble", "pet_ill"})


def themes_now(reading: Reading, memory: Memory, topics: Iterable[str]) -> list[Finding]:
    """What is at stake, in so many words; what was only told in passing last, and not `sure`.

    None in the two messages after a correction: whoever was just misheard is better asked than told. None that comes to
    the same as what the last reply spoke to.
    """
    if memory.misheard and memory.turn - memory.misheard <= AFTER_A_CORRECTION:
        return []
    said = _just_said(memory)
    topics = tuple(topics)
    return [
        one
        for one in reading.themes
        if _in_tune(one.name, reading.mood)
        and not said & near(one.name)
        and not (one.name in OF_THE_LIVING and memory.mourns)
        and not touches(reading.text[one.span.start : one.span.end], topics)
    ]


def near(theme: str) -> frozenset[str]:
    """The theme and those whose lines come to nearly the same."""
    return frozenset({theme}).union(*(group for group in _NEAR_TO if theme in group))


def _just_said(memory: Memory) -> frozenset[str]:
    return frozenset(why.removeprefix("theme:") for why in memory.last_trail if why.startswith("theme:"))


def _in_tune(theme: str, mood: Mood) -> bool:
    """A glad theme wants a glad message, a hard one no glad one, a bare event a sign of how it is for them."""
    if theme in GOOD_THEMES:
        return mood is Mood.POSITIVE
    if theme in BARE_THEMES:
        return mood in (Mood.NEGATIVE, Mood.MIXED)
    return theme in OPEN_THEMES or mood is not Mood.POSITIVE
