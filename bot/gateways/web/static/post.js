// Sends what the person said, one after the other; nothing that was typed is lost on the way.

import { post } from "./ask.js"
import { listForBrowser } from "./kept.js"
import { AWAY } from "./words.js"

// Browsers offer randomUUID only over https.
export const newId = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = bytes[6] & 0x0f | 0x40
  bytes[8] = bytes[8] & 0x3f | 0x80
  const hex = [...bytes].map(byte => byte.toString(16).padStart(2, "0")).join("")
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

export class Post {
  #unsent
  #wake = () => {}
  #isRunning = false

  // `told` hears of everything: sent(item, answer), waiting(item, sentence), refused(item, answer).
  // On a demo, `run` names the one that made the page: each of its schools hears only what was said to it.
  constructor(at, name, run, told) {
    this.at = at
    this.run = run
    this.told = told
    // Closing the page loses nothing: whatever page of this chat opens next sends it, and it is heard once.
    this.#unsent = listForBrowser(`kutse-unsent:${name}`)
    this.items = this.#unsent.read()
    addEventListener("online", () => this.retry())
  }

  add(item) {
    const kept = { ...item, run: this.run, order: Date.now() }
    this.items.push(kept)
    this.#unsent.keep(item.body.id, kept)
    this.send()
  }

  retry() { this.#wake() }

  // What was said to an earlier demo is never sent; it is returned.
  giveBackEarlier() { return this.#giveBack(item => item.run !== this.run) }

  giveBackAll() { return this.#giveBack(() => true) }

  #giveBack(isMeant) {
    const items = this.items.filter(isMeant)
    this.items = this.items.filter(item => !isMeant(item))
    for (const item of items) this.#unsent.drop(item.body.id)
    return items
  }

  async send() {
    if (this.#isRunning) return
    this.#isRunning = true
    let pause = 1000
    while (this.items.length) {
      const [item] = this.items
      const answer = await this.#attempt(item)
      if (this.items[0] !== item) continue
      if (answer.isTaken || answer.isRefused) {
        this.items.shift()
        this.#unsent.drop(item.body.id)
        pause = 1000
        answer.isTaken ? this.told.sent(item, answer) : this.told.refused(item, answer)
        continue
      }
      item.isWaiting = true
      this.told.waiting(item, answer.sentence)
      await this.#rest(answer.wait ?? pause)
      pause = Math.min(pause * 2, 30000)
    }
    this.#isRunning = false
  }

  async #attempt(item) {
    const { status, told, wait } = await post(`${this.at}/${item.path}`, item.body, item.run)
    if (status === 200) return { isTaken: true, ...told }
    // A later demo has taken the place of the one that is meant; the stream will tell the page.
    if (status === 0 || told?.kind === "anew") return { sentence: AWAY }
    if (status === 429) return { wait, sentence: "That was a little fast for us. What you wrote is kept and will be sent in a moment." }
    if (status >= 500) return { sentence: "Something went wrong on our side. What you wrote is kept and will be sent again." }
    return { isRefused: true, ...told }
  }

  #rest(milliseconds) {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, milliseconds)
      this.#wake = () => { clearTimeout(timer); resolve() }
    })
  }
}
