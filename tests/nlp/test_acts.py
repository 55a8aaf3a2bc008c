"""Acts: what a message does, the one that most needs an answer first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.acts import ActReader
from nlp.labels import ACTS
from tests.loaded import loaded


@pytest.fixture(scope="module")
def reader() -> ActReader:
    return loaded(ActReader)


def acts(reader: ActReader, text: str) -> list[str]:
    return [finding.name for finding in reader.read(text)]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("hello there", "greeting"),
        ("good morning!", "greeting"),
        ("thank you so much for listening", "thanks"),
        ("gotta go now, talk tomorrow", "goodbye"),
        ("goodnight x", "goodbye"),
        ("how are you today?", "question_to_listener"),
        ("what do you do to feel better?", "question_to_listener"),
        ("have you ever been in love", "question_to_listener"),
        ("are you a real person?", "are_you_human"),
        ("is this a bot", "are_you_human"),
        ("is someone in there", "are_you_human"),
        ("am i talking to a machine", "are_you_human"),
        ("do you even sleep", "are_you_human"),
        ("what should i do", "asks_advice"),
        ("any tips for getting him to listen?", "asks_advice"),
        ("should i ring her or wait", "asks_advice"),
        ("how do i tell my parents", "asks_advice"),
        ("do i have adhd", "asks_diagnosis"),
        ("could this be burnout?", "asks_diagnosis"),
        ("what's wrong with me", "asks_diagnosis"),
        ("can i talk to a real person please", "wants_person"),
        ("i want to speak to a human", "wants_person"),
        ("i just need to vent", "wants_listening"),
        ("i don't want advice, just listen", "wants_listening"),
        ("that's not what i meant", "correction"),
        ("no, it's not the job, it's my boss", "correction"),
        ("i don't want to talk about my dad", "off_limits"),
        ("can we not talk about that", "off_limits"),
        ("i'd rather not say", "refusal"),
        ("no thanks", "refusal"),
        ("you're useless", "complaint"),
        ("you keep saying the same thing", "complaint"),
        ("who can read this?", "privacy_question"),
        ("do you save my messages", "privacy_question"),
        ("what do you mean by that?", "asks_repeat"),
        ("huh?", "asks_repeat"),
        ("hahaha", "laughter"),
        ("just testing", "test"),
        ("i passed my driving test!", "good_news"),
        ("I said the boy is from my college, not from my family", "correction"),
        ("You are not understanding my problem", "correction"),
        ("she said yes", "good_news"),
        ("sorry for rambling", "apology"),
        ("you're so kind", "compliment"),
        ("yeah", "yes"),
        ("not really", "no"),
        ("idk", "dont_know"),
        ("exactly", "agreement"),
    ],
)
def test_hears_the_act(reader: ActReader, text: str, act: str) -> None:
    assert act in acts(reader, text)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("my brother thinks he is a robot", "are_you_human"),
        ("ya, i have a cousin who is a programmer, he makes an app", "are_you_human"),
        ("i told her what i should do", "asks_advice"),
        ("i never said goodbye to him", "goodbye"),
        ("no one came to my party", "no"),
        ("i don't know how to thank my nurse", "thanks"),
        ("my dad shouted at me again", "off_limits"),
        ("i was with my mum all day", "question_to_listener"),
        ("im scared hes gonna say i told you so", "correction"),
        ("but who am i without that job", "asks_advice"),
        ("its just she did it over text. 2 years and a text", "good_news"),
        ("i did it again last night", "good_news"),
        ("i said i would not go", "correction"),
        ("guess what, he left", "good_news"),
    ],
)
def test_does_not_hear_what_is_not_there(reader: ActReader, text: str, act: str) -> None:
    assert act not in acts(reader, text)


def test_what_needs_an_answer_comes_first(reader: ActReader) -> None:
    assert acts(reader, "thanks, but what should i do?")[0] == "asks_advice"
    assert acts(reader, "hi, are you a bot?")[0] == "are_you_human"


def test_telling_is_no_act(reader: ActReader) -> None:
    assert reader.read("my boss moved my shift again and the bus was late") == ()


def test_a_span_holds_the_words_the_act_rests_on(reader: ActReader) -> None:
    text = "It rained. Thank you for listening!"
    (finding,) = [found for found in reader.read(text) if found.name == "thanks"]
    assert text[finding.span.start : finding.span.end].startswith("Thank you")


@given(st.text(max_size=200))
def test_any_text_gives_known_acts_once(text: str) -> None:
    found = [finding.name for finding in _READER.read(text)]
    assert set(found) <= ACTS
    assert len(found) == len(set(found))


_READER = loaded(ActReader)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("real human or nah", "are_you_human"),
        ("you seem like a bot tbh", "are_you_human"),
        ("who am i even talking to right now", "are_you_human"),
        ("you real?", "are_you_human"),
        ("what are my options", "asks_advice"),
        ("your thoughts on whether i should move", "asks_advice"),
        ("How I can stop to think about him?", "asks_advice"),
        ("shd i say smth", "asks_advice"),
        ("have i got depression", "asks_diagnosis"),
        ("i think i have adhd, do you agree", "asks_diagnosis"),
        ("tell me if i have depression", "asks_diagnosis"),
        ("could these be symptoms of something", "asks_diagnosis"),
    ],
)
def test_hears_the_shape_of_what_is_asked_of_the_listener(reader: ActReader, text: str, act: str) -> None:
    assert act in acts(reader, text)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("i feel like a robot at work", "are_you_human"),
        ("you are a real friend", "are_you_human"),
        ("who are you to judge, i told my dad", "are_you_human"),
        ("please dont tell me what to do", "asks_advice"),
        ("i should call her", "asks_advice"),
        ("how i miss him", "asks_advice"),
        ("what do i have to lose", "asks_diagnosis"),
        ("i have depression", "asks_diagnosis"),
        ("like with my mom, same thing", "complaint"),
    ],
)
def test_what_has_only_the_words_of_it_is_not_heard(reader: ActReader, text: str, act: str) -> None:
    assert act not in acts(reader, text)


def test_a_frame_is_found_where_it_stands(reader: ActReader) -> None:
    text = "it was long. anyway, what are my options, then"
    span = next(finding.span for finding in reader.read(text) if finding.name == "asks_advice")
    assert text[span.start : span.end] == "what are my options"


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Well. Good evening to you, then.", "goodbye"),
        ("right, time to hit the hay", "goodbye"),
        ("hi im new here", "greeting"),
        ("never mind", "refusal"),
        ("stop asking me", "refusal"),
        ("how do i get my ex back", "asks_advice"),
        ("So how do I stop saying yes?", "asks_advice"),
        ("Quite.", "agreement"),
    ],
)
def test_hears_it_in_other_words(reader: ActReader, text: str, act: str) -> None:
    assert act in acts(reader, text)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("ok. never mind. my flat is so quiet", "refusal"),
        ("how do I stop asking her for help", "refusal"),
        ("how do i stop saying yes to everyone", "complaint"),
        ("people say log off like its not real life", "are_you_human"),
        ("lol i know ur a bot, i wasnt asking", "are_you_human"),
        ("he gripped my finger, don't tell anyone haha", "privacy_question"),
        ("I never said this to anybody", "correction"),
        ("Good evening to you", "goodbye"),
        ("yes i want to say it out loud", "wants_listening"),
    ],
)
def test_look_alikes_found_in_live_talks_are_not_heard(reader: ActReader, text: str, act: str) -> None:
    assert act not in acts(reader, text)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("whats your blood type", "are_you_human"),
        ("u got skin?", "are_you_human"),
        ("is this just my phone talking to itself", "are_you_human"),
        ("so ur just autocomplete with manners", "are_you_human"),
        ("do you get a lunch break", "are_you_human"),
        ("what flavour of crazy is this", "asks_diagnosis"),
        ("does crying at adverts count as depression", "asks_diagnosis"),
        ("my cousin says im autistic, am i", "asks_diagnosis"),
        ("what would you write on my chart", "asks_diagnosis"),
        ("heads i stay tails i go, flip it for me", "asks_advice"),
        ("what would a sensible person do now", "asks_advice"),
        ("keep the ring or sell it", "asks_advice"),
        ("two options, both rubbish. which", "asks_advice"),
        ("is 3am too late to ring your sister", "asks_advice"),
    ],
)
def test_hears_it_in_unusual_words(reader: ActReader, text: str, act: str) -> None:
    assert act in acts(reader, text)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("my dad has a new heart now and does fine", "are_you_human"),
        ("he replied so fast i was happy", "are_you_human"),
        ("talking to him is like talking to a wall", "are_you_human"),
        ("my phone was answering for me at work", "are_you_human"),
        ("people label me all the time", "asks_diagnosis"),
        ("nobody knows what kind of person i am", "asks_diagnosis"),
        ("is life worth living", "asks_advice"),
        ("she told me to keep it or leave it to her", "asks_advice"),
        ("i was too late to ring her", "asks_advice"),
        ("one does what one can", "asks_advice"),
        ("today was a good day, i swept the porch. that's all", "goodbye"),
        ("true, maybe i delete the pizza app", "privacy_question"),
        ("i got the results and it's my thyroid", "good_news"),
        ("my brother got the bill for the roof", "good_news"),
        ("he got it all wrong again", "good_news"),
    ],
)
def test_does_not_hear_it_in_what_only_sounds_so(reader: ActReader, text: str, act: str) -> None:
    assert act not in acts(reader, text)
