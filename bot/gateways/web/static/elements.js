// Makes elements, and changes them as little as possible. Text is always text: nothing here parses markup.

const SVG = "http://www.w3.org/2000/svg"

export const make = (tag, attributes = {}, ...inside) => {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue
    element.setAttribute(name, value === true ? "" : value)
  }
  element.append(...inside.flat().filter(part => part !== null && part !== undefined))
  return element
}

export const icon = (name, classes = "icon") => {
  const svg = document.createElementNS(SVG, "svg")
  svg.setAttribute("class", classes)
  svg.setAttribute("aria-hidden", "true")
  const use = document.createElementNS(SVG, "use")
  use.setAttribute("href", `#i-${name}`)
  svg.append(use)
  return svg
}

export const unheard = text => make("span", { class: "sr" }, text)

const alike = (one, other) => one.nodeType === other.nodeType && one.nodeName === other.nodeName

// Makes `old` look like `fresh` in place: focus stays where it is, and a screen reader hears only what changed.
export const morph = (old, fresh) => {
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data
    return
  }
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name)
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value)
  if (old.nodeName === "INPUT") old.checked = fresh.checked
  const mine = [...old.childNodes]
  const theirs = [...fresh.childNodes]
  theirs.forEach((part, place) => {
    const present = mine[place]
    if (!present) old.append(part)
    else if (alike(present, part)) morph(present, part)
    else present.replaceWith(part)
  })
  for (const surplus of mine.slice(theirs.length)) surplus.remove()
}
