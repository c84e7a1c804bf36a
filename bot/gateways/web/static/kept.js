// What a page keeps in this browser; where that is not allowed, it lasts as long as the page.

const inside = new Map()

const reading = (store, key) => { try { return store.getItem(key) } catch { return inside.get(key) ?? null } }

const writing = (store, key, value) => {
  inside.set(key, value)
  try { value === null ? store.removeItem(key) : store.setItem(key, value) } catch { /* kept inside, see above */ }
}

export const kept = (store, key) => ({
  read: () => reading(store(), key),
  write: value => writing(store(), key, value),
})

export const forTab = key => kept(() => { try { return sessionStorage } catch { return null } }, key)

export const forBrowser = key => kept(() => { try { return localStorage } catch { return null } }, key)
