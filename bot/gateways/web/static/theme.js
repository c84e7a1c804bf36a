// The theme, before anything is painted; "auto" follows the system. No module: it must not come late.
{
  const root = document.documentElement
  const kept = () => { try { return localStorage.getItem("kutse-theme") } catch { return null } }
  root.dataset.theme = kept() || "auto"

  const show = () => {
    for (const radio of document.querySelectorAll(".theme input")) radio.checked = radio.value === root.dataset.theme
  }
  document.addEventListener("DOMContentLoaded", show)
  document.addEventListener("change", event => {
    if (!event.target.matches(".theme input")) return
    root.dataset.theme = event.target.value
    try { localStorage.setItem("kutse-theme", event.target.value) } catch { /* then it lasts as long as the page */ }
    show()
  })
  addEventListener("storage", event => {
    if (event.key !== "kutse-theme") return
    root.dataset.theme = event.newValue || "auto"
    show()
  })
}
