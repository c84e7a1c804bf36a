// The list of what was said: keeps it in order, and draws only what changed.

import { morph } from "./elements.js"
import { byPerson, bySchool, dayLine, onItsWay, writing } from "./paper.js"

export class Talk {
  #drawn = new Map()
  #days = new Map()

  constructor(element) {
    this.element = element
    this.lines = new Map()
    this.change = 0
    this.forgotten = 0
    this.isWriting = false
    this.firstNew = null
    element.replaceChildren()
  }

  // Whether the line was news: not yet known in this or a later state.
  take(line) {
    this.#forget(line.forgotten ?? 0)
    if (line.number <= this.forgotten) return false
    const known = this.lines.get(line.number)
    if (known && known.change > line.change) return false
    this.lines.set(line.number, line)
    this.#days.set(line.at.slice(0, 10), line.day)
    this.change = Math.max(this.change, line.change)
    return !known
  }

  // The school has deleted the lines up to this number: nobody is shown them any more.
  #forget(number) {
    this.forgotten = Math.max(this.forgotten, number)
    for (const known of [...this.lines.keys()]) if (known <= this.forgotten) this.lines.delete(known)
  }

  get inOrder() { return [...this.lines.values()].sort((one, other) => one.number - other.number) }

  get last() { return this.inOrder.at(-1) }

  knows(id) { return [...this.lines.values()].some(line => line.id === id) }

  draw(chat, unsent) {
    const wanted = [...this.#said(chat), ...unsent.filter(item => item.shown && !this.knows(item.body.id)).map(item => ({
      key: `own:${item.body.id}`, signature: `sending ${Boolean(item.isWaiting)}`, build: () => onItsWay(item, chat),
    }))]
    if (this.isWriting) wanted.push({ key: "writing", signature: "", build: () => writing(chat) })
    const keys = new Set(wanted.map(({ key }) => key))
    for (const [key, { element }] of this.#drawn) if (!keys.has(key)) { element.remove(); this.#drawn.delete(key) }
    wanted.forEach(({ key, signature, build }, place) => {
      const signed = `${chat.language} ${signature}`
      const present = this.#drawn.get(key)
      const element = present?.element ?? build()
      if (present && present.signature !== signed) morph(element, build())
      this.#drawn.set(key, { element, signature: signed })
      if (this.element.children[place] !== element) this.element.insertBefore(element, this.element.children[place] ?? null)
    })
  }

  * #said(chat) {
    const lines = this.inOrder
    for (const [place, line] of lines.entries()) {
      const before = lines[place - 1]
      const after = lines[place + 1]
      const day = line.at.slice(0, 10)
      const isNewDay = before?.at.slice(0, 10) !== day
      const isFirstNew = line.number === this.firstNew
      if (isNewDay || isFirstNew) {
        const text = isNewDay ? this.#days.get(day) : ""
        const word = isFirstNew ? chat.words.New : ""
        yield { key: `day:${line.number}`, signature: `${text} ${word}`, build: () => dayLine(text, word) }
      }
      const isLast = !after || after.by !== line.by || after.time !== line.time || after.at.slice(0, 10) !== day || after.number === this.firstNew
      const build = () => (line.by === "school" ? bySchool : byPerson)(line, chat, isLast)
      const key = line.id ? `own:${line.id}` : `line:${line.number}`
      // Words such as "today" change though nothing was said.
      const days = `${this.#days.get(day)} ${line.settled?.day}`
      yield { key, signature: `${line.change} ${isLast} ${line.time} ${days}`, build }
    }
  }
}
