// Visit the built example site as people do, and print what was found as one JSON object. One browser for everything.
// Argument: {"server": "http://127.0.0.1:…/", "folder": "…/public", "kinds": {"home": "", …}, "pages": ["", "posts/", …]}
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { openBrowser, settle } from '../../scripts/chromium.mjs';
import { inTime, painted, shifts, watchShifts } from './typefaces.mjs';

const { server, folder, kinds, pages } = JSON.parse(process.argv[2]);
const { source: axe } = createRequire(import.meta.url)('axe-core');
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 800 };
const browser = await openBrowser();
const found = { axe: [], shifts: [], animations: [], sideways: [], withoutScript: [], travels: {},
  requests: [], failed: [], errors: [], pictures: [], texts: {} };

// A window of its own for each visit costs as much as the visit: a few pages are used again and again. Nothing is
// remembered between two visits, for the cache is off, and the site keeps nothing unasked.
async function open(options) {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  await (await context.newCDPSession(page)).send('Network.setCacheDisabled', { cacheDisabled: true });
  const where = () => page.url().replace(server, '/');
  page.on('request', (r) => found.requests.push(r.url()));
  page.on('requestfailed', (r) => { // what is still under way when we leave a page counts as aborted, and is no fault
    const why = r.failure()?.errorText;
    if (why !== 'net::ERR_ABORTED') found.failed.push(`${r.url()} ${why}`);
  });
  page.on('response', (r) => { if (r.status() >= 400) found.failed.push(`${r.url()} ${r.status()}`); });
  page.on('console', (m) => { if (m.type() === 'error') found.errors.push(`${where()}: ${m.text()}`); });
  page.on('pageerror', (e) => found.errors.push(`${where()}: ${e.message}`));
  await watchShifts(page);
  return { page, close: () => context.close() };
}

// What a person can read, folded parts included.
const readable = (page) => page.evaluate(() => {
  for (const fold of document.querySelectorAll('details')) fold.open = true;
  return document.body.innerText.replace(/\s+/g, ' ').trim();
});

async function audit(page, kind, path, viewport, colorScheme) {
  const name = `${kind} ${viewport.width} ${colorScheme}`;
  await page.goto('about:blank');
  await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme });
  await page.goto(server + path);
  await painted(page); // a page that is scrolled before it stands there keeps its place, and hides what moves
  await settle(page);
  const shifted = await shifts(page);
  if (shifted) found.shifts.push(`${name}: ${shifted}`);
  const moving = await page.evaluate(() => document.getAnimations().filter((a) => a.playState === 'running').length);
  if (moving) found.animations.push(`${name}: ${moving}`);
  const blank = await page.evaluate(() => [...document.images].filter((i) => i.checkVisibility() && !i.naturalWidth).map((i) => i.src));
  found.pictures.push(...blank.map((src) => `${name}: ${src}`));
  if (viewport === DESK) await readable(page); // what is folded must be readable when it is opened
  await page.evaluate(axe);
  const result = await page.evaluate(() => globalThis.axe.run(document, {
    resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }));
  found.axe.push(...result.violations.map((v) =>
    `${name}: ${v.id} (${v.help}): ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`));
}

async function compareWithoutScript(readers, kind, path) {
  const texts = [];
  for (const page of readers) {
    await page.goto(server + path);
    texts.push(await readable(page));
  }
  found.texts[kind] = texts[1].length;
  if (texts[0] !== texts[1]) found.withoutScript.push(`${kind}: ${texts[0]} | ${texts[1]}`);
}

async function walkNarrow() {
  const { page, close } = await open({ viewport: { width: 320, height: 640 } });
  for (const path of pages) {
    await page.goto(server + path);
    await page.evaluate(() => document.fonts.ready);
    const wide = await page.evaluate(() => {
      for (const fold of document.querySelectorAll('details')) fold.open = true;
      const room = document.documentElement.clientWidth;
      if (document.documentElement.scrollWidth <= room) return null;
      const out = [...document.body.querySelectorAll('*')].filter((e) => e.getBoundingClientRect().right > room + 0.5);
      return out.slice(0, 3).map((e) => `${e.tagName.toLowerCase()}.${e.className}`).join(', ') || 'the page';
    });
    if (wide) found.sideways.push(`/${path}: ${wide}`);
  }
  await close();
}

// From home to a post, to the home page in the other language, and back: each step by a click on a visible link.
async function travel(name, start) {
  const { page, close } = await open({ viewport: PHONE });
  const steps = [];
  const here = async () => steps.push(await page.evaluate(() => [
    document.documentElement.lang, document.body.querySelectorAll('h1').length, document.title !== '']));
  const click = async (selector) => {
    await page.locator(selector).filter({ visible: true }).first().click();
    await page.waitForLoadState('load');
    await here();
  };
  await page.goto(start);
  await here();
  await click('main a[href*="posts/"]:not([href$="posts/"], [href$="posts/index.html"])');
  const post = page.url();
  await page.goBack();
  await click('a[hreflang="de"]');
  const german = page.url();
  await page.goBack();
  await here();
  found.travels[name] = { steps, post: post.replace(start, ''), german: german.replace(start, ''), home: page.url() === start };
  await close();
}

const { page: eye } = await open({});
await inTime(eye);
const readers = [];
for (const javaScriptEnabled of [true, false]) readers.push((await open({ viewport: PHONE, javaScriptEnabled })).page);
for (const [kind, path] of Object.entries(kinds)) {
  for (const viewport of [PHONE, DESK]) for (const mode of ['light', 'dark']) await audit(eye, kind, path, viewport, mode);
  await compareWithoutScript(readers, kind, path);
}
await walkNarrow();
await travel('root', server);
await travel('repo', `${server}repo/`);
await travel('disk', pathToFileURL(`${folder}/index.html`).href);
await browser.close();
console.log(JSON.stringify(found));
