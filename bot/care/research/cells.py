"""Small cells of a table of people hidden, and others with them, so that totals do not give them away (R-08).

A cell of 1 to 10 people is hidden; 0 is shown. An outsider knows that a hidden cell is at least 1 and that rows and
columns add up to their totals. Further cells are hidden until that leaves open, for each small cell, every number from
1 to 10. A table with its totals is a flow round a ring of nodes, so what is left open is found exactly, by rerouting.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

SMALLEST = 11  # people in a cell that is shown

Cell = tuple[int, int]
Table = Sequence[Sequence[int]]
Shown = list[list[int | None]]


def hide(counts: Table, smallest: int = SMALLEST) -> Shown:
    """`counts` with their totals added as a last row and a last column (the totals' total in the corner), None hidden.

    A single row gets a total and no totals of columns.
    """
    whole = totalled(counts)
    hidden = {cell for cell, value in _cells(whole) if 0 < value < smallest}
    while (cell := _open(whole, hidden, smallest)) is not None:
        hidden.add(_next(whole, hidden, cell))
    return [[None if (r, c) in hidden else value for c, value in enumerate(row)] for r, row in enumerate(whole)]


def hide_row(counts: Sequence[int], smallest: int = SMALLEST) -> tuple[list[int | None], int | None]:
    """Cells and total of a table with one row. None for hidden."""
    *cells, total = hide([counts], smallest)[0]
    return cells, total


def totalled(counts: Table) -> list[list[int]]:
    rows = [[*row, sum(row)] for row in counts]
    return rows if len(rows) == 1 else [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def reach(whole: Sequence[Sequence[int]], hidden: set[Cell], cell: Cell) -> tuple[int, int | None]:
    """The lowest and the highest number (None: any) that a hidden cell could have for all an outsider can tell."""
    value = whole[cell[0]][cell[1]]
    lower = _rerouted(whole, hidden, cell, up=False)
    raised = _rerouted(whole, hidden, cell, up=True)
    return value - (lower or 0), None if raised is None else value + raised


def _cells(whole: Sequence[Sequence[int]]) -> list[tuple[Cell, int]]:
    return [((r, c), value) for r, row in enumerate(whole) for c, value in enumerate(row)]


def _open(whole: list[list[int]], hidden: set[Cell], smallest: int) -> Cell | None:
    """The first small cell that an outsider could narrow down. A total is never less than its hidden cells are many."""
    for cell in sorted(hidden):
        if whole[cell[0]][cell[1]] < smallest:
            low, high = reach(whole, hidden, cell)
            if (low > 1 and not _is_total(whole, cell)) or (high is not None and high < smallest - 1):
                return cell
    return None


def _is_total(whole: Sequence[Sequence[int]], cell: Cell) -> bool:
    return cell[1] == len(whole[0]) - 1 or (len(whole) > 1 and cell[0] == len(whole) - 1)


def _next(whole: list[list[int]], hidden: set[Cell], cell: Cell) -> Cell:
    """What to hide next for a cell's sake: the smallest shown number in its row or column, totals last, then any."""

    def rank(other: Cell) -> tuple[bool, bool, int, Cell]:
        beside = other[0] == cell[0] or other[1] == cell[1]
        return not beside, _is_total(whole, other), whole[other[0]][other[1]], other

    shown = [other for other, value in _cells(whole) if value > 0 and other not in hidden]
    return min(shown, key=rank)


def _ends(whole: Sequence[Sequence[int]], cell: Cell) -> tuple[str, str]:
    """A cell as an edge from node to node; what flows into a node flows out of it, as totals say."""
    row, column = cell
    total_row, total_column = len(whole) > 1 and row == len(whole) - 1, column == len(whole[0]) - 1
    if total_row and total_column:
        return "rows", "columns"
    if total_column:
        return "columns", f"r{row}"
    if total_row:
        return f"c{column}", "rows"
    # Without totals of columns each cell of the row ends where the row's total begins.
    return f"r{row}", f"c{column}" if len(whole) > 1 else "columns"


def _rerouted(whole: Sequence[Sequence[int]], hidden: set[Cell], cell: Cell, *, up: bool) -> int | None:
    """How far a cell can go up or down while all totals stay and hidden cells stay at least 1. None: any distance."""
    source, target = _ends(whole, cell)
    if up:
        source, target = target, source
    room: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for other in hidden - {cell}:
        begin, end = _ends(whole, other)
        room[begin][end] = float("inf")
        room[end][begin] += whole[other[0]][other[1]] - 1
    limit = float("inf") if up else whole[cell[0]][cell[1]] - 1
    moved = _flow(room, source, target, limit)
    return None if moved == float("inf") else int(moved)


def _flow(room: dict[str, dict[str, float]], source: str, target: str, limit: float) -> float:
    """The most that can be sent from source to target, up to `limit` (Ford and Fulkerson)."""
    moved = 0.0
    while moved < limit and (path := _path(room, source, target)):
        steps = list(pairwise(path))
        some = min(limit - moved, *(room[a][b] for a, b in steps))
        if some == float("inf"):
            return some
        for a, b in steps:
            room[a][b] -= some
            room[b][a] += some
        moved += some
    return moved


def _path(room: dict[str, dict[str, float]], source: str, target: str) -> list[str]:
    came: dict[str, str] = {source: source}
    queue = [source]
    for node in queue:
        for other, space in room[node].items():
            if space > 0 and other not in came:
                came[other] = node
                queue.append(other)
    if target not in came:
        return []
    path = [target]
    while path[-1] != source:
        path.append(came[path[-1]])
    return path[::-1]
