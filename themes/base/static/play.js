// Puts a platform's player in the place of a picture, once somebody asks for it.
(d => {
let always = ALWAYS[d.documentElement.lang],
all = (what, act) => d.querySelectorAll(what).forEach(act),
sheet = new CSSStyleSheet,
usual = { tail: "", size: "16/9", allow: "autoplay; encrypted-media; fullscreen; picture-in-picture", sandbox: "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-presentation allow-forms", referrer: "strict-origin-when-cross-origin" },
known = FRAMES,
host = card => card.dataset.play.split("/")[0],
kept = (host, on) => { try { let store = localStorage, key = "always " + host; on ? store[key] = 1 : on == 0 && delete store[key]; return key in store } catch {} },
look = () => all("[data-box]", box => box.checked = kept(box.dataset.box)),
play = (card, asked) => {
let { play, tail, of, size, allow, sandbox, referrer } = { ...usual, ...known[card.dataset.of], ...known[host(card)], ...card.dataset },
frame = d.createElement("iframe"), label = d.createElement("label"), box = d.createElement("input")
frame.title = of + ": " + (card.querySelector("h2,h3") || card).textContent.trim().slice(0, 99)
frame.loading = "lazy"
frame.allowFullscreen = true
frame.allow = asked ? allow : allow.replace(/autoplay[ *]*;? ?/, "")
frame.sandbox = sandbox
frame.referrerPolicy = referrer
size > 0 ? frame.height = size : frame.style.aspectRatio = size
play = "https://" + play + tail.trim()
frame.src = asked ? play : play.replace(/(autoplay=)(1|true)/i, (_, key, on) => key + (on > 0 ? 0 : false))
box.type = "checkbox"
box.dataset.box = host(card)
box.onchange = () => { kept(host(card), box.checked); look() }
label.append(box, always.replace("{platform}", of))
card.classList.add("on")
card.prepend(frame)
card.append(label)
look()
asked && frame.focus()
},
start = () => {
look()
all("[data-play]:not(.on)", card => {
let at = card, note
while (at && !(note = at.querySelector(".note"))) at = at.parentElement
note && card.querySelector("a").setAttribute("aria-description", note.textContent)
kept(host(card)) && play(card)
})
}
sheet.replaceSync(STYLES)
d.adoptedStyleSheets = [...d.adoptedStyleSheets, sheet]
addEventListener("click", e => {
let card = e.target.closest("[data-play]:not(.on) a")?.closest("[data-play]")
if (!card || e.defaultPrevented || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return
e.preventDefault()
play(card, 1)
})
addEventListener("pageshow", e => e.persisted && start())
start()
})(document)
