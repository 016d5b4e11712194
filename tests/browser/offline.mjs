// Visit sites whose host fails in every way. Print what was found as one JSON object.
// Argument: {"one": folder, "two": folder, "off": folder}: the same site in two builds, and with "offline: false"
import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { openBrowser } from '../../scripts/chromium.mjs';

const folders = JSON.parse(process.argv[2]);
const KINDS = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.webmanifest': 'application/manifest+json', '.woff2': 'font/woff2', '.avif': 'image/avif', '.webp': 'image/webp', '.png': 'image/png', '.jpg': 'image/jpeg', '.json': 'application/json' };
const MIRROR = 'https://mirror.example/';

// A host that serves a folder, or fails: `way` is up, hang, 503, reset or gone; stop() and start() keep the port.
class Host {
  constructor(folder) {
    Object.assign(this, { folder, way: 'up', mirror: MIRROR, also: {}, inside: '', log: [] });
    this.server = createServer((request, response) => this.answer(request, response));
  }

  async start() {
    await new Promise((done) => this.server.listen(this.port || 0, '127.0.0.1', done));
    this.port = this.server.address().port;
    this.address = `http://127.0.0.1:${this.port}/`;
    return this;
  }

  async stop() {
    const stopped = new Promise((done) => this.server.close(done));
    this.server.closeAllConnections();
    await stopped;
  }

  answer(request, response) {
    const path = decodeURIComponent(new URL(request.url, this.address).pathname);
    this.log.push(path);
    if (this.way === 'hang') return;
    if (this.way === 'reset') return void request.socket.resetAndDestroy();
    if (this.way === '503') return void response.writeHead(503, { 'content-type': 'text/html' }).end('<title>down</title>');
    if (this.way === 'gone') return void response.writeHead(404, { 'content-type': 'text/html' }).end('<title>no such account</title>');
    let file = join(this.folder, path);
    try { if (statSync(file).isDirectory()) file = join(file, 'index.html'); } catch { file = join(this.folder, '404.html'); }
    let data = readFileSync(file);
    if (file.endsWith('sw.js')) data = data.toString().replaceAll(MIRROR, this.mirror);
    if (file.endsWith('.html') && this.inside) data = data.toString().replace('</body>', `${this.inside}</body>`);
    response.writeHead(file.endsWith('404.html') ? 404 : 200, { 'content-type': KINDS[extname(file)] || 'application/octet-stream', 'cache-control': 'no-cache', ...this.also }).end(data);
  }
}

const browser = await openBrowser();
const hosts = [];

async function site(folder) {
  const host = await new Host(folder).start();
  hosts.push(host);
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  await context.addInitScript(() => addEventListener('securitypolicyviolation', (e) => console.error(`policy: ${e.violatedDirective} ${e.blockedURI}`)));
  return { host, context, errors: [] };
}

// What a visitor sees at an address, in a new tab.
async function seen({ host, context, errors }, path = '', twice = false) {
  const page = await context.newPage();
  page.on('pageerror', (e) => errors.push(e.message));
  page.on('console', (m) => { if (/^policy:/.test(m.text())) errors.push(m.text()); });
  const begun = Date.now();
  let failed = '';
  await page.goto(host.address + path, { waitUntil: 'load', timeout: 40_000 }).catch((e) => { failed = e.message.split('\n')[0]; });
  if (twice && !failed) await page.reload({ waitUntil: 'load' });
  const found = { failed, seconds: (Date.now() - begun) / 1000, at: page.url().replace(host.address, '/') };
  if (!failed) {
    Object.assign(found, await page.evaluate(async () => {
      const shown = (what) => document.querySelector(what)?.checkVisibility() ?? false;
      await document.fonts.ready;
      const face = document.querySelector('main img, header img, img');
      await face?.decode().catch(() => {});
      return { heading: document.querySelector('h1')?.textContent.trim(), notice: document.querySelector('.offline')?.textContent ?? '',
        top: document.querySelector('.offline')?.getBoundingClientRect().y ?? 0,
        link: document.querySelector('.offline a')?.href ?? '', form: shown('form[data-signup] [type=email]'), mail: shown('a[href*="mailto:"], a[href*="&#"], a[data-m], a[href^="mailto"]'),
        face: face?.naturalWidth > 0, styled: getComputedStyle(document.querySelector('.skip')).position === 'absolute' || document.styleSheets.length > 0,
        fonts: [...document.fonts].filter((one) => one.status === 'error').length, border: document.querySelector('.offline') && getComputedStyle(document.querySelector('.offline')).borderBlockEndWidth };
    }));
  }
  await page.close();
  return found;
}

// Ask on a page of the site until the answer is yes.
async function until({ host, context }, asked, given) {
  const page = await context.newPage();
  await page.goto(host.address);
  for (const last = Date.now() + 60_000; !await page.evaluate(asked, given).catch(() => false);) {
    if (Date.now() > last) throw new Error(`this never came true: ${asked}`);
    await page.waitForTimeout(100);
  }
  await page.close();
}

const version = (folder) => JSON.parse(/= (\{"version".*\})/.exec(readFileSync(join(folder, 'sw.js'), 'utf-8'))[1]).version;
// Until the copy of this build is there, and no other.
const kept = (one, folder) => until(one, async (wanted) => {
  const registration = await navigator.serviceWorker.getRegistration(), names = (await caches.keys()).filter((name) => !name.endsWith('seen'));
  return registration?.active?.state === 'activated' && !registration.installing && !registration.waiting && names.length === 1 && names[0].endsWith(wanted);
}, version(folder));

const stories = {
  async fails() {
    const one = await site(folders.one), { host } = one, found = {};
    found.first = await seen(one);
    await kept(one, folders.one);
    found.up = await seen(one);
    await seen(one, 'posts/trains/');
    for (const way of ['503', 'reset', 'gone', 'hang', 'stopped']) {
      await new Promise((done) => setTimeout(done, way === 'hang' ? 15_500 : 0)); // until the last failure is forgotten
      if (way === 'stopped') await host.stop(); else host.way = way;
      found[way] = await seen(one);
      found[`${way} again`] = await seen(one, '', true);
    }
    found.german = await seen(one, 'de/');
    found.unknown = await seen(one, 'de/nirgends/');
    found.post = await seen(one, 'posts/trains/index.html?from=feed');
    host.way = 'up';
    await host.start();
    found.back = await seen(one);
    return { ...found, errors: one.errors };
  },

  async updates() {
    const one = await site(folders.one), { host } = one;
    await kept(one, folders.one);
    host.folder = folders.two;
    const before = host.log.filter((path) => path === '/').length;
    await kept(one, folders.two); // one visit: a tab is opened, and stays open until the new build was fetched
    const visits = host.log.filter((path) => path === '/').length - before;
    await host.stop();
    return { visits, copy: await seen(one), errors: one.errors };
  },

  async killed() {
    const one = await site(folders.one), { host } = one;
    await kept(one, folders.one);
    host.folder = folders.off;
    const visit = await seen(one);
    await until(one, async () => (await navigator.serviceWorker.getRegistrations()).length === 0 && (await caches.keys()).length === 0);
    await host.stop();
    return { visit, down: await seen(one), errors: one.errors };
  },

  async mirrored() {
    const one = await site(folders.one), other = await new Host(folders.two).start(), { host } = one, found = {};
    hosts.push(other);
    host.mirror = other.address;
    other.also = { 'access-control-allow-origin': '*' };
    await kept(one, folders.one);
    found.before = other.log.length;
    await host.stop();
    found.mirror = await seen(one);
    found.named = found.mirror.link === other.address;
    found.unread = await seen(one, 'posts/ferries/');
    other.also = {};
    found.closed = await seen(one);
    return { ...found, errors: one.errors };
  },

  async previewed() {
    const one = await site(folders.one), { host } = one;
    host.inside = '<script src="/.linkhome/client.js" defer></script>';
    const page = await one.context.newPage();
    await page.goto(host.address, { waitUntil: 'load' });
    await page.waitForTimeout(1000);
    return { asked: host.log.includes('/sw.js'), registered: await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length) };
  },

  async installable() {
    const one = await site(folders.one);
    await kept(one, folders.one);
    const page = await one.context.newPage();
    await page.goto(one.host.address);
    const session = await one.context.newCDPSession(page);
    const { errors } = await session.send('Page.getAppManifest');
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    return { manifest: errors, faults: installabilityErrors.map((one) => one.errorId).filter((id) => id !== 'in-incognito') };
  },
};

const found = {};
await Promise.all(Object.entries(stories).map(async ([name, story]) => { found[name] = await story().catch((e) => ({ failed: e.stack })); }));
await browser.close();
for (const host of hosts) { host.server.close(); host.server.closeAllConnections(); }
console.log(JSON.stringify(found));
