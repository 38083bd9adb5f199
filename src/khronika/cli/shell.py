"""`khronika completion`."""

import click

SHELLS = ("bash", "zsh", "fish")
# \b keeps click from folding the lines after it
COMPLETION = """Print a completion script for SHELL.

\b
bash: add to ~/.bashrc:  eval "$(khronika completion bash)"
zsh:  add to ~/.zshrc:   eval "$(khronika completion zsh)"
fish: khronika completion fish > ~/.config/fish/completions/khronika.fish
"""


@click.command(help=COMPLETION)
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print a completion script."""
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    if found is None:  # not reached: each of the choices is one of click's shells
        raise click.UsageError(f"There is no completion for {shell}.")
    script = found(ctx.find_root().command, {}, "khronika", "_KHRONIKA_COMPLETE")
    click.echo(script.source())


COMMANDS: tuple[click.Command, ...] = (completion,)
