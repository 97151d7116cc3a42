"""The ethnic categories of an NHS extract, and the ways in which people write them.

The letters are those of the NHS Data Dictionary (ETHNIC CATEGORY, the 16+1 categories of the census of 2001). It has
no letter for Gypsy or Irish Traveller, Roma or Arab people, and puts Chinese under *Other*, where Census 2021 has
Asian. The national code is the first character; a service may add a second of its own.
"""

CODES = {
    "A": ("White British", "White"),
    "B": ("White Irish", "White"),
    "C": ("Other White", "White"),
    "D": ("White and Black Caribbean", "Mixed"),
    "E": ("White and Black African", "Mixed"),
    "F": ("White and Asian", "Mixed"),
    "G": ("Other Mixed", "Mixed"),
    "H": ("Indian", "Asian"),
    "J": ("Pakistani", "Asian"),
    "K": ("Bangladeshi", "Asian"),
    "L": ("Other Asian", "Asian"),
    "M": ("Black Caribbean", "Black"),
    "N": ("Black African", "Black"),
    "P": ("Other Black", "Black"),
    "R": ("Chinese", "Asian"),
    "S": ("Any other ethnic group", "Other"),
}
"""Letter: the group in the words of ``census-ethnic-groups``, and its broad group at Census 2021."""

NO_GROUP = {"Z": "not stated: asked, and chose not to say", "99": "not known: nobody asked, or nobody could"}
"""The two codes that name no group. They do not mean the same. X is an old code for *not known*."""

NOT_KNOWN = ("99", "X")

BROAD_GROUPS = {
    **{group: broad for group, broad in CODES.values()},
    "Gypsy or Irish Traveller": "White",
    "Roma": "White",
    "Arab": "Other",
}
"""The nineteen groups of Census 2021 and their five broad groups."""

SPELLINGS = {
    "A": ("A1", "a", "White British", "white brit", "W/British"),
    "B": ("B1", "Irish", "White Irish"),
    "C": ("C3", "Polish", "White other", "European"),
    "D": ("Mixed W/B Carib", "White & Black Caribbean"),
    "E": ("White & Black African",),
    "F": ("White/Asian", "White & Asian"),
    "G": ("Mixed", "G9"),
    "H": ("Indian", "Brit Indian", "H1"),
    "J": ("Pakistani", "pakistani ", "Brit Pakistani", "J2"),
    "K": ("Bangladeshi", "Bengali", "K1"),
    "L": ("Asian other", "Sri Lankan", "L9"),
    "M": ("Caribbean", "Blk Carib", "black caribbean", "M1"),
    "N": ("African", "Black African", "Somali", "N4"),
    "P": ("Black other", "Black British", "P9"),
    "R": ("Chinese", "R1"),
    "S": ("Other", "other ethnic grp", "S9"),
}
"""What stands in the extract instead of a plain letter, by the letter that it means."""

_MEANING = {spelling.strip().lower(): code for code, spellings in SPELLINGS.items() for spelling in (code, *spellings)}


def code_of(written: str | None) -> str:
    """Give the code that an entry of the extract stands for.

    Parameters
    ----------
    written : str or None
        What stands in ``ethnic_category``.

    Returns
    -------
    str
        A letter of :data:`CODES`, or ``"Z"`` (not stated), ``"99"`` (not known) or ``""`` (empty, or not understood).

    Examples
    --------
    >>> code_of(" blk carib"), code_of("X"), code_of(None)
    ('M', '99', '')
    """
    text = written.strip() if isinstance(written, str) else ""
    if text in NOT_KNOWN:
        return "99"
    return text if text in NO_GROUP else _MEANING.get(text.lower(), "")
