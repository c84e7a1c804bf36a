// Sends what the person said, one after the other; nothing that was typed is lost on the way.

import { post } from "./ask.js"
import { forTab } from "./kept.js"

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
    const { status, told, wait } = await post(`${this.at}/${item.path}`, item.body)
    if (status === 200) return { isTaken: true, ...told }
    if (status === 0) return { sentence: "There is no connection just now. What you write is kept and sent as soon as there is one." }
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

  #keep() {
    this.#unsent.write(JSON.stringify(this.items.map(({ isWaiting, ...item }) => item)))
  }
}
