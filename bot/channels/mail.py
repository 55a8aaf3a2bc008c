"""Letters by mail: SMTP with STARTTLS, TLS, or, for a server close by, without."""

from email.message import EmailMessage
from email.utils import formatdate, make_msgid

import aiosmtplib

from bot.care.records import Letter
from bot.channels.ports import MailSettings, SendError


class MailSender:
    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings

    async def send(self, letter: Letter) -> None:
        """See Sender. A refusal of the 5xx kind is final, whatever else went wrong is tried again."""
        try:
            async with self._server() as server:
                await server.send_message(self._message(letter))
        except aiosmtplib.SMTPRecipientsRefused as refused:
            raise SendError("mail_refused", final=all(one.code >= 500 for one in refused.recipients)) from None
        except aiosmtplib.SMTPResponseException as refused:
            raise SendError(_name(refused), final=_is_final(refused)) from None
        except (aiosmtplib.SMTPException, OSError, TimeoutError):
            raise SendError("mail_no_connection") from None

    async def probe(self) -> None:
        try:
            async with self._server() as server:
                await server.noop()
        except aiosmtplib.SMTPResponseException as refused:
            raise SendError(_name(refused)) from None
        except (aiosmtplib.SMTPException, OSError, TimeoutError):
            raise SendError("mail_no_connection") from None

    def _server(self) -> aiosmtplib.SMTP:
        """Connects, secures and logs in when entered. With STARTTLS a server that does not offer it is an error."""
        chosen = self._settings
        return aiosmtplib.SMTP(
            hostname=chosen.host,
            port=chosen.port,
            use_tls=chosen.security == "tls",
            start_tls=chosen.security == "starttls",
            username=chosen.user or None,
            password=chosen.password or None,
            timeout=chosen.seconds,
        )

    def _message(self, letter: Letter) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._settings.sender, letter.address, letter.subject
        message["Date"] = formatdate(usegmt=True)
        message["Message-ID"] = make_msgid(f"alert-{letter.alert}", self._settings.sender.rpartition("@")[2] or None)
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers
        message["X-Priority"] = "1"
        message.set_content(letter.text)
        return message


def _name(refused: aiosmtplib.SMTPResponseException) -> str:
    return "mail_login" if isinstance(refused, aiosmtplib.SMTPAuthenticationError) else f"mail_{refused.code}"


def _is_final(refused: aiosmtplib.SMTPResponseException) -> bool:
    """A wrong password may be put right by the operator; an address that does not exist will not come to be."""
    return refused.code >= 500 and not isinstance(refused, aiosmtplib.SMTPAuthenticationError)
