"""Who comes to an event, as a page to print: so that people can be noted as being there without a network."""

from html import escape
from string import Template
from typing import Any

from bot.conversation.messages import Message, Speak, msg, verbatim
from bot.domain.people import CaseId
from bot.runtime.work import Work
from bot.storage import events as rows

PAGE = Template(
    """<!doctype html>
<html lang="$language"><head><meta charset="utf-8"><title>$title</title>
<style>
body { font: 12pt/1.4 Georgia, serif; margin: 2cm; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #999; padding: .3em .5em; text-align: left; vertical-align: top; }
tr { break-inside: avoid; }
thead { display: table-header-group; }
.box { width: 1.2em; height: 1.2em; border: 1px solid #000; display: inline-block; }
code { font: 12pt monospace; letter-spacing: .1em; }
</style></head>
<body><h1>$title</h1><table><thead><tr><th></th>$heads</tr></thead><tbody>
$rows
</tbody></table></body></html>
"""
)
HEADS = (
    msg("Name"),
    msg("Code"),
    msg("Places"),
    msg("What they need"),
    msg("May be shown in photos"),
)
SHOWN = {True: msg("yes"), False: msg("better not")}


def name_list(work: Work, occasion: CaseId, title: Message, language: str) -> str:
    """Return everybody who comes, by name, as a page in `language`; what people wrote is escaped."""
    speak = work.setting.speak(language)
    found = work.run(rows.NAMED, occasion=occasion).all()
    return PAGE.substitute(
        language=language,
        title=escape(speak(title)),
        heads="".join(f"<th>{escape(speak(one))}</th>" for one in HEADS),
        rows="\n".join(_row(one, speak) for one in found),
    )


def _row(one: Any, speak: Speak) -> str:
    mark = "✓" if one.came_at else '<span class="box"></span>'
    name = speak(verbatim(one.name or ""))
    cells = (
        escape(name),
        f"<code>{one.code}</code>",
        str(one.people),
        escape(one.needs or ""),
        escape(speak(SHOWN[one.may_be_shown])),
    )
    return f"<tr><td>{mark}</td>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
