"""The ways to contacts of on-call beside Telegram, made from the settings."""

import time

from bot.care.records import Channel
from bot.channels.mail import MailSender
from bot.channels.ports import MailSettings, Sender, WebhookSettings
from bot.channels.webhook import WebhookSender
from bot.settings import Settings


def senders(settings: Settings) -> dict[Channel, Sender]:
    """One for each way that is set up."""
    mail, hook = settings.channels.mail, settings.channels.webhook
    found: dict[Channel, Sender] = {}
    if mail.host:
        password = mail.password.get_secret_value()
        chosen = MailSettings(mail.host, mail.port, mail.security, mail.sender, mail.user, password)
        found[Channel.MAIL] = MailSender(chosen)
    if hook.url:
        secret = hook.secret.get_secret_value()
        found[Channel.WEBHOOK] = WebhookSender(WebhookSettings(hook.url, secret), time.time)
    return found
