// The page's own words, in every language the school has.

import { ask } from "./ask.js"

let coming

export const allWords = () => coming ??= ask("/words.json").then(({ status, told }) => {
  if (status !== 200) throw new Error("the words of the page did not come")
  return told
})

// Turns whatever in `root` carries a word into another language.
export const translate = (root, words) => {
  for (const element of root.querySelectorAll("[data-word]")) element.textContent = words[element.dataset.word]
  for (const element of root.querySelectorAll("[data-label]")) element.setAttribute("aria-label", words[element.dataset.label])
  for (const element of root.querySelectorAll("[data-placeholder]")) element.placeholder = words[element.dataset.placeholder]
}
