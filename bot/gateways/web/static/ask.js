// Asks the server; that there was no answer is an answer, too: status 0.

const PATIENCE = 20000
const PATIENCE_WITH_FILES = 120000

const meantFor = run => run ? { "Kutse-Run": run } : {}

// `run` names the demo that is meant; a later one refuses what is asked of it.
export const ask = async (address, { run, headers, patience = PATIENCE, ...options } = {}) => {
  try {
    const signal = AbortSignal.timeout(patience)
    const response = await fetch(address, { signal, headers: { ...headers, ...meantFor(run) }, ...options })
    const isOurs = response.headers.get("Content-Type")?.startsWith("application/json")
    const told = isOurs ? await response.json() : null
    // A proxy may answer in our place, with a page of its own.
    return { status: isOurs ? response.status : 502, told, wait: 1000 * Number(response.headers.get("Retry-After") ?? 5) }
  } catch {
    return { status: 0, told: null }
  }
}

export const post = (address, body, run) => ask(address, {
  run, method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
})

export const send = (address, body, run) => ask(address, {
  run, method: "POST", patience: PATIENCE_WITH_FILES, headers: { "Content-Type": "application/octet-stream" }, body,
})
