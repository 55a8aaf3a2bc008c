"""A note to a human: who is told, when the next one is, and what the client is told of it, which is what happened."""

from bot.care.alerts.notes import alias
from bot.care.alerts.raising import client_erased, delivered, raise_alert, tell_client
from bot.care.alerts.record import REASONS, WAIT
from bot.care.alerts.rounds import look_after

__all__ = ["REASONS", "WAIT", "alias", "client_erased", "delivered", "look_after", "raise_alert", "tell_client"]
