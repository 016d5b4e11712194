// Takes back what an earlier sw.js of this site kept: the site has "offline: false". It has to stay for those who come late.
self.addEventListener("install", () => skipWaiting())
self.addEventListener("activate", e => e.waitUntil((async () => {
  const mine = `linkhome ${registration.scope} `
  for (const name of await caches.keys()) if (name.startsWith(mine)) await caches.delete(name)
  await registration.unregister()
})()))
