"""What can go wrong with an export and is a person's to mend."""


class ExportError(Exception):
    """Nothing was written; the message is one clear sentence that says why."""
