"""How what was said is written into a transcript: each message on one line, its buttons after it."""

from collections.abc import Sequence


def aloud(text: str, labels: Sequence[str] = ()) -> str:
    """Paragraphs apart by " / ", lines by a dot; "[Yes] [No]" at the end."""
    shown = f"  [{'] ['.join(labels)}]" if labels else ""
    return text.replace("\n\n", " / ").replace("\n", " · ") + shown
