"""The practice's web pages: rendered on the server, usable without scripts, opened by a link that the bot sends."""
