// One stream of events for all chats of a page: browsers open few connections to one server.

const SILENCE = 45000  // the server says something every 15 seconds
const GRACE = 2500     // a server that is only changed for a newer one is back within this

// `told` hears of what is not of one chat: clock(event), lost(), found().
export const openStream = (address, chats, told) => {
  const byPlace = new Map(chats.map(chat => [chat.at, chat]))
  let source = null
  let pause = 1000
  let isGone = false
  let silence = 0
  let grace = 0
  let waking = 0

  const alive = () => {
    clearTimeout(silence)
    silence = setTimeout(() => { lose(); open() }, SILENCE)
  }

  const lose = () => {
    clearTimeout(grace)
    grace = 0
    told.lost()
  }

  const find = () => {
    clearTimeout(grace)
    grace = 0
    pause = 1000
    alive()
    told.found()
  }

  const on = (name, heard) => source.addEventListener(name, event => { alive(); heard(event.data && JSON.parse(event.data)) })

  const open = () => {
    clearTimeout(waking)
    source?.close()
    const read = chats.map(chat => `${chat.name}:${chat.talk.change}`).join(",")
    source = new EventSource(`${address}?after=${encodeURIComponent(read)}`)
    on("line", ({ at, line }) => byPlace.get(at)?.hear(line))
    on("clock", told.clock)
    on("day", ({ day }) => { for (const chat of chats) chat.live(day) })
    on("here", () => {})
    source.addEventListener("open", find)
    source.addEventListener("error", () => {
      clearTimeout(silence)
      grace ||= setTimeout(lose, GRACE)
      // A broken line the browser mends by itself; a refusal it does not.
      if (source.readyState === EventSource.CLOSED) again()
    })
  }

  const again = () => {
    waking = setTimeout(async () => {
      pause = Math.min(pause * 2, 30000)
      const isOpen = await Promise.all(chats.map(chat => chat.load()))
      if (!isGone && isOpen.some(Boolean)) open()
    }, pause)
  }

  const close = () => {
    for (const timer of [silence, grace, waking]) clearTimeout(timer)
    source?.close()
  }

  addEventListener("pagehide", close)
  addEventListener("pageshow", event => { if (event.persisted && !isGone) open() })
  addEventListener("offline", lose)
  addEventListener("online", () => { if (!isGone) open() })
  open()
  return { close: () => { isGone = true; close() } }
}
