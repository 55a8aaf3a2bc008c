"""Signs that a word is somebody's name: what stands before and after it."""

from nlp.scrub.line import Line, Word
from nlp.scrub.name_far_signs import is_verb
from nlp.scrub.name_frames import FrameNameSigns

_ASKED = frozenset("i you u we they he she it my your ur the this that there so not is me us to for a an".split())
_HELLO = frozenset({"hi", "hey", "hello", "hiya"})
FOR_WORDS = """
called_so pleaded thought_of
is_person who_follows kin_after surnamed large related named does met explained of_somewhere from_a_group acts_later
paired signed event greeted asked_about minded is_meant
""".split()  # of a word that is also a name, in this order
FOR_STRANGE = """
called_so pleaded thought_of
who_follows kin_after related named says_so does acts met explained of_somewhere from_a_group acts_later paired signed
owns_something asked_about minded greeted
""".split()  # of an unknown word

_SHOWN = frozenset(
    """album song songs lyrics concert movie film vibes era coded meme font musical marathon
    tour tickets playlist tune books novel novels moment energy impression costume quote quotes poem poems gif wig doll
    remix concert gig tracks vinyl poster posters biopic fanfic lyrics syndrome complex""".split()
)
_STORMS = frozenset({"storm", "hurricane", "cyclone", "typhoon", "saint", "team"})
_HEARD = frozenset("listening watching watch binge reading blasting playing sang singing dancing crying".split())


class NameSigns(FrameNameSigns):
    """Each sign says whether it holds for a word of a line."""

    def first(self, signs: list[str], line: Line, word: Word) -> str:
        """The first of the signs that holds, or an empty string."""
        return next((sign for sign in signs if getattr(self, sign)(line, word)), "")

    def is_short(self, line: Line, word: Word) -> bool:
        """ "pats dead": what follows is said of people."""
        return self._begins(line, word) and line.low_around(word.at, 1) in ("dead", "gone", "here", "pregnant", "drunk")

    def is_name(self, line: Line, word: Word) -> bool:
        """ "her name is atlas": whatever the word."""
        if (
            line.low_around(word.at, -1) not in ("is", "was", "s")
            or not word.tag.startswith("NN")
            or word.low in self._lists.never
        ):
            return False
        return (
            line.low_around(word.at, -2) in ("name", "names") and line.low_around(word.at, -3) in self._around["side"]
        )

    def on_show(self, line: Line, word: Word) -> bool:
        """Somebody or something one hears, sees or reads: "crying to adele", "paris hilton vibes"."""
        if any(line.low_around(word.at, step) in _SHOWN for step in (1, 2)):
            return line.low_around(word.at, 1) not in self._lists.relations
        if (
            line.low_around(word.at, -1) in _STORMS
            or line.low_around(word.at, -2) + line.low_around(word.at, -1) == "sucha"
        ):
            return True
        step = -2 if line.low_around(word.at, -1) in ("to", "the", "some", "old", "a") else -1
        heard = line.low_around(word.at, step)
        return heard in _HEARD and (step == -2 or heard in ("watching", "reading", "blasting", "playing", "singing"))

    def surnamed(self, line: Line, word: Word) -> bool:
        """ "will okonkwo": a family name, or an unknown word where one would stand."""
        following, before = line.around(word.at, 1), line.low_around(word.at, -1)
        if not following or before in self._around["side"] or following.low in self._lists.never:
            return False
        if following.low in self._lists.last and not following.known:
            return True
        return line.strange(following) and following.tag.startswith("NN") and word.low not in self._lists.mass

    def event(self, line: Line, word: Word) -> bool:
        """ "hope's funeral"."""
        return word.owns and line.low_around(word.at, 1) in self._around["events"]

    def greeted(self, line: Line, word: Word) -> bool:
        """ "hi im art and ..."."""
        return line.low_around(word.at, -1) in ("im", "i'm") and line.low_around(word.at, -2) in _HELLO

    def asked_about(self, line: Line, word: Word) -> bool:
        """ "does jean know": a verb in its plain form follows."""
        following = line.around(word.at, 1)
        asked = line.low_around(word.at, -1) in ("does", "did", "has", "would", "should", "could", "if")
        return (
            asked
            and following is not None
            and following.tag in ("VB", "VBN", "VBZ", "VBP")
            and word.low not in self._lists.mass
        )

    def titled(self, line: Line, word: Word) -> bool:
        before = line.low_around(word.at, -1)
        if before not in self._lists.titles or word.low in self._lists.ordinary_after_title:
            return False
        if (
            before == "miss"
            and line.low_around(word.at, 1) in self._lists.personal
            and word.low not in self._lists.doing
        ):
            return True
        if before == "miss" and line.low_around(word.at, -2) not in self._lists.meeting and not line.proper(word):
            return False
        if before in ("big", "lil") and word.known and word.low not in self._lists.people:
            return False
        if before in self._lists.honorifics and before != "miss":
            return word.low not in self._lists.doing and (word.tag.startswith("NN") or not word.known)
        if before == "miss":
            return word.low not in self._lists.doing and (
                not word.known or word.large or word.low in self._lists.people
            )
        return (
            line.proper(word)
            or line.strange(word)
            or (
                word.low in self._lists.words
                and (not is_verb(word) or line.low_around(word.at, 1) in self._lists.finite)
            )
        )

    def large(self, line: Line, word: Word) -> bool:
        if not line.proper(word) or (word.first and line.low_around(word.at, 1) in _ASKED | {""}):
            return False
        if word.first and (word.tag == "MD" or word.tag in ("VB", "VBP", "UH", "RB", "IN", "DT", "PRP")):
            return False
        beside = line.low_around(word.at, -1)
        timely = word.low in self._lists.times and (
            beside in self._around["seasons"] or beside.isdigit() or line.low_around(word.at, 1)[:1].isdigit()
        )
        return not timely

    def related(self, line: Line, word: Word) -> bool:
        """ "my boss mark", "my best friend hope", but not "my dad may come"."""
        step = -1
        while line.low_around(word.at, step) in self._around["skip"] - self._lists.relations:
            step -= 1
        before = line.around(word.at, step)
        if not before or before.low not in self._lists.relations or (before.owns and not line.strange(word)):
            return False
        if word.low in self._lists.doing or word.low.endswith("ing"):
            return False
        following = line.around(word.at, 1)
        if not is_verb(word):
            return True
        return bool(following and (following.low in self._lists.finite or following.low in self._around["goes_on"]))

    def named(self, line: Line, word: Word) -> bool:
        before = line.low_around(word.at, -1)
        if before in self._lists.naming:
            return line.low_around(word.at, -2) not in ("i", "so") or not word.known
        return before in ("is", "was", "its", "names", "s") and any(
            line.low_around(word.at, step) in ("name", "names") for step in (-1, -2, -3)
        )

    def says_so(self, line: Line, word: Word) -> bool:
        """ "im tamsin btw", "its precious again"."""
        before = line.around(word.at, -1)
        if not before or before.low not in ("im", "i'm", "its", "it's", "m", "am", "this"):
            return False
        if word.low.endswith(("ed", "ing", "y", "ly", "ish", "ful", "less", "ian", "ese")) or word.tag in (
            "VBN",
            "VBG",
            "JJ",
            "RB",
        ):
            return False
        following = line.around(word.at, 1)
        return following is None or following.low in self._around["after_self"]

    def does(self, line: Line, word: Word) -> bool:
        """It begins a clause, and what follows is what people do."""
        following = line.around(word.at, 1)
        if not following or not self._begins(line, word):
            return False
        lists = self._lists
        if word.low in lists.times and line.low_around(word.at, 2) in self._around["months"]:
            return False
        if word.low in lists.mass:
            return following.low in lists.personal
        if word.low in ("will", "may", "can"):
            return following.low in lists.finite and following.low not in ("just", "always", "never", "still", "also")
        if word.low not in lists.words and following.tag in ("VBD", "VBZ"):
            return True
        return following.low in lists.doing or (following.low == "used" and line.low_around(word.at, 2) == "to")

    def met(self, line: Line, word: Word) -> bool:
        before = line.low_around(word.at, -1)
        if before not in self._lists.meeting or before in self._around["no_object"]:
            return False
        if is_verb(word) and before not in self._around["tells"]:
            return False
        if word.low in self._lists.mass:
            return before in self._around["meets_only_people"]
        following = line.around(word.at, 1)
        if (
            following
            and following.tag.startswith("NN")
            and following.low not in self._lists.times
            and before not in self._around["meets_only_people"]
        ):
            return False
        if word.low in self._lists.words or before in self._around["meets_only_people"]:
            return before in self._around["meets_only_people"] or word.tag not in ("RB", "JJ", "UH")
        return before not in self._around["pair"] and not word.low.endswith(("ed", "ing", "ly"))

    def explained(self, line: Line, word: Word) -> bool:
        """ "may my flatmate", "rose, my nan", "shanice her sister"."""
        at = word.at + 1
        if at + 1 >= len(line.words):
            return False
        side, who = line.words[at], line.words[at + 1]
        if (
            side.low not in self._around["side"]
            or side.low == "the"
            or who.low not in self._lists.relations
            or side.first
        ):
            return False
        if not self._begins(line, word) and not line.proper(word):
            return False
        following = line.around(who.at, 1)
        if word.low in self._lists.first or not word.known:
            return True
        if word.low in ("hope", "love", "miss", "bless", "sue", "rob", "mark", "chase"):
            return side.apart
        return bool(following and following.low in self._lists.finite) or word.low not in ("may", "will", "can")

    def of_somewhere(self, line: Line, word: Word) -> bool:
        """ "joy from hr", "art from work"."""
        if line.low_around(word.at, 1) != "from" or word.low in ("away", "apart"):
            return False
        where = line.low_around(word.at, 2)
        named = where in self._around["places_of_people"] or line.low_around(word.at, 3) in self._lists.workplaces
        return named and line.low_around(word.at, -1) not in ("the", "a", "my", "any", "no")

    def signed(self, line: Line, word: Word) -> bool:
        """The last word, after "love," or "signed"."""
        if word.at < 2 or line.text[word.end :].strip(" .!x") or is_verb(word):
            return False
        before = line.words[word.at - 1]
        return before.low in ("signed", "yours", "sincerely", "regards") or (
            before.low in ("love", "xx", "x") and (word.apart or before.first) and word.apart
        )

    def owns_something(self, line: Line, word: Word) -> bool:
        return word.owns and word.low not in self._lists.never
