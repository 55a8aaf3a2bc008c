"""What keeps the door shut. Apart from the door, so that it can be named without Telegram's library."""


class DoorError(Exception):
    """The door cannot open, in one clear sentence."""
