// One chat: what is said in it, and what the person does.

import { ask, post, send } from "./ask.js"
import { make } from "./elements.js"
import { forBrowser, forTab } from "./kept.js"
import { newId, Post } from "./post.js"
import { Talk } from "./talk.js"
import { AWAY, allWords, translate } from "./words.js"

const WRITING = 8000
const LARGEST = 5 * 1024 * 1024  // as bot.domain.pictures has it
const MANY_DAYS = 200  // a clock that is moved by a week brings seven days at once

export class Chat {
  #seen
  #draft
  #writingEnds = 0
  #sentence = ""
  #isLost = false
  #newFrom = 0
  #day = null
  #dawn = 0

  constructor(root, { onNews = () => {}, onLanguage = () => {} } = {}) {
    this.root = root
    this.at = root.dataset.at
    this.name = root.dataset.name
    this.language = root.lang
    this.run = null
    this.isActive = false
    this.fresh = 0
    this.log = root.querySelector(".log")
    this.field = root.querySelector("textarea")
    this.notice = root.querySelector(".notice[role=status]")
    this.menu = root.querySelector(".menu")
    this.select = root.querySelector("select")
    this.onNews = onNews
    this.onLanguage = onLanguage
    this.#seen = forBrowser(`kutse-seen:${root.dataset.chat}`)
    this.#draft = forTab(`kutse-draft:${this.at}`)
  }

  async open() {
    this.all = await allWords()
    this.words = this.all[this.language].words
    this.talk = new Talk(this.root.querySelector(".talk"))
    this.post = new Post(this.at, this.root.dataset.chat, this.run, {
      sent: (item, answer) => this.#sent(answer),
      waiting: (item, sentence) => this.#wait(sentence),
      refused: (item, answer) => this.#refused(item, answer),
    })
    // Whoever was quicker than the page has written into the field already.
    this.field.value = [this.#draft.read(), this.field.value].filter(Boolean).join("\n")
    this.#draft.write(this.field.value || null)
    this.#takeBack(this.post.giveBackEarlier())
    this.#listen()
    // What was said before the page opened is no news: only what comes from now on is read out.
    this.log.setAttribute("aria-live", "off")
    await this.load()
    this.post.send()
    requestAnimationFrame(() => this.log.removeAttribute("aria-live"))
  }

  // Reads all of it anew: after a pause, when a day has begun, in another language. Whether it may go on.
  async load() {
    const { status, told } = await ask(`${this.at}/messages?after=0`, { run: this.run })
    if (status !== 200) {
      if (status === 403) this.#end(told)
      else this.#say(told && told.kind !== "anew" ? told.message : AWAY)
      return status !== 403
    }
    const { day, lines } = told
    this.#day = day
    this.isLoaded = true
    this.#say("")
    const seen = Number(this.#seen.read() ?? Infinity)
    const isFirst = this.talk.lines.size === 0
    for (const line of lines) this.talk.take(line)
    if (isFirst) this.#markNews(lines.filter(line => line.by === "school" && line.number > seen))
    this.#follow()
    this.draw()
    if (!this.fresh) this.#markSeen()
    if (lines.length === 0) await post(`${this.at}/begin`, {}, this.run)
    return true
  }

  // A line has come, or one has changed.
  hear(line) {
    const isNews = this.talk.take(line)
    const language = this.language
    this.#follow()
    // An answer may also be an earlier message that changes in place.
    if (line.by === "school") this.talk.isWriting = false
    if (isNews && line.by === "school") {
      if (this.isActive && !document.hidden) this.#markSeen()
      else this.#markNews([line])
    }
    this.draw()
    if (language !== this.language) this.load()
  }

  // Which day it is at school: words such as "today" move with it, from the day on which all was read last.
  live(day) {
    if (!this.#day || this.#day === day) return
    clearTimeout(this.#dawn)
    this.#dawn = setTimeout(() => this.load(), MANY_DAYS)
  }

  draw() {
    const before = document.activeElement
    const hadFocus = this.log.contains(before) && before !== this.log
    this.talk.draw(this, this.post.items)
    // Where the row with the focus is gone or asks no more, the talk takes it: Tab goes on to what is open.
    if (hadFocus && (!before.isConnected || before.disabled)) this.log.focus({ preventScroll: true })
  }

  // There is no connection: what the person writes waits here, and nobody is writing to them.
  lose() {
    this.#isLost = true
    this.#notify()
    this.#stopWriting()
    this.draw()
  }

  // It is back: what waited leaves at once.
  find() {
    this.#isLost = false
    if (this.#sentence === AWAY) this.#sentence = ""
    this.#notify()
    this.post.retry()
    if (!this.isLoaded) this.load()
  }

  // Another school will answer from here on: what waited for this one goes back into the field.
  beginAnew() {
    this.#takeBack(this.post.giveBackAll())
    this.#seen.write(null)
    this.#isLost = false
    this.#stopWriting()
    this.#say("")
    this.draw()
  }

  get unread() { return this.fresh }

  markRead() {
    this.isActive = true
    if (!this.fresh) return
    this.fresh = 0
    this.#markSeen()
    this.onNews(this)
  }

  #markNews(lines) {
    if (!lines.length) return
    if (!this.fresh) this.#newFrom = lines[0].number
    // What was forgotten meanwhile is no news any more.
    const news = this.talk.inOrder.filter(line => line.by === "school" && line.number >= this.#newFrom)
    this.talk.firstNew = news[0].number
    this.fresh = news.length
    this.onNews(this)
  }

  #markSeen() { this.#seen.write(String(this.talk.last?.number ?? 0)) }

  #say(sentence) {
    this.#sentence = sentence
    this.#notify()
  }

  #notify() {
    const sentence = this.#sentence || (this.#isLost ? AWAY : "")
    const words = sentence ? this.words[sentence] ?? sentence : ""
    // A screen reader says again what is put there again.
    if (this.notice.textContent !== words) this.notice.textContent = words
  }

  // The chat is no longer open here: nothing but a new page leads on.
  #end({ message }) {
    this.#say(message)
    const again = make("button", { type: "button", "data-word": "Load the page again" }, this.words["Load the page again"])
    again.addEventListener("click", () => location.reload())
    this.notice.append(" ", again)
  }

  #wait(sentence) {
    this.#stopWriting()
    this.#say(sentence)
    this.draw()
  }

  #takeBack(items) {
    for (const { body } of items) if (body.text && !body.quiet) this.#write(body.text)
  }

  // Puts words back into the field, after what is being written there.
  #write(text) {
    this.field.value = this.field.value ? `${this.field.value}\n${text}` : text
    this.#draft.write(this.field.value)
  }

  // The chat speaks the language in which the school spoke last.
  #follow() {
    const latest = this.talk.inOrder.findLast(line => line.by === "school")
    const language = latest?.language
    if (!this.all[language]) return
    this.select.value = language
    if (language === this.language) return
    this.language = this.root.lang = language
    const { words, school, menu } = this.all[language]
    this.words = words
    translate(this.root, words)
    this.root.querySelector(".school").textContent = school
    for (const [command, description] of menu) {
      const button = this.root.querySelector(`[data-command="/${CSS.escape(command)}"]`)
      if (button) button.firstChild.data = `${description} `
    }
    this.onLanguage(this)
  }

  #listen() {
    this.root.querySelector(".send").addEventListener("click", () => this.#sendDraft())
    this.field.addEventListener("input", () => this.#draft.write(this.field.value || null))
    this.field.addEventListener("keydown", event => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return
      event.preventDefault()
      this.#sendDraft()
    })
    this.log.addEventListener("click", event => {
      if (event.target.closest("[data-retry]")) this.post.retry()
      const row = event.target.closest("button[data-press]")
      if (row) this.#press(row)
    })
    this.log.addEventListener("change", event => {
      const [picture] = event.target.matches("input[data-picture]") ? event.target.files : []
      if (picture) this.#sendPicture(picture)
    })
    this.log.addEventListener("change", event => { if (event.target.matches("input[data-press]")) this.#press(event.target) })
    this.select.addEventListener("change", () => this.#send("say", { text: `/language ${this.select.value}`, quiet: true }, null))
    this.menu.addEventListener("click", event => {
      const button = event.target.closest("[data-command]")
      if (!button) return
      this.#closeMenu()
      this.#send("say", { text: button.dataset.command }, button.dataset.command)
    })
    this.menu.addEventListener("keydown", event => { if (event.key === "Escape" && this.menu.open) this.#closeMenu() })
    document.addEventListener("pointerdown", event => { if (!this.menu.contains(event.target)) this.menu.open = false })
  }

  #closeMenu() {
    this.menu.open = false
    this.menu.querySelector("summary").focus()
  }

  #sendDraft() {
    const text = this.field.value.trim()
    if (!text) return
    this.field.value = ""
    this.#draft.write(null)
    this.#send("say", { text }, text)
  }

  #press(row) {
    const message = row.closest("[data-number]")
    const isSwitch = row.matches("input")
    const isAnswer = row.matches(".opt, .split button")
    if (isAnswer && message.dataset.isPressed) return
    if (isAnswer) {
      // A second tap while the first is on its way is the same answer.
      message.dataset.isPressed = "yes"
      setTimeout(() => delete message.dataset.isPressed, 1500)
    }
    const label = isAnswer ? row.querySelector(".say")?.firstChild.data ?? row.textContent : null
    this.#send("press", { data: row.dataset.press, number: Number(message.dataset.number) }, label, !isSwitch && !row.closest(".pages"))
  }

  // A picture is not kept here: it is sent at once, or chosen once more. What is too large stays where it is.
  async #sendPicture(picture) {
    this.#say("")
    this.markRead()
    this.#showWriting()
    this.draw()
    const body = picture.size > LARGEST ? "" : picture
    const { status, told } = await send(`${this.at}/picture?id=${newId()}&size=${picture.size}`, body, this.run)
    if (status === 200) return this.#sent(told)
    this.#stopWriting()
    if (status === 403 && told) this.#end(told)
    else this.#say("The picture could not be sent. Please choose it once more.")
    this.draw()
  }

  #send(path, body, shown, isAnswered = true) {
    this.#say("")
    this.markRead()
    this.talk.firstNew = null
    if (isAnswered && !this.#isLost) this.#showWriting()
    this.post.add({ path, body: { id: newId(), ...body }, shown })
    this.draw()
    this.log.scrollTop = 0
  }

  #showWriting() {
    this.talk.isWriting = true
    clearTimeout(this.#writingEnds)
    this.#writingEnds = setTimeout(() => { this.talk.isWriting = false; this.draw() }, WRITING)
  }

  #stopWriting() {
    clearTimeout(this.#writingEnds)
    this.talk.isWriting = false
  }

  #sent({ lines }) {
    this.#say("")
    for (const line of lines ?? []) this.talk.take(line)
    this.draw()
  }

  // What cannot be sent goes back into the field.
  #refused(item, { kind, message }) {
    this.#stopWriting()
    if (kind === "signed-out") this.#end({ message })
    else this.#say(message)
    this.#takeBack([item])
    this.draw()
  }
}
