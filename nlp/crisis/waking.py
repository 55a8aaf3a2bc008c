"""Which of many rules are worth trying on a text, told by the words they cannot match without."""

from collections import defaultdict
from collections.abc import Sequence

from nlp.crisis.needs import Clause
from nlp.pieces import PieceFinder


class Waking:
    """Made once from what each rule needs. Only rules of whose first clause a word is there are looked at closely."""

    def __init__(self, needs: Sequence[tuple[Clause, ...]]) -> None:
        self._needs = needs
        self._words = PieceFinder({word for clauses in needs for clause in clauses for word in clause})
        self._always = [place for place, clauses in enumerate(needs) if not clauses]
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for place, clauses in enumerate(needs):
            for word in clauses[0] if clauses else ():
                self._by_word[word].append(place)

    def places(self, text: str) -> list[int]:
        """Of the rules whose needed words all stand in `text`, in their order."""
        present = self._words.present(text)
        near = {place for word in present for place in self._by_word.get(word, ())}
        awake = [place for place in near if not any(map(present.isdisjoint, self._needs[place]))]
        return sorted([*self._always, *awake])
