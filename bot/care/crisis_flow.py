"""What is said in an episode, one small step a message: opening, steps, staying."""

from collections.abc import Mapping

from bot.care import crisis_said as said
from bot.care import episode as episodes
from bot.care.crisis_answers import AWAITED
from bot.care.crisis_routes import LINE, POLICE, Route, route_of, steps
from bot.care.crisis_scene import Scene
from bot.care.crisis_words import Speaker, answer_rows, card_row, country_rows
from bot.care.episode import Episode
from bot.care.records import Button
from bot.care.reply import Reply
from nlp.labels import Kind, Tier

ASKING = frozenset({Route.SUICIDE, Route.SELF_HARM})  # where T1 calls for the direct question
_OF_ITS_OWN = frozenset({Route.EATING, Route.THIRD_PARTY})  # worth an opening at T1 also within another episode


class Flow:
    """One message's answer. Changes the episode it is given; `reply` reads the result."""

    def __init__(self, scene: Scene, episode: Episode, country: str = "") -> None:
        self.scene, self.episode = scene, episode
        self.country = country or scene.country
        self.tier = Tier.T0
        self.alert: tuple[Tier, tuple[str, ...]] | None = None
        self.rows: list[tuple[Button, ...]] = []
        self.trail: list[str] = []
        self.follow = self.back = False
        self.speaker = Speaker(scene.voice, scene.random, {}, (), episode)
        self.turn_to(self.main_route())

    def reply(self, *, help_now: bool = True) -> Reply:
        card = (card_row(self.scene.voice),) if self.scene.has_card else ()
        return self.speaker.reply(self.trail, *self.rows, *card, help_now=help_now)

    def main_route(self) -> Route:
        """The route opened at the highest tier, the newest of them."""
        routes = self.episode.routes
        return Route(max(reversed(routes), key=lambda name: routes[name])) if routes else Route.SUICIDE

    def turn_to(self, route: Route) -> None:
        """From here on, words and numbers are those of this route."""
        self.route = route
        young = self.episode.underage or (self.episode.young and route is Route.THIRD_PARTY)
        self.kind_of_line = LINE.get(route, "youth" if young else "suicide")
        lines = self.scene.helplines
        values = {**lines.slots(self.country, self.kind_of_line, police=route in POLICE)}
        values["them"] = self.episode.whom or "them"
        self.speaker.slots = values | ({"hours": self.scene.hours} if self.scene.hours else {})
        urgent = {"urgent"} if self.episode.tier is Tier.T3 else set()
        card = {"card"} if self.scene.has_card else set()
        self.speaker.world = lines.world(self.country, self.kind_of_line) | {route.value} | urgent | card

    def sign(self, kind: Kind, tier: Tier, kinds: tuple[str, ...]) -> None:
        """A sign was read, or an answer was one: open its route at this tier, or go on where we are."""
        route = route_of(kind)
        episodes.sign(self.episode, tier, kinds, self.scene.now)
        self.tier = tier
        self.turn_to(route)
        self.decide_alert(tier)
        self.trail.append(f"crisis:{route}:{tier.name}:{kind}")
        if self._is_new(route, tier):
            self._open(route, tier, kind)
        elif self._only_concern():
            self._concern(kind)
        else:
            self.stay()

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
        self._enqueue(route, tier)
        self.speaker.greet_in(self.scene.reading.language)
        {Tier.T1: self._open_concern, Tier.T2: self._open_danger, Tier.T3: self._open_urgent}[tier](kind)

    def _enqueue(self, route: Route, tier: Tier) -> None:
        coming = [name for name in steps(route, tier) if self.scene.kept or not name.endswith(".follow")]
        if tier is Tier.T3:
            self.episode.queue = coming
            return
        known = {name.rpartition(".")[2] for name in (*self.episode.done, *self.episode.queue)}
        self.episode.queue += [name for name in coming if name.rpartition(".")[2] not in known]

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
        self.speaker.say("crisis.concern.heard", kind)
        if self.route in ASKING and episodes.may_ask(self.episode, self.scene.now):
            episodes.asked(self.episode, self.scene.now)
            self._put_named(f"{self.route}.thoughts")
        else:
            self.speaker.say("crisis.concern.near")

    def _open_danger(self, kind: Kind) -> None:
        self.speaker.say("crisis.danger.heard", kind)
        if self.route is Route.ABUSE:
            self.speaker.say("crisis.danger.device")
        self.line()
        self._program()
        if kind is Kind.METHOD_OR_PLAN:
            said.means_first(self.episode)

    def _open_urgent(self, kind: Kind) -> None:
        self.speaker.say("crisis.urgent.act", kind)
        self.speaker.say("crisis.urgent.safe", kind)
        self._shown()
        self._program()
        self.episode.pending = f"{self.route}.call"
        self.rows += answer_rows(self.scene.voice, "call")
        self.ask_country()

    def stay(self) -> None:
        """A sign again, nothing new to open: heard, and the next step or where help is."""
        self.turn_to(self.main_route())
        self.speaker.say("crisis.stay.heard")
        if self.alert is not None:
            self._program()
        said.way_first(self.episode, self.scene.reading)
        if not self.next_step():
            self.speaker.say("crisis.stay.help")

    def next_step(self) -> bool:
        """Put the next step of the queue; False when none is left."""
        if not self.episode.queue:
            return False
        self._put_named(self.episode.queue.pop(0))
        return True

    def put(self, step: str, values: Mapping[str, str] | None = None, *world: str) -> None:
        """Put a step of the main route now, with what else may stand in it."""
        self._put_named(f"{self.main_route()}.{step}", values, *world)

    def due_step(self) -> bool:
        """On a calm message: the next step, if nothing is being waited for. False: listening may answer."""
        if self.episode.pending and not self.episode.waited:
            self.episode.waited += 1
            return False
        if self.episode.rest:
            self.episode.rest -= 1
            return False
        if "doctor" in self.episode.given:
            said.passed(self.episode, "care")  # refused once, it is not put again
        if not self.episode.queue:
            return False
        if self.episode.tier is Tier.T3:
            self.speaker.say("crisis.stay.heard")
        elif not self.say_back("crisis.lead"):
            self.speaker.say("crisis.lead")
        self.trail.append("crisis:due")
        return self.next_step()

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
        self.speaker.say_with("crisis.step." + step, values or {}, *told, *world)
        self.trail.append(f"crisis:step:{step}")
        self.episode.done += [name] * (name not in self.episode.done)
        self.episode.waited = 0
        self.episode.pending = name if step in AWAITED else ""
        self.rows += answer_rows(self.scene.voice, step)

    def line(self) -> None:
        """The helpline in full, once in an episode for each country and kind; afterwards by name."""
        moment = "crisis.third.line" if self.route is Route.THIRD_PARTY else "crisis.line"
        shown = self._resource() in self.episode.resources
        if shown and moment == "crisis.line":
            self.speaker.say("crisis.stay.help")
        else:
            self.speaker.say(moment, *["asks"] * self._asks_country())
        self._shown()

    def _shown(self) -> None:
        if self._resource() not in self.episode.resources:
            self.episode.resources.append(self._resource())

    def _resource(self) -> str:
        return f"{self.country}/{self.kind_of_line}"

    def ask_country(self) -> None:
        """Ask for the country once an episode, as buttons, when it is not known."""
        if self._asks_country():
            self.speaker.say("crisis.country.ask")

    def _asks_country(self) -> bool:
        if self.scene.helplines.knows(self.country) or self.episode.country_asked:
            return False
        self.episode.country_asked = True
        self.rows += country_rows(self.scene.voice, self.scene.helplines)
        return True

    def _program(self) -> None:
        """Once an episode: that this is a program, and who is told. A later note is named when it is sent."""
        sending = self.alert is not None
        if not self.episode.program:
            self.episode.program = True
            before = ["on_call_before"] * ("sending" in self.episode.told)
            self.speaker.say("crisis.program", *(self.scene.of_the_note if sending else before))
            self._told("sending" if sending else "nobody")
        elif sending:
            self.say_of_the_note(*(["again"] if "sending" in self.episode.told else []))

    def say_of_the_note(self, *world: str) -> None:
        """That a note goes out now."""
        self.speaker.say("crisis.sending", *self.scene.of_the_note, *world)
        self._told("sending")

    def _told(self, state: str) -> None:
        self.episode.told += [state] * (state not in self.episode.told)

    def decide_alert(self, tier: Tier) -> None:
        if self.scene.kept and self.scene.on_call and max(self.episode.alert_tier, Tier.T1) < tier:
            self.episode.alert_tier = tier
            self.alert = (tier, tuple(self.episode.kinds))
