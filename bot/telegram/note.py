"""Sending one note by itself, past the outbox: for a drill while the program does not run."""

from telegram import Bot

from bot.care.records import Outgoing
from bot.telegram.send import pieces, send_piece, verdict
from bot.telegram.transport import AiohttpRequest


async def send_note(token: str, api_base: str, chat: int, out: Outgoing) -> str:
    """ "" once Telegram took it, else a rule name that says why not. Tried once."""
    base = api_base.rstrip("/")
    request = AiohttpRequest(connections=1)
    await request.initialize()
    try:
        bot = Bot(token, base_url=f"{base}/bot", base_file_url=f"{base}/file/bot", request=request)
        texts = pieces(out)
        for number, text in enumerate(texts, start=1):
            await send_piece(bot, chat, out, text, last=number == len(texts))
    except Exception as fault:  # noqa: BLE001 - whatever it was, the drill names it and goes on
        return verdict(fault).why
    finally:
        await request.shutdown()
    return ""
