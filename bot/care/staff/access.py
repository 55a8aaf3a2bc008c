"""Who may do what. The only place where that is decided: pages and chat commands name an act and ask here.

An act on a client needs a link of one's own; leads may hand a link on without seeing what the client shares.
"""

from enum import StrEnum

from bot.care.staff.records import Link, Member, Role

LOOKS = ("list", "plan", "marks", "answers", "timeline", "alert", "words")  # what a look can be of


class Act(StrEnum):
    OWN_PAGES = "own_pages"  # today, settings, the own audit
    SEE_CLIENT = "see_client"  # what the client shares with this practitioner
    CARE_FOR_CLIENT = "care_for_client"  # plans, notes, the label, ending the link
    HAND_OVER = "hand_over"  # give a client to a colleague
    INVITE_CLIENT = "invite_client"
    ALERTS = "alerts"  # see that there is one, confirm and close it
    ROTA = "rota"
    PEOPLE = "people"  # invite, let go, revoke sessions of others
    PRACTICE = "practice"  # totals with small cells hidden, everyone's audit
    LIBRARY = "library"  # read, propose
    SIGN = "sign"


_PRACTITIONER = frozenset(
    {
        Act.OWN_PAGES,
        Act.SEE_CLIENT,
        Act.CARE_FOR_CLIENT,
        Act.HAND_OVER,
        Act.INVITE_CLIENT,
        Act.ALERTS,
        Act.LIBRARY,
    }
)
MAY: dict[Role, frozenset[Act]] = {
    Role.PRACTITIONER: _PRACTITIONER,
    Role.LEAD: _PRACTITIONER | {Act.ROTA, Act.PEOPLE, Act.PRACTICE, Act.SIGN},
    Role.OPERATOR: frozenset({Act.OWN_PAGES, Act.ROTA, Act.PEOPLE, Act.LIBRARY}),
}
_OF_ONE_CLIENT = frozenset({Act.SEE_CLIENT, Act.CARE_FOR_CLIENT, Act.HAND_OVER})


def may(member: Member, act: Act, link: Link | None = None) -> bool:
    """Whether this member may do that; acts on a client are refused without the link they are about."""
    if not member.active or act not in MAY[member.role]:
        return False
    if act not in _OF_ONE_CLIENT:
        return True
    if link is None:
        return False
    return link.member == member.id or (act is Act.HAND_OVER and member.role is Role.LEAD)
