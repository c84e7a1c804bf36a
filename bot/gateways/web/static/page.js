// Opens the chats of a page, and one stream of events for all of them.

import { Chat } from "./chat.js"
import { openStream } from "./stream.js"

const isDemo = document.body.classList.contains("demo")
const chats = [...document.querySelectorAll(".chat")].map(root => new Chat(root))

const alone = chat => {
  const title = () => { document.title = chat.unread ? `(${chat.unread}) ${chat.all[chat.language].school}` : chat.all[chat.language].school }
  chat.isActive = true
  chat.onNews = title
  chat.onLanguage = () => { document.documentElement.lang = chat.language; title() }
  document.addEventListener("visibilitychange", () => { if (!document.hidden) chat.markRead() })
  // Some phones lay their keyboard over the page instead of making it smaller.
  const fit = () => {
    const isCovered = innerHeight - visualViewport.height > 80
    document.documentElement.style.setProperty("--view", isCovered ? `${visualViewport.height}px` : "100dvh")
    if (isCovered) scrollTo(0, 0)
  }
  globalThis.visualViewport?.addEventListener("resize", fit)
  return { clock: () => {}, found: () => chat.find() }
}

const told = isDemo ? (await import("./demo.js")).openDemo(chats) : alone(chats[0])

await Promise.all(chats.map(chat => chat.open()))
const stream = openStream(document.querySelector("main").dataset.events, chats, {
  clock: event => { if (told.clock(event) === "anew") stream.close() },
  lost: () => { for (const chat of chats) chat.lose() },
  found: () => told.found(),
})
