// Keeps a copy of this site on the visitor's device, and shows it when the host does not answer.
const { version, must, more, homes, places } = PLAN
const { scope } = registration
// Other sites may live on the same host: only what begins with this is ours.
const MINE = `linkhome ${scope} `, KEPT = MINE + version, SEEN = MINE + "seen"
const TIME = "x-linkhome-kept", MOST = 60, AGAIN = 15e3
const PARTS = ["style", "script", "image", "font", "manifest"]
// When the host last failed: for a while after that nobody waits long for it.
let failed = 0

const at = path => new URL(path, scope).href
const bare = url => url.split(/[?#]/)[0].replace(/\/index\.html$/, "/")
const hashed = url => /\.[0-9a-f]{8}[-.][^/]*$/.test(url)
const within = (time, promise) => Promise.race([promise, new Promise((_, no) => setTimeout(no, time))])
const patience = time => Date.now() - failed < AGAIN ? Math.min(time, 500) : time

async function copyOf(url) {
  for (const name of [KEPT, SEEN]) {
    const found = await (await caches.open(name)).match(url, { ignoreVary: true })
    if (found) return found
  }
}

function again(response, change) {
  const headers = new Headers(response.headers)
  for (const name of ["content-encoding", "content-length"]) headers.delete(name)
  change(headers)
  return headers
}

async function keep(name, url, response) {
  const headers = again(response, all => all.set(TIME, Date.now()))
  await (await caches.open(name)).put(url, new Response(await response.blob(), { headers }))
}

// What was seen beside the copy is kept, too, the latest of it.
async function remember(url, response) {
  await keep(SEEN, url, response)
  const cache = await caches.open(SEEN), all = await cache.keys()
  for (const old of all.slice(0, -MOST)) await cache.delete(old)
}

async function take(path) {
  const url = at(path), old = hashed(url) && await caches.match(url, { ignoreVary: true })
  const got = old || await fetch(url, { cache: "reload", signal: AbortSignal.timeout(60e3) })
  if (!got.ok || got.redirected) throw new Error(`${url} answers ${got.status}`)
  await keep(KEPT, url, got)
}

async function install() {
  try {
    await Promise.all(must.map(take))
  } catch (problem) {
    await caches.delete(KEPT)
    throw problem
  }
  for (const path of more) await take(path).catch(() => {})
  await skipWaiting()
}

async function activate() {
  for (const name of await caches.keys()) {
    if (name.startsWith(MINE) && name != KEPT && name != SEEN) await caches.delete(name)
  }
  await clients.claim()
}

// The same file at another address of the creator's.
async function elsewhere(url) {
  for (const place of places) {
    if (place == scope) continue
    try {
      const way = place + url.slice(scope.length)
      const got = await fetch(way, { credentials: "omit", signal: AbortSignal.timeout(5e3) })
      if (got.ok && !got.redirected) return { got, way }
    } catch {}
  }
}

async function marked(response, name, value) {
  const html = await response.text()
  return new Response(html.replace("<html ", () => `<html data-${name}="${value}" `), { headers: again(response, () => {}) })
}

async function page(e) {
  const url = bare(e.request.url), own = await copyOf(url)
  const home = homes.map(at).find(one => url.startsWith(one))
  let answer
  try {
    answer = await within(patience(own ? 3e3 : 10e3), fetch(e.request))
    // Where a host has taken down the whole site, not even the front page is there.
    const down = answer.status > 499 || answer.status > 399 && own && url == home
    if (!down) {
      failed = 0
      const html = answer.ok && !answer.redirected && /^text\/html/.test(answer.headers.get("content-type"))
      const known = html && await (await caches.open(KEPT)).match(url, { ignoreVary: true })
      if (html && !known) e.waitUntil(remember(url, answer.clone()).catch(() => {}))
      return answer
    }
  } catch {}
  failed = Date.now()
  const other = await elsewhere(url)
  if (other && /^text\/html/.test(other.got.headers.get("content-type"))) return marked(other.got, "mirror", other.way.replace(/["<>&]/g, encodeURIComponent))
  if (own) return marked(own, "copy", own.headers.get(TIME))
  if (home && home != url && await copyOf(home)) return Response.redirect(home)
  return answer || Response.error()
}

// A picture in another width is better than none.
async function sibling(url) {
  const [stem] = url.match(/^.*\.[0-9a-f]{8}(?=(-\d+)?\.\w+$)/) || []
  if (!stem) return
  for (const name of [KEPT, SEEN]) {
    const cache = await caches.open(name), found = (await cache.keys()).find(one => one.url.startsWith(stem))
    if (found) return cache.match(found)
  }
}

async function part(e) {
  const url = bare(e.request.url), own = await copyOf(url)
  if (own && hashed(url)) return own
  let answer
  try {
    answer = await within(patience(10e3), fetch(e.request))
    if (answer.ok || answer.status < 500 && !own) {
      if (answer.status == 200 && hashed(url)) e.waitUntil(remember(url, answer.clone()).catch(() => {}))
      return answer
    }
  } catch {}
  if (own) return own
  const other = await elsewhere(url)
  if (other) return new Response(await other.got.blob(), { headers: again(other.got, () => {}) })
  return await sibling(url) || answer || Response.error()
}

self.addEventListener("install", e => e.waitUntil(install()))
self.addEventListener("activate", e => e.waitUntil(activate()))
self.addEventListener("fetch", e => {
  const { method, url, mode, destination, headers } = e.request
  if (method != "GET" || !url.startsWith(scope) || headers.has("range")) return
  if (mode == "navigate") e.respondWith(page(e))
  else if (PARTS.includes(destination)) e.respondWith(part(e))
})
