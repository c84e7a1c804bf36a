// The demo page: the clock, what it brings about, and the people.

import { post } from "./ask.js"
import { make, unheard } from "./elements.js"

const clock = document.querySelector(".clock")

let shown = clock.dataset.move

const show = told => {
  const time = clock.querySelector(".now time")
  time.textContent = told.hour
  time.setAttribute("datetime", told.at)
  clock.querySelector(".date").textContent = told.date
  if (told.move === shown) return
  shown = told.move
  clock.querySelector(".passed").textContent = told.passed
  const none = clock.querySelector(".none")
  none.hidden = told.happenings.length > 0
  none.textContent = "Nobody had to be told anything."
  const list = clock.querySelector("ol")
  list.hidden = told.happenings.length === 0
  list.replaceChildren(...told.happenings.map(({ at, when, tint, text }) =>
    make("li", { class: tint ? `tint-${tint}` : null }, make("time", { datetime: at }, when), ` ${text}`)))
  list.scrollLeft = list.scrollWidth
}

const move = async button => {
  const buttons = [...clock.querySelectorAll("[data-forward]")]
  if (button.getAttribute("aria-disabled")) return
  for (const each of buttons) each.setAttribute("aria-disabled", "true")
  const { status, told } = await post("/demo/clock", { forward: button.dataset.forward }, clock.dataset.run)
  if (status === 200) show(told)
  else clock.querySelector(".passed").textContent = told?.message ?? "The clock did not move; please try again."
  for (const each of buttons) each.removeAttribute("aria-disabled")
}

const markNews = chat => {
  const news = chat.unread ? `${chat.unread} new` : ""
  const badge = document.querySelector(`#${chat.name} .unread`)
  badge.textContent = news
  badge.hidden = !news
  const dot = document.querySelector(`.pick [href="#${chat.name}"] .dot`)
  dot.hidden = !news
  dot.replaceChildren(unheard(news && `, ${news}`))
}

const watchSeats = () => {
  const links = new Map([...document.querySelectorAll(".pick a")].map(link => [link.hash.slice(1), link]))
  const watcher = new IntersectionObserver(seen => {
    for (const { target, isIntersecting } of seen) {
      if (isIntersecting) links.get(target.id).setAttribute("aria-current", "true")
      else links.get(target.id).removeAttribute("aria-current")
    }
  }, { root: document.querySelector(".seats"), threshold: 0.6 })
  for (const seat of document.querySelectorAll(".seat")) watcher.observe(seat)
}

// The server was started anew, and its school with it: what this page shows is of an earlier one.
const partFrom = chats => {
  const anew = document.querySelector(".anew")
  anew.hidden = false
  clock.hidden = true
  document.querySelector(".seats").inert = true
  for (const chat of chats) chat.beginAnew()
  anew.querySelector("button").addEventListener("click", () => location.reload())
}

export const openDemo = chats => {
  for (const chat of chats) {
    chat.onNews = markNews
    chat.run = clock.dataset.run
  }
  clock.addEventListener("click", event => {
    const button = event.target.closest("[data-forward]")
    if (button) move(button)
  })
  // One person at a time is at the keyboard: whoever is looked at has read what came.
  const lookAt = event => {
    for (const chat of chats) {
      if (chat.root.contains(event.target)) chat.markRead()
      else chat.isActive = false
    }
  }
  document.addEventListener("focusin", lookAt)
  document.addEventListener("pointerdown", lookAt)
  watchSeats()
  return {
    clock: told => {
      if (told.run !== clock.dataset.run) {
        partFrom(chats)
        return "anew"
      }
      show(told)
      for (const chat of chats) chat.find()
    },
    found: () => {},
  }
}
