// Sends what the person said, one after the other; nothing that was typed is lost on the way.

import { forTab } from "./kept.js"

const PATIENCE = 20000

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
  constructor(at, told) {
    this.at = at
    this.told = told
    this.#unsent = forTab(`kutse-unsent:${at}`)
    this.items = JSON.parse(this.#unsent.read() ?? "[]")
    addEventListener("online", () => this.retry())
  }

  add(item) {
    this.items.push(item)
    this.#keep()
    this.run()
  }

  retry() { this.#wake() }

  async run() {
    if (this.#isRunning) return
    this.#isRunning = true
    let pause = 1000
    while (this.items.length) {
      const [item] = this.items
      const answer = await this.#attempt(item)
      if (answer.isTaken || answer.isRefused) {
        this.items.shift()
        this.#keep()
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
    try {
      const response = await fetch(`${this.at}/${item.path}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(item.body),
        signal: AbortSignal.timeout(PATIENCE),
      })
      if (response.ok) return { isTaken: true, ...await response.json() }
      if (response.status >= 500) return { sentence: "Something went wrong on our side. What you wrote is kept and will be sent again." }
      const problem = await response.json()
      if (response.status !== 429) return { isRefused: true, ...problem }
      return { wait: 1000 * Number(response.headers.get("Retry-After") ?? 5), sentence: "That was a little fast for us. What you wrote is kept and will be sent in a moment." }
    } catch (failure) {
      if (!(failure instanceof TypeError || failure instanceof DOMException || failure instanceof SyntaxError)) throw failure
      return { sentence: "There is no connection just now. What you write is kept and sent as soon as there is one." }
    }
  }

  #rest(milliseconds) {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, milliseconds)
      this.#wake = () => { clearTimeout(timer); resolve() }
    })
  }

  #keep() {
    this.#unsent.write(JSON.stringify(this.items.map(({ isWaiting, ...item }) => item)))
  }
}
