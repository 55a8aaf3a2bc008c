"""Questions people ask once help was named or a step was put: answered at once, and the step stays open.

What nobody here can know (whether a line tells the police, how long it takes) is said to be unknown.
"""

import re

from bot.care import crisis_said as said
from bot.care import episode as episodes
from bot.care.crisis_flow import Flow
from bot.care.crisis_routes import Route
from nlp.labels import Kind, Tier

_MODAL = r"(will|would|do|does|can|could|are|is|if)"
_LINE = r"(they|it|the (line|helpline|hotline|people)|someone|somebody|anyone)"
_ABOUT = (  # the first that fits
    ("why", r"\bwhy (do|are|did|would|must) (you|u) (even )?(ask|asking|say|saying|tell|telling|think|want)|"
     r"\bwhy (that|this|the|such a) question|\bwhat makes you (ask|think|say)"),
    ("police", r"\b(police|cops?|sectioned|lock(ed)? (me )?up|take my (kids?|baby|child(ren)?)|tak\w+ me away|"
     r"hospitali[sz]ed?|put me away)\b"),
    ("named", r"\b(anonymous|give my name|know who i am|find out who|trace|confidential|"
     r"record(ed)?|know my (name|number))\b"),
    ("note", r"\b(did|have|had|are|were|will|would) (you|u) (already |ever |going to |gonna |just )*(tell|told|"
     r"report|reported|"
     r"reporting|telling|snitch|contact|contacted|inform|informed|inform|call(ed)? (anyone|someone|somebody)|send|"
     r"sent|pass(ed)?)\b|"
     r"^(so |and |but )?(you|u) (told|reported|tell|gonna (tell|report|snitch)|going to (tell|report|snitch)|"
     r"snitch\w*)\b|"
     r"\bwho (even |else )?(knows|reads|sees|gets|will know|can see|has) (about )?(this|it|that|the note|my)\b|"
     r"^(you|u) (send|sent|call|called) (any|some|the|my)\w*|\bis (anyone|someone|somebody|anybody) (reading|"
     r"watching|seeing|told)\b|\bwhat (note|did you (send|tell|"
     r"write))\b"),
    ("told", rf"\b{_MODAL} (you|u|{_LINE}) tell (my|any|other|people|them|him|her)"),
    ("cost", r"\b(cost|for free|is it free|pay|charge)\b"),
    ("which", r"\b(call|tell|ring|text|write( to)?) (who|whom|which)\b|\b(who|whom) (do|should|would|can|could) i "
     r"(call|tell|text|ring|write)|\b(which|what) (line|number|helpline|hotline)\b"),
    ("write", r"\b(can|could|may) i (just |also |maybe )*(text|write|type|chat|message)\b|\b(is|can) (there|it|they|"
     r"you) .{0,20}"
     r"\b(chat|by text|in writing|texting)\b|\b(text|chat|write) instead\b"),
    ("happens", rf"\bwhat (happens|will happen|would happen)\b|\bwhat {_MODAL} {_LINE} (say|ask|do|want)\b|"
     rf"\bhow (does|do|would) {_LINE} (work|go)\b|\bwhat is it like\b|"
     r"\bwhat (do|would|should|could|can) i (even )?(say|tell|write)\b"),
)  # fmt: skip
_PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in _ABOUT)


def taken_up(flow: Flow) -> bool:
    """Answer a question about the steps or the help. False: it is none, or nothing was put that it could be about."""
    about = asked(flow.scene.reading.low)
    if not about or not (flow.episode.routes or flow.episode.supposed):
        return False
    flow.trail.append(f"crisis:asked:{about}")
    if about == "which":
        flow.line()
        flow.ask_country()
        return True
    content = ["content"] if flow.scene.shares_words else []
    flow.speaker.say(f"crisis.asked.{about}", *said.of_the_note(flow.episode), *content)
    return True


def sign_taken_up(flow: Flow) -> bool:
    """Fear that a child is taken away, in danger told before: a question about help, no child in danger."""
    reading, episode = flow.scene.reading, flow.episode
    if set(reading.kinds) != {Kind.CHILD_IN_DANGER} or Route.CHILD in episode.routes or episode.tier < Tier.T2:
        return False
    if asked(reading.low) != "police":
        return False
    episodes.sign(episode, reading.tier, (), flow.scene.now)
    flow.tier = reading.tier
    flow.turn_to(flow.main_route())
    return taken_up(flow)


def asked(text: str) -> str:
    """What a text in small letters asks about; "" where it asks nothing of the kind."""
    if "?" not in text and not re.match(
        r"(why|what|who|will|would|do|does|did|have|can|is|are|how|call who|(so |"
        r"and |but )?(you|u))\b",
        text.strip(),
    ):
        return ""
    return next((name for name, pattern in _PATTERNS if pattern.search(text)), "")
