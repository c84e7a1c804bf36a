"""What stands about somebody in the chats of others, once that person is erased."""

import json

from bot.conversation.messages import msg
from bot.domain.people import PersonId
from bot.runtime.work import Work
from bot.storage import people, web_lines, web_naming
from bot.storage.web_lines import Content
from bot.storage.web_naming import NamingLine

NAMED_SOMEBODY = msg("This message named somebody who has left.")


def forget_in_others(work: Work, person: PersonId) -> None:
    """Delete the letters to others that name `person`; a line of a web chat says only that there was one.

    More than the name goes: such a letter also says what somebody studied, or what they answered.
    What others typed themselves stays: it is theirs. Telegram keeps its own messages.
    """
    work.run(people.FORGET_NAMING, whose=person, naming=f'{{"who":{person}}}')
    school = work.school.key
    for line in web_naming.lines_naming(work.tx, school, person):
        web_lines.replace(work.tx, school, line.address, line.number, _without_names(work, line))


def _without_names(work: Work, line: NamingLine) -> Content:
    language = line.language or work.school.default_language
    sheet = {"text": work.setting.speak(language)(NAMED_SOMEBODY), "language": language}
    # As `stored` of the web gateway writes it.
    body = json.loads(line.body) | {"sheet": sheet, "file": None}
    return Content(
        body=json.dumps(body, ensure_ascii=False),
        language=language,
        key=None,
        named=None,
        file_name=None,
        file_mime=None,
        file_content=None,
    )
