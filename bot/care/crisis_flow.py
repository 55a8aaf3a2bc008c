"""What is said in an episode, one small step a message: opening, steps, staying."""

from collections.abc import Mapping

from bot.care import crisis_said as said
from bot.care import crisis_sense as sense
from bot.care import crisis_steps as coming
from bot.care import episode as episodes
from bot.care.crisis_answering import Answering
from bot.care.crisis_answers import AWAITED, OPEN
from bot.care.crisis_routes import Route, route_of, steps
from bot.care.crisis_words import answer_rows
from nlp.labels import Kind, Tier

ASKING = frozenset({Route.SUICIDE, Route.SELF_HARM})  # where T1 calls for the direct question
_OF_ITS_OWN = frozenset({Route.EATING, Route.THIRD_PARTY})  # worth an opening at T1 also within another episode


class Flow(Answering):
    """One message's answer, step by step. Changes the episode it is given; `reply` reads the result."""

    def sign(self, kind: Kind, tier: Tier, kinds: tuple[str, ...]) -> None:
        """A sign was read, or an answer was one: open its route at this tier, or go on where we are."""
        route = route_of(kind)
        episodes.sign(self.episode, tier, kinds, self.scene.now)
        self.tier = tier
        self.turn_to(route)
        self.decide_alert(tier)
        self.trail.append(f"crisis:{route}:{tier.name}:{kind}")
        urgent = self.episode.tier is Tier.T3 > tier  # then nothing that is less opens beside it
        if self._is_new(route, tier) and not urgent:
            self._open(route, tier, kind)
        elif self._only_concern():
            self._concern(kind)
        else:
            self._ask_of_today(kind)
            self.stay()

    def _ask_of_today(self, kind: Kind) -> None:
        """A wish not to be here, where no danger to their life was told before: how near it is comes next."""
        name = f"{Route.SUICIDE}.plan"
        known = Route.SUICIDE in self.episode.routes or name in (*self.episode.done, *self.episode.queue)
        if kind is Kind.PASSIVE_WISH and self.main_route() in ASKING and not known:
            self.episode.queue.insert(0, name)

    def _is_new(self, route: Route, tier: Tier) -> bool:
        if self.episode.routes.get(route, 0) >= tier:
            return False
        return tier >= Tier.T2 or self._only_concern() or route in _OF_ITS_OWN

    def _only_concern(self) -> bool:
        """Nothing above T1 was opened: what was merely supposed opens nothing."""
        return max(self.episode.routes.values(), default=Tier.T0) <= Tier.T1

    def _open(self, route: Route, tier: Tier, kind: Kind) -> None:
        self.episode.routes.pop(route, None)
        self.episode.routes[route] = int(tier)
        self.episode.pending, self.episode.waited = "", 0
        kept = self.scene.kept
        coming.enqueue(self.episode, (s for s in steps(route, tier) if kept or not s.endswith(".follow")), tier)
        self.speaker.greet_in(self.scene.reading.language)
        {Tier.T1: self._open_concern, Tier.T2: self._open_danger, Tier.T3: self._open_urgent}[tier](kind)

    def _open_concern(self, kind: Kind) -> None:
        if self.route in ASKING:
            self._concern(kind)
            return
        self.speaker.say("crisis.concern.heard", kind)
        self.line()
        if self.route is Route.THIRD_PARTY and not self.episode.program:
            self.episode.program = True
            self.speaker.say("crisis.program", "unsent")

    def _concern(self, kind: Kind) -> None:
        self.speaker.say("crisis.concern.heard", kind, *sense.told(self.scene.reading, self.episode))
        if self.route in ASKING and episodes.may_ask(self.episode, self.scene.now):
            episodes.asked(self.episode, self.scene.now)
            self._put_named(f"{self.route}.thoughts")
        else:
            self.speaker.say("crisis.concern.near")

    def _open_danger(self, kind: Kind) -> None:
        self.speaker.say("crisis.danger.heard", kind, *sense.told(self.scene.reading, self.episode))
        if self.route is Route.ABUSE:
            self.speaker.say("crisis.danger.device")
        self.line("opening")
        self.program("opening")
        if kind is Kind.METHOD_OR_PLAN:
            said.means_first(self.episode)

    def _open_urgent(self, kind: Kind) -> None:
        self.speaker.say("crisis.urgent.act", kind)
        self.speaker.say("crisis.urgent.safe", kind)
        self.shown()
        self.program("opening")
        self.episode.pending = f"{self.route}.call"
        self.rows += answer_rows(self.scene.voice, "call")
        self.ask_country()

    def stay(self) -> None:
        """A sign again, nothing new to open: heard, and the next step or where help is."""
        self.turn_to(self.main_route())
        self.speaker.say("crisis.stay.heard")
        if self.alert is not None:
            self.program()
        if sense.nobody(self.scene.reading) and said.passed(self.episode, "people"):
            self.speaker.say("crisis.answer.none")
            return
        said.way_first(self.episode, self.scene.reading)
        if not self.next_step():
            self.say_help()

    def next_step(self) -> bool:
        """Put the next step: a question of safety left unanswered, else of the queue; False when none is left."""
        if self.again():
            return True
        if "doctor" in self.episode.given:
            said.passed(self.episode, "care")  # refused once, it is not put again
        if not self.episode.queue:
            return False
        self._put_named(self.episode.queue.pop(0))
        return True

    def again(self) -> bool:
        """Put the question of safety once more that was passed over; False where none is owed."""
        if not self.episode.unmet or self.episode.tier is Tier.T3:
            return False
        self._put_named(self.episode.unmet, None, "again")
        return True

    def put(self, step: str, values: Mapping[str, str] | None = None, *world: str) -> None:
        """Put a step of the main route now, with what else may stand in it."""
        self._put_named(f"{self.main_route()}.{step}", values, *world)

    def first_step(self) -> None:
        """Once the country is known: how near it is, or what a helper can do, in the same breath, if not put yet."""
        own, asked = self.episode.tier is Tier.T2 and self.episode.in_words, map(coming.name_of, self.episode.done)
        helper = self.episode.tier <= Tier.T2 and self.main_route() is Route.THIRD_PARTY
        if (own or helper) and not self.episode.pending and not coming.FIRST & set(asked):
            self.next_step()

    def unhurried(self) -> bool:
        """A bare word after an open question: left standing, once for each; the question stays open."""
        step, how = coming.name_of(self.episode.pending), sense.bare(self.scene.reading)
        if not how or step not in OPEN | coming.SAFETY or self.episode.waited or f"bare:{step}" in self.episode.given:
            return False
        self.episode.given.append(f"bare:{step}")
        near = ["open"] if self.episode.unmet or "open" in self.episode.given else []
        self.speaker.say("crisis.stay.short", how, *near)
        self.trail.append("crisis:short")
        return True

    def due_step(self) -> bool:
        """On a calm message: the next step, if nothing is being waited for. False: listening may answer."""
        if self.episode.pending and not self.episode.waited:
            self.episode.waited += 1
            return False
        if self.episode.rest:
            self.episode.rest -= 1
            return False
        if not self.episode.queue and not self.episode.unmet:
            return False
        self._lead()
        self.trail.append("crisis:due")
        return self.next_step()

    def _lead(self) -> None:
        """What a step follows: the feeling that shows, their own words, or a bridge; after a bare word nothing."""
        if self.episode.tier is Tier.T3 and "arrived" in self.episode.given:
            self.speaker.say("crisis.stay.present", "arrived")
        elif self.episode.tier is Tier.T3:
            self.speaker.say("crisis.stay.heard")
        elif not sense.bare(self.scene.reading) and not self.receive() and not self.say_back("crisis.lead"):
            self.speaker.say("crisis.received" if self.episode.in_words else "crisis.lead")

    def receive(self) -> bool:
        """Meet the feeling that a calm message shows in so many words; False where none does."""
        shown = sense.shown(self.scene.reading)
        if shown:
            self.speaker.say("crisis.received", shown)
        return bool(shown)

    def say_back(self, moment: str) -> bool:
        """A paragraph with a clause of this message in it; False where none may be said back."""
        client = self.scene.client
        clause = said.own_words(self.scene.reading, client.settings.off_limits if client is not None else ())
        if clause is None:
            return False
        self.speaker.say_with(moment, {"clause": clause.text}, "clause")
        return True

    def ask_later(self, step: str) -> None:
        """Put a step at the end of those to come, unless it was there."""
        name = f"{self.main_route()}.{step}"
        if self.scene.kept and name not in (*self.episode.done, *self.episode.queue):
            self.episode.queue.append(name)

    def _put_named(self, name: str, values: Mapping[str, str] | None = None, *world: str) -> None:
        route, _, step = name.rpartition(".")
        self.turn_to(Route(route))
        told = said.of_today(self.scene.reading) if step == "plan" else []
        told += ["voices_heard"] * (Kind.PSYCHOSIS_VOICES in self.episode.kinds)
        told += ["told"] * (step == "means" and "again" not in world and said.way_told(self.episode))
        told += [] if "named" in world else said.known(self.episode)
        self.speaker.say_with("crisis.step." + step, values or {}, *told, *world)
        self.trail.append(f"crisis:step:{step}")
        coming.put(self.episode, name)
        self.episode.waited = 0
        self.episode.pending = name if step in AWAITED else ""
        self.rows += answer_rows(self.scene.voice, step)
