"""The people's side of the memory: members, codes, links, looks, sign-ins, notes, proposals."""
