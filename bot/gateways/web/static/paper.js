// One line of the talk as an element: what the bot hands over, and the person's own words.

import { icon, make, unheard } from "./elements.js"

// Characters of a label, by how many stand side by side.
const SHORT = { 1: 18, 2: 18, 3: 14 }

const address = /\bhttps?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]]/g

const link = (href, label) => make("a", { href, target: "_blank", rel: "noopener noreferrer" }, label)

const linked = text => {
  const parts = []
  let end = 0
  for (const found of text.matchAll(address)) {
    parts.push(text.slice(end, found.index))
    parts.push(link(found[0], found[0]))
    end = found.index + found[0].length
  }
  return [...parts, text.slice(end)].filter(part => part !== "")
}

const paragraphs = (text, id) =>
  text.split(/\n{2,}/).map((part, place) => make("p", { id: place === 0 ? id : null }, linked(part)))

const number = count => count === null ? null : make("span", { class: "num" }, String(count))

const say = row => make("span", { class: "say" }, row.label, row.detail ? make("small", {}, row.detail) : null)

const settledRow = (row, count, chosen, words) => {
  const mark = chosen
    ? make("span", { class: "num" }, icon("check"), unheard(words["{number}, chosen:"].replace("{number}", count ?? 1)))
    : number(count)
  return make("button", { class: chosen ? "opt chosen" : "opt", type: "button", disabled: true }, mark, say(row))
}

const openRow = (row, count) => row.on === null
  ? make("button", { class: "opt", type: "button", "data-press": row.data }, number(count), say(row), icon("chevron", "icon go flip"))
  : make("label", { class: "opt" }, number(count), say(row), make("input", { type: "checkbox", "data-press": row.data, checked: row.on }))

// A row alone has no number: beside an answer that is typed, a number typed is that answer.
const options = (line, id, words) => {
  const first = line.pager?.first ?? 1
  const chosen = line.settled?.chosen
  const isNumbered = line.rows.length > 1 || line.pager
  const rows = line.rows.map((row, place) => {
    const count = isNumbered ? first + place : null
    return chosen ? settledRow(row, count, chosen.includes(row.data), words) : openRow(row, count)
  })
  return make("div", { class: "opts", role: "group", "aria-labelledby": id }, rows)
}

const split = (line, id, words) => {
  const chosen = line.settled?.chosen
  const cells = line.rows.map((row, place) => {
    const isChosen = chosen?.includes(row.data)
    return make("button", {
      type: "button", "data-press": chosen ? null : row.data, disabled: Boolean(chosen), class: isChosen ? "chosen" : null,
    }, isChosen ? [icon("check"), unheard(words["{number}, chosen:"].replace("{number}", place + 1))] : null, row.label)
  })
  return make("div", { class: "split", role: "group", "aria-labelledby": id }, cells)
}

const pages = (pager, words) => {
  const arrow = (row, classes, word) => make("button", {
    type: "button", class: classes, "data-press": row?.data, disabled: !row,
  }, icon("chevron", "icon flip"), unheard(words[word]))
  return make("div", { class: "pages" },
    arrow(pager.back, "back", "Previous page"), make("p", {}, pager.where), arrow(pager.on, "on", "Next page"))
}

const size = (bytes, language) => new Intl.NumberFormat(language, {
  style: "unit", unit: "kilobyte", maximumFractionDigits: 0,
}).format(Math.max(1, bytes / 1000))

const picture = (href, words) => make("p", { class: "picture" }, make("img", { src: href, alt: words.Picture }))

const chooser = words => make("label", { class: "file" },
  icon("file"), make("span", { class: "say" }, words["Choose a picture"]),
  make("input", { type: "file", class: "sr", accept: "image/jpeg,image/png", "data-picture": true }))

const file = ({ href, name, mime, size: bytes }, words, language) => {
  const isCalendar = mime.startsWith("text/calendar")
  const kind = `${words[isCalendar ? "Calendar file" : "File"]}, ${size(bytes, language)}`
  return make("a", { class: "file", href, download: name },
    icon(isCalendar ? "calendar" : "file"), make("span", { class: "say" }, name, make("small", {}, kind)), icon("save"))
}

// On other networks a reminder has only its words to say that it is one, so here they say it once.
const says = (text, word) => text.toLocaleLowerCase().includes(word.toLocaleLowerCase())

const kind = (line, words) => {
  if (line.style === "letter") return make("p", { class: "kind" }, icon("letter"), words.Letter)
  if (line.style === "nudge" && !says(line.text, words.Reminder)) return make("p", { class: "kind" }, words.Reminder)
  return null
}

// A sign beside the words, for what is no letter and no plain message.
const signs = { nudge: "bell", gentle: "again" }

const sideBySide = line => line.style === "split" || (["letter", "nudge"].includes(line.style)
  && line.rows.every(row => row.label.length <= SHORT[line.rows.length] && !row.detail && row.on === null))

const settledNote = (line, words) => {
  const { at, time, day } = line.settled
  const when = at.slice(0, 10) === line.at.slice(0, 10) ? time : `${day}, ${time}`
  return make("p", { class: "note" }, icon("settled"), make("span", {}, words.Settled), make("time", { datetime: at }, when))
}

const sheet = (line, chat) => {
  const { words, language, name } = chat
  const id = `${name}-${line.number}`
  const parts = [kind(line, words)].filter(Boolean)
  if (line.title) parts.push(make("h3", { id: line.text ? null : id }, line.title))
  if (line.text) parts.push(...paragraphs(line.text, id))
  parts.push(...line.links.map(({ href, label }) => make("p", {}, link(href, label))))
  for (const one of line.sections || []) {
    if (one.title) parts.push(make("h4", {}, one.title))
    parts.push(...paragraphs(one.text, null))
  }
  if (line.foot) parts.push(make("p", { class: "foot" }, linked(line.foot)))
  const sign = signs[line.style]
  const said = sign ? make("div", { class: "said" }, icon(sign), make("div", { class: "words" }, ...parts)) : parts
  const tail = []
  if (line.picture) parts.push(picture(line.picture, words))
  if (line.file?.mime.startsWith("image/")) parts.push(picture(line.file.href, words))
  else if (line.file) tail.push(file(line.file, words, language))
  if (line.takesPicture && !line.settled) tail.push(chooser(words))
  if (line.rows.length) tail.push(sideBySide(line) ? split(line, id, words) : options(line, id, words))
  if (line.pager && !line.settled) tail.push(pages(line.pager, words))
  if (line.done && !line.settled) tail.push(make("button", { class: "done", type: "button", "data-press": line.done.data }, line.done.label))
  if (line.settled && tail.length) tail.push(settledNote(line, words))
  return make("div", { class: "paper" }, said, tail)
}

// The time stands once, under the last line of a run.
export const bySchool = (line, chat, isLast) => {
  const classes = ["msg bot", ["letter", "nudge", "gentle"].includes(line.style) ? line.style : "", line.settled && line.rows.length || line.retired ? "settled" : ""]
  const isOpen = line.hint && !line.settled
  return make("div", {
    class: classes.filter(Boolean).join(" "), lang: line.language === chat.language ? null : line.language, "data-number": line.number,
  }, unheard(chat.words["Kutse:"]), sheet(line, chat),
  isLast || isOpen ? make("p", { class: "at" }, make("time", { datetime: line.at }, line.time), isOpen ? make("span", {}, line.hint) : null) : null)
}

export const byPerson = (line, chat, isLast) => make("div", { class: "msg own" },
  unheard(chat.words["You:"]),
  make("div", { class: "paper" }, make("p", { dir: "auto" }, line.text)),
  isLast ? make("p", { class: "at" }, make("time", { datetime: line.at }, line.time)) : null)

export const onItsWay = (item, chat) => make("div", { class: "msg own sending" },
  unheard(chat.words["You:"]),
  make("div", { class: "paper" }, make("p", { dir: "auto" }, item.shown)),
  item.isWaiting
    ? make("p", { class: "at" }, chat.words["Kept here, not sent yet"], make("button", { type: "button", "data-retry": true }, chat.words["Send now"]))
    : make("p", { class: "at sr" }, chat.words.Sending))

export const writing = chat => make("div", { class: "msg bot typing" },
  unheard(chat.words["Kutse is writing"]),
  make("div", { class: "paper", "aria-hidden": "true" }, make("i"), make("i"), make("i")))

export const dayLine = (text, word) => make("p", { class: word ? "day new" : "day" },
  text ? make("span", {}, text) : null, word ? make("b", {}, word) : null)
