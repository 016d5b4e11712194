// Visit one theme's pages and print what was found as one JSON object.
// Argument: {"servers": ["http://127.0.0.1:…/", …], "audited": {"example home": "example/", …}, "narrow": ["german/", …], "home": "example/"}
import { createRequire } from 'node:module';
import { openBrowser, settle } from '../../scripts/chromium.mjs';
import { misunderstood } from './declarations.mjs';
import { inTime, late, painted, shifts, watchShifts } from './typefaces.mjs';

const { servers, audited, narrow, home } = JSON.parse(process.argv[2]);
const { source: axe } = createRequire(import.meta.url)('axe-core');
const found = { axe: [], shifts: [], late: [], animations: [], sideways: [], copy: [], small: [], unseen: [], foreign: [], unknown: [],
  declarations: 0, fonts: 0, focusable: 0 };
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 800 };
const browser = await openBrowser();
const own = (url) => url.startsWith('data:') || servers.some((server) => url.startsWith(server));
const at = (path) => new URL(path, servers[0]).href;

// A window of its own for each visit costs as much as the visit: a page is used again and again. Nothing is remembered
// between two visits: the cache is off, and so are the copies for offline, past which no request could be held back.
async function blank(options) {
  const context = await browser.newContext({ reducedMotion: 'reduce', serviceWorkers: 'block', ...options });
  const page = await context.newPage();
  await (await context.newCDPSession(page)).send('Network.setCacheDisabled', { cacheDisabled: true });
  page.on('request', (r) => { if (!own(r.url())) found.foreign.push(r.url()); });
  await watchShifts(page);
  return { page, close: () => context.close() };
}

async function open(page, path, viewport, colorScheme) {
  await page.goto('about:blank');
  await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme });
  await page.goto(at(path));
}

async function audit(page, name, path, viewport, colorScheme) {
  await open(page, path, viewport, colorScheme);
  await painted(page); // a page that is scrolled before it stands there keeps its place, and hides what moves
  const where = `${name} ${viewport.width} ${colorScheme}`;
  await settle(page);
  const shifted = await shifts(page);
  if (shifted) found.shifts.push(`${where}: ${shifted}`);
  const moving = await page.evaluate(() => document.getAnimations().filter((a) => a.playState === 'running').length);
  if (moving) found.animations.push(`${where}: ${moving}`);
  const { count, unknown } = await misunderstood(page);
  found.declarations += count;
  found.unknown.push(...unknown.map((one) => `${where}: ${one}`));
  await page.evaluate(() => { for (const fold of document.querySelectorAll('details')) fold.open = true; });
  await page.evaluate(axe);
  const result = await page.evaluate(() => globalThis.axe.run(document, {
    resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }));
  found.axe.push(...result.violations.map((v) =>
    `${where}: ${v.id} (${v.help}): ${v.nodes.slice(0, 5).map((n) => n.target.join(' ')).join(', ')}`));
}

// The first screen stands as still when typefaces come late: what stands in for them takes exactly their room.
async function waitForFonts(path, viewport) {
  const { page, close } = await blank({ viewport });
  const arrive = await late(page);
  const sizes = [];
  page.on('response', async (r) => { if (r.url().endsWith('.woff2')) sizes.push(r.body().then((b) => b.length)); });
  await page.goto(at(path), { waitUntil: 'domcontentloaded' });
  await painted(page);
  await arrive();
  const shifted = await shifts(page);
  if (shifted) found.late.push(`${path} ${viewport.width}: ${shifted}`);
  found.fonts = (await Promise.all(sizes)).reduce((a, b) => a + b, 0);
  await close();
}

// Nothing sticks out, in the narrowest window, with everything unfolded, whether typefaces ever come or not.
async function squeeze(paths) {
  const { page, close } = await blank({ viewport: { width: 320, height: 640 } });
  const arrive = await late(page);
  const look = async (where) => {
    const wide = await page.evaluate(() => {
      for (const fold of document.querySelectorAll('details')) fold.open = true;
      const room = document.documentElement.clientWidth;
      if (document.documentElement.scrollWidth <= room) return null;
      const out = [...document.body.querySelectorAll('*')].filter((e) => {
        const box = e.getBoundingClientRect();
        return box.right > room + 0.5 || box.left < -0.5;
      });
      return out.slice(0, 3).map((e) => `${e.tagName.toLowerCase()}.${e.className}`).join(', ') || 'the page';
    });
    if (wide) found.sideways.push(`${where}: ${wide}`);
  };
  for (const path of paths) {
    await page.goto(at(path), { waitUntil: 'domcontentloaded' });
    await look(`${path} without its typefaces`);
    await arrive();
    await look(path);
  }
  await close();
}

// What a thumb has to hit: buttons, fields, icons, folds, and links that look like buttons.
async function measureTargets(page, path) {
  await open(page, path, PHONE, 'light');
  found.small.push(...await page.evaluate(() => {
    const wanted = 'button, input:not([type=checkbox], [type=hidden], .skip *), summary, .btn, .icons a, .row';
    return [...document.querySelectorAll(wanted)].filter((e) => e.checkVisibility()).map((e) => [e, e.getBoundingClientRect()])
      .filter(([e, box]) => Math.min(box.width, box.height) < 43.5)
      .map(([e, box]) => `${e.tagName.toLowerCase()}.${e.className} ${Math.round(box.width)}×${Math.round(box.height)}`);
  }));
}

// Whatever takes the focus from the keyboard shows it: an outline or a shadow, on itself or on what lies around it.
async function walkByKeyboard(page, path, colorScheme) {
  await open(page, path, DESK, colorScheme);
  await page.evaluate(() => { for (const fold of document.querySelectorAll('details')) fold.open = true; });
  let last = '';
  for (let step = 0; step < 150; step++) {
    await page.keyboard.press('Tab');
    const seen = await page.evaluate(() => {
      const e = document.activeElement;
      if (!e || e === document.body) return null;
      const rings = (style) => (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
      let ring = false;
      for (let at = e, up = 0; at && up < 4 && !ring; at = at.parentElement, up++) {
        ring = rings(getComputedStyle(at)) || rings(getComputedStyle(at, '::after')) || rings(getComputedStyle(at, '::before'));
      }
      return { name: `${e.tagName.toLowerCase()}.${e.className} ${e.textContent.trim().slice(0, 30)}`, ring };
    });
    if (!seen) break;
    found.focusable += 1;
    if (!seen.ring && seen.name !== last) found.unseen.push(`${colorScheme}: ${seen.name}`);
    last = seen.name;
  }
}

// On a page that is a copy the notice comes first, can be read, and moves all the rest down by its own height.
async function tellOfCopy(page, path, viewport) {
  const measured = [];
  for (const copy of [false, true]) {
    if (copy) await page.route(at(path), async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: (await answer.text()).replace('<html ', '<html data-copy="1795000000000" ') });
    });
    await open(page, path, viewport, 'light');
    measured.push(await page.evaluate(() => {
      const box = document.querySelector('.offline')?.getBoundingClientRect();
      const seen = box && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)?.closest('.offline');
      const rest = ['main', 'h1', 'footer'].map((one) => document.querySelector(one).getBoundingClientRect()).map(({ x, y, width }) =>
        [x, y - (box?.height ?? 0), width].map(Math.round).join());
      return { notice: box && seen ? [box.x, box.y, box.width].join() : '', rest: rest.join(' ') };
    }));
  }
  await page.unroute(at(path));
  const [before, after] = measured;
  if (after.notice !== `0,0,${viewport.width}`) found.copy.push(`${viewport.width}: the notice is at ${after.notice || 'no place'}`);
  if (before.rest !== after.rest) found.copy.push(`${viewport.width}: ${before.rest} becomes ${after.rest}`);
}

const { page: eye } = await blank({});
await inTime(eye);
const { page: hand } = await blank({});
// The example's home in every way; each other page in one of two ways, in turn.
for (const viewport of [PHONE, DESK]) for (const mode of ['light', 'dark']) await audit(eye, 'home', home, viewport, mode);
for (const [number, [name, path]] of Object.entries(audited).filter(([name]) => name !== 'home').entries()) {
  await (number % 2 ? audit(eye, name, path, PHONE, 'light') : audit(eye, name, path, DESK, 'dark'));
}
for (const viewport of [PHONE, DESK]) await waitForFonts(home, viewport);
await squeeze(narrow);
for (const viewport of [PHONE, DESK]) await tellOfCopy(hand, home, viewport);
await measureTargets(hand, home);
await walkByKeyboard(hand, home, 'light');
await walkByKeyboard(hand, home, 'dark');
await browser.close();
console.log(JSON.stringify(found));
