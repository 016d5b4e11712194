// Lets the browser keep a copy of the site (sw.js), and says so when this page is one. Not in a preview.
(d => {
let { lang, dataset: { copy, mirror } } = d.documentElement,
words = OFFLINE[lang],
note = d.createElement("p"),
link = d.createElement("a"),
second = d.querySelector(".second")?.cloneNode(true).childNodes || [],
sheet
if (copy || mirror) {
sheet = new CSSStyleSheet
sheet.replaceSync(NOTICE)
d.adoptedStyleSheets = [...d.adoptedStyleSheets, sheet]
link.href = mirror
link.textContent = mirror
note.className = "offline"
note.setAttribute("role", "status")
mirror ? note.append(...words.mirror.split(/({address})/).map(text => text == "{address}" ? link : text))
: note.append(words.copy.replace("{date}", new Date(+copy).toLocaleDateString(lang, { dateStyle: "long" })), " ", ...second)
// Before the body, where it takes no room in any layout of a theme.
d.body.before(note)
// A page that is loaded once more keeps what was at its top there, and would hide the notice above.
addEventListener("scroll", () => Math.abs(scrollY - note.offsetHeight) < 2 && scrollTo(0, 0), { once: true })
}
d.querySelector("[src^='/.linkhome/']") || navigator.serviceWorker?.register(new URL("../sw.js", d.currentScript.src), { updateViaCache: "none" }).catch(() => {})
})(document)
