"""The one error that the kit raises on purpose."""


class CourseError(ValueError):
    """Something a person can mend: the message says what, where, and what to do.

    It is a ``ValueError`` so that callers in notebooks may treat it as one;
    the command line shows its message as a single line, without a traceback.
    """
