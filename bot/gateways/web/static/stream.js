// One stream of events for all chats of a page: browsers open few connections to one server.

export const openStream = (address, chats) => {
  const byPlace = new Map(chats.map(chat => [chat.at, chat]))
  let source = null
  let pause = 1000

  const told = event => {
    const { at, line } = JSON.parse(event.data)
    byPlace.get(at)?.hear(line)
  }

  const open = () => {
    const read = chats.map(chat => `${chat.name}:${chat.talk.change}`).join(",")
    source = new EventSource(`${address}?after=${encodeURIComponent(read)}`)
    source.addEventListener("line", told)
    source.addEventListener("open", () => { pause = 1000 })
    source.addEventListener("error", () => {
      // A broken line the browser mends by itself; a refusal it does not.
      if (source.readyState === EventSource.CLOSED) again()
    })
  }

  const again = () => setTimeout(async () => {
    pause = Math.min(pause * 2, 30000)
    const isOpen = await Promise.all(chats.map(chat => chat.load()))
    if (isOpen.some(Boolean)) open()
  }, pause)

  addEventListener("pagehide", () => source?.close())
  addEventListener("pageshow", event => { if (event.persisted) open() })
  open()
}
