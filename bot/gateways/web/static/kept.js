// What a page keeps in this browser; where that is not allowed, it lasts as long as the page.

const inside = new Map()

const reading = (store, key) => { try { return store.getItem(key) } catch { return inside.get(key) ?? null } }

const writing = (store, key, value) => {
  value === null ? inside.delete(key) : inside.set(key, value)
  try { value === null ? store.removeItem(key) : store.setItem(key, value) } catch { /* kept inside, see above */ }
}

const tab = () => { try { return sessionStorage } catch { return null } }

const browser = () => { try { return localStorage } catch { return null } }

const kept = (store, key) => ({
  read: () => reading(store(), key),
  write: value => writing(store(), key, value),
})

export const forTab = key => kept(tab, key)

export const forBrowser = key => kept(browser, key)

const keys = () => { try { return Object.keys(localStorage) } catch { return [...inside.keys()] } }

// A list whose items are kept one by one: two pages of one chat do not overwrite each other's.
export const listForBrowser = name => ({
  read: () => keys().filter(key => key.startsWith(`${name}:`)).map(key => reading(browser(), key)).filter(Boolean)
    .map(text => JSON.parse(text)).sort((one, other) => one.order - other.order),
  keep: (id, item) => writing(browser(), `${name}:${id}`, JSON.stringify(item)),
  drop: id => writing(browser(), `${name}:${id}`, null),
})
