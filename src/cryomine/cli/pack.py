"""``cryomine pack``: make a pack for another therapy, check it, look into it, and let articles say what it lacks."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from cryomine.cli import CHECK_FAILED
from cryomine.cli.options import FILE, echo_json, json_option, pack_option


@click.group()
def pack() -> None:
    """Make, check and look into the pack of a therapy.

    \b
    cryomine pack new red-light-therapy
    cryomine pack check red-light-therapy/
    cryomine pack show cryotherapy
    cryomine pack suggest articles/ --pack red-light-therapy/
    """


@pack.command()
@click.argument("name")
@click.option("-o", "--output", type=FILE, default=None, help="The folder to write; NAME here where not given.")
@click.option("--extends", default="", metavar="PACK", help="Add to this pack, for its therapy, and do not begin anew.")
def new(name: str, output: Path | None, extends: str) -> None:
    """Write a small pack with comments that works at once.

    \b
    cryomine pack new red-light-therapy
    cryomine pack new my-cold --extends cryotherapy
    """
    from cryomine.authoring.scaffold import scaffold

    folder = output if output is not None else Path(name)
    for path in scaffold(name, folder, extends):
        click.echo(path.as_posix())
    names, rules = ((folder / file).as_posix() for file in ("interventions.csv", "cues.yaml"))
    click.echo(f"first: write a rule into {rules}" if extends else
               f"first: look through {names}, take out names that you do not mean")  # fmt: skip
    click.echo(f"next: cryomine explain {(folder / 'example.txt').as_posix()} --pack {folder.as_posix()}/")


@pack.command()
@click.argument("name_or_dir", metavar="NAME|DIR")
@json_option
def check(name_or_dir: str, as_json: bool) -> None:
    """Find what is wrong or thin in a pack, with file and line; exit code 1 where something is wrong.

    \b
    cryomine pack check red-light-therapy/
    """
    from cryomine.authoring.review import review
    from cryomine.errors import PackError

    try:
        remarks = review(name_or_dir)
    except PackError as error:
        click.echo(str(error))
        raise SystemExit(CHECK_FAILED) from None
    if as_json:
        rows = [{"file": r.place, "line": r.line, "level": r.level, "message": r.message} for r in remarks]
        echo_json(rows)
    else:
        for remark in remarks:
            click.echo(str(remark))
    wrong = sum(remark.level == "wrong" for remark in remarks)
    if not as_json:
        click.echo(f"{name_or_dir}: {wrong} wrong, {len(remarks) - wrong} thin")
    if wrong:
        raise SystemExit(CHECK_FAILED)


@pack.command()
@click.argument("name_or_dir", metavar="NAME|DIR")
@click.argument("asked", metavar="[ID|WORDS]", required=False)
@json_option
def show(name_or_dir: str, asked: str | None, as_json: bool) -> None:
    """Print what a pack knows, or where it knows one rule, therapy or condition from.

    WORDS are a name, or words of an article: then the rules are shown whose cues are among them.

    \b
    cryomine pack show cryotherapy
    cryomine pack show cryotherapy treats.relieve
    cryomine pack show cryotherapy "high blood pressure"
    cryomine pack show cryotherapy "takes the edge off"
    """
    from cryomine.authoring.show import entries, overview

    if asked is not None:
        found = entries(name_or_dir, asked)
        if as_json:
            rows = [{"place": place, "kind": kind, **record} for place, kind, record in found]
            echo_json(rows)
            return
        for place, kind, record in found:
            click.echo(f"{place}: {kind}")
            _lines(record)
        return
    facts = overview(name_or_dir)
    if as_json:
        echo_json(facts)
        return
    click.echo(f"{facts['name']} in {facts['folder']}")
    click.echo(f"extends {', '.join(facts['extends']) or 'nothing'}")
    for what, count in facts["knows"].items():
        click.echo(f"  {what:14}{count['all']:>6,}  ({count['own']:,} its own)")
    _counts("rules by relation", facts["rules by relation"])
    _counts("concepts by kind", facts["concepts by kind"])
    for therapy in facts["interventions"]:
        under = f", a kind of {', '.join(therapy['parents'])}" if therapy["parents"] else ""
        click.echo(f"{therapy['id']}: {therapy['name']}, {therapy['names']} names{under}")


@pack.command()
@click.argument("paths", nargs=-1, required=True)
@pack_option
@click.option("-n", "count", type=click.IntRange(min=1), default=15, show_default=True, help="Rows of each kind.")
def suggest(paths: tuple[str, ...], pack: str, count: int) -> None:
    """List what articles have and the pack does not know, as rows to be pasted into its files.

    Names of therapies, conditions without a concept, verbs beside a therapy and a condition; each with how often it
    stands in how many articles, and an example.

    \b
    cryomine pack suggest articles/ --pack red-light-therapy/
    """
    from cryomine.authoring.suggest import suggestions

    found = suggestions(paths, pack, count)
    for failure in found.failures:
        click.echo(f"cryomine: {failure}", err=True)
    for line in found.lines():
        click.echo(line)


def _counts(title: str, counts: Mapping[str, int]) -> None:
    click.echo(f"{title}: {', '.join(f'{name} {count:,}' for name, count in counts.items()) or 'none'}")


def _lines(record: Mapping[str, Any]) -> None:
    for name, value in record.items():
        text = " | ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
        click.echo(f"  {name}: {text}")
