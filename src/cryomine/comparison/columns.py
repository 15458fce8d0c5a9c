"""The columns of the four tables of a comparison, in order: names, types, meanings. Knows nothing else."""

from __future__ import annotations

from cryomine.claims import Column, Kind, column

_S, _C, _I, _N = Kind.STRING, Kind.CATEGORY, Kind.INTEGER, Kind.NUMBER

# What several of the tables say.
_CONCEPT = Column("concept", _S, "its preferred name, or the folded words of an unlinked condition")
_CERTAINTY = Column("certainty", _S, "asserted or hedged")
_INTERVENTION = Column("intervention", _S, "as in the claims table")
_PACK = Column("pack", _S, "the therapy's pack")
_STANDS_FOR_IT = (
    Column("condition", _S, "the words of the source"),
    Column("mention_id", _S, "the row of the claims table that stands for the statement"),
    Column("mentions", _I, "how often the source says it of this intervention"),
    Column("evidence", _S, "the sentence or list item"),
    Column("locator", _S, "fragment identifier that leads there"),
)

MATRIX_KEY = (
    Column("concept_id", _S, "id of the concept, empty for conditions that were linked to none"),
    Column("concept", _S, "its preferred name; of unlinked conditions the words, case and white space folded"),
    Column("relation", _S, "treats, contraindicated, side-effect, or what else the pack has"),
    _PACK,
)
MATRIX_CELLS = ("affirmed", "hedged", "negated", "both")

# Of a mention that stands for what a source says; in pairs with _a and _b behind the name.
MENTION = (
    Column("source", _S, "as in the claims table"),
    Column("relation", _S, "as in the claims table"),
    Column("polarity", _S, "affirmed or negated"),
    _CERTAINTY,
    _INTERVENTION,
    Column("concept_id", _S, "as in the claims table, empty where unlinked"),
    _CONCEPT,
    *_STANDS_FOR_IT,
)

PAIR = (
    Column("pair_id", _S, "key of the row: digest of pack, rule and both mention ids"),
    Column("verdict", _C, "`apparent`: both claims can hold", ("contradiction", "apparent")),
    Column(
        "kind", _C, "what contradicts what",
        ("denied", "treats-vs-contraindicated", "treats-vs-side-effect", "contraindicated-vs-safe"), open=True,
    ),
    Column("strength", _C, "how much of a contradiction it is", ("strong", "medium", "weak")),
    Column("scope", _C, "one article says both, or two articles", ("within", "across")),
    Column("match", _C, "one and the same concept, or one above the other", ("same", "hierarchy")),
    Column("why", _S, "why the pair is listed, in a sentence"),
)  # fmt: skip
PAIR_END = (
    Column("rule", _S, "id of the rule in compare.yaml"),
    Column("adjustments", _S, "ids of the rules that made it weaker or apparent, joined by `|`"),
    Column("group_pairs", _I, "pairs of this rule and these two concepts; more than rows where the list was cut"),
    _PACK,
)
CONTRADICTIONS = (
    *PAIR,
    *(
        Column(f"{column.name}_{side}", column.kind, f"{which} claim: {column.description}")
        for side, which in (("a", "first"), ("b", "second"))
        for column in MENTION
    ),
    *PAIR_END,
)

AGREEMENTS = (
    Column("agreement_id", _S, "key of the agreement, shared by the rows of its members"),
    Column("relation", _S, "what is affirmed"),
    Column("concept_id", _S, "of which concept, empty where unlinked"),
    _CONCEPT,
    Column("sources", _I, "independent sources that affirm it of the concept or of a kind of it"),
    Column("sources_same", _I, "independent sources that affirm it of the concept itself"),
    Column("members", _I, "statements that agree; more than rows where the list was cut"),
    Column("match", _C, "how this member says it: of the concept, or of a kind of it", ("same", "hierarchy")),
    Column("source", _S, "the member; of near-duplicates the first"),
    _CERTAINTY,
    _INTERVENTION,
    Column("said_concept_id", _S, "the concept that this member names"),
    Column("said_concept", _S, "its preferred name"),
    *_STANDS_FOR_IT,
    _PACK,
)

# Between `claims` and `hedged_share` stands a column for each relation with its number of claims.
SOURCES_BEFORE = (
    Column("source", _S, "as in the claims table"),
    column("title"),
    Column("duplicate_of", _S, "the source that it is a near-duplicate of, else empty"),
    Column("claims", _I, "rows of the claims table"),
)
SOURCES_AFTER = (
    Column("hedged_share", _N, "share of its claims that it hedges, 0 to 1", optional=True),
    Column("denied_share", _N, "share of its claims that are denials, 0 to 1", optional=True),
    Column("distinct_claims", _I, "distinct claims: relation, polarity, concept"),
    Column("only_here", _I, "of these, made by no other independent source"),
    Column("contradicted", _I, "of these, contradicted by another source (apparent ones not counted)"),
    Column("self_contradicted", _I, "of these, contradicted by the source itself"),
)
