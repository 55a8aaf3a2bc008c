"""The people of a practice: who may in, whom they look after, and what they may see of it."""
