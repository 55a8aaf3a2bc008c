"""One answer of the crisis shelf being put together: whose numbers it names, where help is, what is told of a note.

`crisis_flow.Flow` adds the steps.
"""

from bot.care import crisis_said as said
from bot.care import episode as episodes
from bot.care.crisis_routes import LINE, POLICE, Route
from bot.care.crisis_scene import Scene, Step
from bot.care.crisis_words import Speaker, card_row, country_rows
from bot.care.episode import Episode
from bot.care.records import Button
from bot.care.reply import Reply
from nlp.labels import Tier


class Answering:
    """Changes the episode it is given; `reply` reads the result."""

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
        values |= {"person": f"your {self.episode.near}"} if self.episode.near else {}
        own = lines.slots(self.country)  # a youth line is for the young one, not for who looks after them
        two = own.get("number", "") not in ("", values.get("number"))
        for_both = {"young"} if young and route is Route.THIRD_PARTY and two else set()
        values |= {"ownline": own["helpline"], "ownnumber": own["number"]} if for_both else {}
        self.speaker.slots = values | ({"hours": self.scene.hours} if self.scene.hours else {})
        urgent = {"urgent"} if self.episode.tier is Tier.T3 else set()
        card = {"card"} if self.scene.has_card else set()
        holds = lines.world(self.country, self.kind_of_line)
        none = {"no_line_known"} if "known_country" in holds and not {"line", "other_texting"} & holds else set()
        self.speaker.world = holds | {route.value} | urgent | card | for_both | none

    def line(self, *world: str) -> None:
        """The helpline in full, once in an episode for each country and kind; afterwards by name."""
        moment = "crisis.third.line" if self.route is Route.THIRD_PARTY else "crisis.line"
        shown = self._resource() in self.episode.resources
        if shown and moment == "crisis.line":
            self.say_help()
        else:
            self.speaker.say(moment, *world, *["asks"] * self._asks_country())
        self.shown()

    def numbers_in_one(self) -> bool:
        """The line and the emergency number of a country just named, in one short paragraph; False where that
        cannot be: in an urgent hour, for another, or where no line is there day and night."""
        fits = self.route is not Route.THIRD_PARTY and self._resource() not in self.episode.resources
        if self.episode.tier is not Tier.T2 or not fits or not {"line", "always"} <= self.speaker.world:
            return False
        self.speaker.say("crisis.line", "tapped")
        self.shown()
        return True

    def country_and_line(self) -> None:
        """The emergency number of a country just named, then its line; for a helper the line names both."""
        if self.route is not Route.THIRD_PARTY or self.episode.tier is Tier.T3:
            self.speaker.say("crisis.country.set")
        self.line()

    def say_help(self) -> None:
        """Where help is, by its short name; gently where a line was refused."""
        self.speaker.say("crisis.stay.help", *said.known(self.episode))

    def shown(self) -> None:
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

    def program(self, *world: str) -> None:
        """Once an episode: that this is a program, and who is told. A later note is named when it is sent."""
        sending = self.alert is not None
        if not self.episode.program:
            self.episode.program = True
            before = ["on_call_before"] * ("sending" in self.episode.told)
            note = self.scene.of_the_note if sending else before
            self.speaker.say("crisis.program", *note, *(world if len(note) < 2 else ()))  # with more to say, in full
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

    def done(self) -> Step:
        """The answer as it stands, with what is to be kept of it."""
        kept = self.scene.kept
        limited = kept and episodes.is_live(self.episode, self.scene.now)
        return Step(
            self.episode if kept else None,
            self.tier,
            self.reply(),
            limited,
            self.alert,
            follow=self.follow,
            named_help=self.speaker.named_help,
            back=self.back and kept,
        )
