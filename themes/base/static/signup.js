// Sends a sign-up without leaving the page; what nobody takes is kept on this device, for some days at most.
(d => {
let { targets, days } = SIGNUP,
words = WORDS[d.documentElement.lang],
own = "signup " + new URL("..", d.currentScript.src).pathname,
keys = { email: "email", "given-name": "first_name", "family-name": "last_name", tel: "phone" },
rules = { email: /@.+\.\D[^.]+$/, phone: /^(?=(\D*\d){5,15}\D*$)[+\d\s()./-]+$/ },
hosts = ["gmail.com", "hotmail.com", "outlook.com", "yahoo.com", "icloud.com", "t-online.de"],
sheet = AbortSignal.timeout(1) && new CSSStyleSheet,
forms = [...d.querySelectorAll("[data-signup]")],
find = (form, what) => form.querySelector(what),
line = form => find(form, "[role=status]"),
place = line(forms[0]), count = 0, timer,
hold = (form, on) => find(form, "button:not([type=button])").setAttribute("aria-disabled", !!on),
make = (what, more, ...inside) => { let made = Object.assign(d.createElement(what), more); made.append(...inside); return made },
button = (text, onclick) => make("button", { type: "button", onclick }, text),
say = (word, value) => words[word].replace(/{\w+}/, () => value),
tell = (...what) => place.replaceChildren(...what),
look = text => { tell(text); place.tabIndex = -1; place.focus() },
pause = () => new Promise(done => setTimeout(done, 99)),

// What is wrong with a field, and what was hardly meant.
key = input => input.type != "checkbox" ? keys[input.autocomplete] : input.dataset.for ? "phone_consent" : "consent",
fault = (input, phone) => {
  let what = key(input), value = input.value.trim(), rule = rules[what]
  return (input.type == "checkbox" ? !input.checked && (input.required || phone) : input.required && !value) ? words[what + "_missing"] || input.validationMessage
  : value && rule && !(input.validity.valid && rule.test(value)) ? say(what + "_wrong", value) : ""
},
mark = (input, bad, more = "") => { input.said.replaceChildren(bad, more); input.setAttribute("aria-invalid", !!bad) },
guess = input => {
  let [name, host] = input.value.trim().split("@"),
  near = one => [one.slice(0, -1) + "n", ...[...one.slice(3)].map((_, i) => one.slice(0, ++i) + ".{1,3}" + one.slice(i + 2))],
  meant = hosts.find(one => one != host && near(one).some(like => RegExp(`^${like}$`).test(host)))
  if (meant) mark(input, "", button(say("email_typo", meant = name + "@" + meant), () => { input.value = meant; mark(input, ""); input.focus() }))
},

// What is kept, by this site alone.
kept = () => { try { return JSON.parse(localStorage[own]).filter(one => Math.abs(Date.now() - one.time) < days * 864e5) } catch { return [] } },
store = all => { try { all[0] ? localStorage[own] = JSON.stringify(all) : delete localStorage[own]; return 1 } catch {} },
has = entry => kept().some(one => one.email == entry.email),
without = entry => kept().filter(one => one.email != entry.email),
keep = ({ tries = 0, ...entry }, { rest, lost }) => {
  let wait = Math.max(Math.min(rest, 864e5), Math.min(15e3 * 2 ** tries, 36e5))
  if (!tries && entry.consent) entry.consent += " " + new Date(entry.time).toISOString()
  return store([{ ...entry, lost, tries: tries + 1, next: Date.now() + wait }, ...without(entry)])
},

// Sending to one that lets itself be asked: it is done, the answer is no, or it wants a rest.
ask = (url, more) => fetch(url, { signal: AbortSignal.timeout(8e3), ...more }),
pairs = ({ hidden, onward, names }, entry) => [...hidden, ...onward?.[d.documentElement.lang] || [], ...Object.keys(names).filter(key => entry[key]).map(key => [names[key], entry[key]])],
post = async ({ fetch: to, confirms }, entry) => {
  let sent = pairs(to, entry), headers = { Accept: to.accept }, body = new URLSearchParams(sent)
  try {
    if (to.json) {
      let token = to.token && await ask(to.token)
      if (token.ok) sent.push(["integrityToken", await token.text()])
      headers["Content-Type"] = "application/json"
      body = JSON.stringify(Object.fromEntries(sent.map(([name, value], i) => [name, to.hidden[i] && /^([[{]|true$|false$)/.test(value) ? JSON.parse(value) : value])))
    }
    let answer = await ask(to.url, { method: "POST", headers, body }), json = await answer.json().catch(() => {}),
    { ok, status } = answer, after = answer.headers.get("Retry-After"), no = json?.message || json?.errors?.[0]?.message,
    [path, wanted] = to.success.split("="), value = path ? path.split(".").reduce((at, key) => at?.[key], json) : 1
    return ok && (wanted ? value + "" == wanted : value != null && value !== false) ? { done: json?.confirm ?? json?.data?.has_optin ?? confirms ? words.confirm : words.done }
    : ok && !json || status > 499 || status == 429 ? { rest: after * 1e3 || Date.parse(after) - Date.now() || 0 }
    : { no: no?.trim ? say("refused", no) : words.failed }
  } catch (e) { return { rest: 0, lost: e.name == "TypeError" } }
},
// Whether a host is there at all. Nobody may read what it says, so this is never taken for a yes.
there = async ({ action }) => {
  let barred, at = path => ask(new URL(path, new URL(action, location)), { method: "HEAD", mode: "no-cors" })
  d.addEventListener("securitypolicyviolation", () => barred = 1)
  try { return await Promise.any([at("/"), at("/favicon.ico")]) } catch { await pause(); return barred }
},
leave = ({ action, method, trap, ...what }, entry, form) => {
  form || d.body.append(form = make("form", { action, method }, ...[...pairs(what, entry), [trap, ""]].map(([name, value]) => make("input", { type: "hidden", name, value }))))
  HTMLFormElement.prototype.submit.call(form)
  return { left: 1 }
},
deliver = async (entry, form) => {
  let rest = 0, lost
  for (let target of targets) if (form || has(entry)) {
    let { fetch, native } = target, got = fetch ? await post(target, entry)
    : form && await there(native) ? leave(native, entry, target == targets.find(one => one.native) && form) : { rest }
    if (!("rest" in got)) return got
    rest = Math.max(rest, got.rest)
    lost ||= got.lost
  }
  return { rest, lost }
},

// Sending later what was kept. Where a form is all there is, the visitor has to ask for it.
work = async force => {
  let said
  for (let entry of kept()) if (navigator.onLine && (force || entry.next < Date.now())) {
    let got = await deliver(entry)
    if (!("rest" in got)) { store(without(entry)); said = got.no || words.sent + " " + got.done }
    else has(entry) && keep(entry, got)
    await pause()
  }
  remind()
  kept()[0] || said && tell(said)
},
flush = force => store(kept()) && (navigator.locks?.request(own, () => work(force)) ?? work(force)),
now = async () => {
  look(words.sending)
  await flush(1)
  let [entry] = kept(), open = targets.filter(one => entry && one.native && (!one.fetch || entry.lost)), up = await Promise.all(open.map(one => there(one.native))),
  one = open.find((_, i) => up[i])
  if (one) store(without(entry))
  one ||= open.find(one => !one.fetch)
  one && leave(one.native, entry)
},
remind = () => {
  let left = kept()
  clearTimeout(timer)
  if (!left[0]) return forms.map(form => find(line(form), "button") && line(form).replaceChildren())
  timer = setTimeout(flush, Math.max(5e3, Math.min(...left.map(one => one.next)) - Date.now()))
  find(place, "button") || tell(words.kept, button(words.send_now, now), button(words.delete, () => { store([]); remind(); look(words.deleted) }))
},
start = () => { for (let form of forms) { line(form).replaceChildren(); hold(form) } remind(); flush() }
sheet.replaceSync(LOOKS)
d.adoptedStyleSheets = [...d.adoptedStyleSheets, sheet]
for (let form of forms) {
  let inputs = [...form.querySelectorAll("input:not([type=hidden],.skip *)")]
  form.noValidate = true
  for (let input of inputs) {
    let id = "said" + ++count, by = input.getAttribute("aria-describedby")
    input.said = make("span", { id, className: "said" })
    input.said.setAttribute("role", "alert");
    (input.closest(".yes") || input).after(input.said)
    input.setAttribute("aria-describedby", by ? by + " " + id : id)
    input.oninput = () => { mark(input, ""); input.type == "email" && guess(input); line(form).textContent == words.sending || hold(form) }
  }
  form.onsubmit = async e => {
    e.preventDefault()
    if (find(form, "[aria-disabled=true]")) return
    let entry = { time: Date.now() }, wrong, got
    for (let input of inputs) if (input.type != "checkbox" || input.checked) entry[key(input)] = input.value.trim()
    for (let input of inputs) {
      let text = fault(input, entry.phone)
      if (text || input.matches("[aria-invalid=true]")) mark(input, text)
      if (text) wrong ||= input
    }
    place = line(form)
    tell()
    if (wrong) { let fold = wrong.closest("details"); if (fold) fold.open = true; return wrong.focus() }
    hold(form, 1)
    tell(words.sending)
    got = find(form, ".skip :checked") || find(form, ".skip input:not([type=checkbox])")?.value ? { done: words.done } : await deliver(entry, form)
    if (got.left) return setTimeout(hold, 8e3, form)
    if (got.done) store(without(entry))
    else if (!got.no && !keep(entry, got)) got.no = words.unkept
    tell(got.done || got.no || "")
    if (got.no) return hold(form)
    form.reset()
    got.done || remind()
  }
}
addEventListener("online", () => flush())
d.addEventListener("visibilitychange", () => d.hidden || flush())
addEventListener("pageshow", e => e.persisted && start())
start()
})(document)
