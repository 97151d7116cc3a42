"""The `equitykit` command: build, serve, check, run, lab, new, prove, read, document."""

from __future__ import annotations

import sys
import webbrowser
from collections.abc import Sequence
from pathlib import Path

import click

from equitykit import course
from equitykit.errors import CourseError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="equitykit")
def cli() -> None:
    """The course's command: build it, serve it, check it, add to it."""


@cli.command()
@click.option("--strict", is_flag=True, help="Fail on any warning.")
def build(strict: bool) -> None:
    """Build the book into _build/html."""
    from equitykit.book.build import build as make

    click.echo(f"Built: {make(course.root(), strict=strict)}")


@cli.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="First port to try.")
@click.option("--open/--no-open", "show", default=False, help="Open the browser too.")
def serve(port: int, show: bool) -> None:
    """Build what changed, then serve the book on this machine and print its address."""
    from equitykit.book.build import build as make
    from equitykit.book.build import html_folder, is_stale
    from equitykit.book.server import server

    root = course.root()
    if is_stale(root):
        click.echo("Building the book …")
        make(root)
    with server(html_folder(root), port) as running:
        address = f"http://localhost:{running.server_port}/"
        click.echo(f"The course is at {address}  (Ctrl+C stops it)")
        if show:
            webbrowser.open(address)
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            click.echo("Stopped.")


@cli.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
def run(paths: tuple[Path, ...]) -> None:
    """Run notebooks (all modules' by default) and keep their outputs, cleaned of noise."""
    from equitykit.book.execute import run as execute

    for path in paths or sorted(course.root().glob("modules/*/*.ipynb")):
        click.echo(f"{path}: {'updated' if execute(path) else 'unchanged'}")


@cli.command()
def check() -> None:
    """Check what pages, questions, assignments and datasets say of themselves; list what is missing."""
    from equitykit.cli.checking import findings

    found = findings(course.root())
    for line in found:
        click.echo(line)
    if found:
        raise CourseError(f"{len(found)} thing(s) to mend, listed above.")
    click.echo("All pages, questions, assignments and datasets are complete.")


@cli.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8888, show_default=True)
@click.option("--open/--no-open", "show", default=True, help="Open the browser too.")
def lab(port: int, show: bool) -> None:
    """Open JupyterLab on your own copies of the notebooks and assignments, in work/."""
    from equitykit.cli.lab import lay_out, start

    folder = lay_out(course.root())
    start(folder, port=port, show=show)


@cli.group()
def new() -> None:
    """Add to the course."""


@new.command()
@click.argument("name")
@click.option("--title", help="The module's title; made from its name by default.")
def module(name: str, title: str | None) -> None:
    """Lay out the files of module NAME (such as 02-intersecting-positions) and put it in the book."""
    from equitykit.cli.new_module import create

    for path in create(course.root(), name, title):
        click.echo(path)


@cli.command()
@click.argument("names", nargs=-1)
def prove(names: tuple[str, ...]) -> None:
    """Prove assignments (all by default): that their marking marks what it should."""
    from equitykit.cli.checking import prove_assignments

    for line in prove_assignments(course.root(), names):
        click.echo(line)


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def read(file: Path, as_json: bool) -> None:
    """Read FILE (text, Markdown, notebook or .docx) for words that put a problem into people; it advises."""
    from equitykit.language import read_file

    document = read_file(file)
    if as_json:
        import json

        click.echo(json.dumps(document.as_dict(), ensure_ascii=False, indent=2))
        return
    from equitykit.cli.reading import lines

    for line in lines(document):
        click.echo(line)


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--to", "kind", type=click.Choice(["docx", "md"]), default="docx", show_default=True, help="What to write."
)
@click.option("--output", type=click.Path(path_type=Path), help="Where to; beside FILE by default.")
def document(file: Path, kind: str, output: Path | None) -> None:
    """Write what a tool of the course saved as FILE (.json) as a document."""
    from equitykit.widgets.sheet import read_file, write

    _, sheet = read_file(file)
    click.echo(write(sheet, output or file.with_suffix(f".{kind}")))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; what a person can mend is said in one line, with exit code 1."""
    try:
        cli.main(args=None if arguments is None else list(arguments), standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as problem:
        problem.show()
        sys.exit(problem.exit_code)
    except CourseError as problem:
        click.echo(f"equitykit: {problem}", err=True)
        sys.exit(1)
