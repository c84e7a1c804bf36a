// The page's own words, in every language the school has.

let coming

export const allWords = () => coming ??= fetch("/words.json").then(response => response.json())

// Turns whatever in `root` carries a word into another language.
export const translate = (root, words) => {
  for (const element of root.querySelectorAll("[data-word]")) element.textContent = words[element.dataset.word]
  for (const element of root.querySelectorAll("[data-label]")) element.setAttribute("aria-label", words[element.dataset.label])
  for (const element of root.querySelectorAll("[data-placeholder]")) element.placeholder = words[element.dataset.placeholder]
}
