// The page's own words, in every language the school has.

import { ask } from "./ask.js"

const PAUSE = 2000

export const AWAY = "There is no connection just now. What you write is kept and sent as soon as there is one."

let coming

// A page may open just when the server is away for a moment: it asks until it is told.
const told = async () => {
  for (;;) {
    const { status, told } = await ask("/words.json")
    if (status === 200) return told
    await new Promise(resolve => setTimeout(resolve, PAUSE))
  }
}

export const allWords = () => coming ??= told()

// Turns whatever in `root` carries a word into another language.
export const translate = (root, words) => {
  for (const element of root.querySelectorAll("[data-word]")) element.textContent = words[element.dataset.word]
  for (const element of root.querySelectorAll("[data-label]")) element.setAttribute("aria-label", words[element.dataset.label])
  for (const element of root.querySelectorAll("[data-placeholder]")) element.placeholder = words[element.dataset.placeholder]
}
