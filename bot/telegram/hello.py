"""Asking Telegram who a token belongs to: what `doctor --online` does, and nothing more."""

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.telegram.door import REFUSED
from bot.telegram.errors import DoorError
from bot.telegram.transport import AiohttpRequest


async def bot_name(token: str, api_base: str) -> str:
    """The bot's username. Raises DoorError when the token is refused or nobody answers."""
    base = api_base.rstrip("/")
    request = AiohttpRequest(connections=1)
    try:
        bot = Bot(token, base_url=f"{base}/bot", base_file_url=f"{base}/file/bot", request=request)
        found = await bot.get_me()
    except InvalidToken:
        raise DoorError(REFUSED) from None
    except TelegramError:
        raise DoorError(f"Telegram does not answer at {base}.") from None
    finally:
        await request.shutdown()
    return found.username or ""
