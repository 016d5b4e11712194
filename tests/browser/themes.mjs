// Visit one theme's pages and print what was found as one JSON object.
// Argument: {"server": "http://127.0.0.1:…/", "audited": {"example home": "example/", …}, "narrow": ["german/", …], "home": "example/"}
import { createRequire } from 'node:module';
import { openBrowser, settle } from '../../scripts/chromium.mjs';

const { server, audited, narrow, home } = JSON.parse(process.argv[2]);
const { source: axe } = createRequire(import.meta.url)('axe-core');
const found = { axe: [], shifts: [], animations: [], sideways: [], small: [], unseen: [], foreign: [], fonts: 0, focusable: 0 };
const browser = await openBrowser();

async function open(path, options) {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  page.on('request', (r) => { if (!r.url().startsWith(server) && !r.url().startsWith('data:')) found.foreign.push(r.url()); });
  await page.addInitScript(() => {
    globalThis.shifted = 0;
    new PerformanceObserver((list) => { for (const e of list.getEntries()) globalThis.shifted += e.value; })
      .observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(server + path);
  return { page, close: () => context.close() };
}

async function audit(name, path, viewport, colorScheme) {
  const { page, close } = await open(path, { viewport, colorScheme });
  const where = `${name} ${viewport.width} ${colorScheme}`;
  await settle(page);
  const shifted = await page.evaluate(() => globalThis.shifted);
  // The words of a page are a little wider or narrower until its typefaces are there. On the first screen of the example
  // that moves nothing; elsewhere a line may break differently, by less than what counts as good (0.1).
  if (shifted > (name === 'home' ? 0.002 : 0.1)) found.shifts.push(`${where}: ${shifted}`);
  const moving = await page.evaluate(() => document.getAnimations().filter((a) => a.playState === 'running' && a.animationName !== 'faces').length);
  if (moving) found.animations.push(`${where}: ${moving}`);
  await page.evaluate(() => { for (const fold of document.querySelectorAll('details')) fold.open = true; });
  await page.evaluate(axe);
  const result = await page.evaluate(() => globalThis.axe.run(document, {
    resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }));
  found.axe.push(...result.violations.map((v) =>
    `${where}: ${v.id} (${v.help}): ${v.nodes.slice(0, 5).map((n) => n.target.join(' ')).join(', ')}`));
  await close();
}

// Nothing sticks out, in the narrowest window, with everything unfolded.
async function squeeze(path) {
  const { page, close } = await open(path, { viewport: { width: 320, height: 640 } });
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
  if (wide) found.sideways.push(`/${path}: ${wide}`);
  await close();
}

// What a thumb has to hit: buttons, fields, icons, folds, and links that look like buttons.
async function measureTargets(path) {
  const { page, close } = await open(path, { viewport: { width: 390, height: 844 } });
  found.small.push(...await page.evaluate(() => {
    const wanted = 'button, input:not([type=checkbox], [type=hidden]), summary, .btn, .icons a, .row';
    return [...document.querySelectorAll(wanted)].filter((e) => e.checkVisibility()).map((e) => [e, e.getBoundingClientRect()])
      .filter(([e, box]) => Math.min(box.width, box.height) < 43.5)
      .map(([e, box]) => `${e.tagName.toLowerCase()}.${e.className} ${Math.round(box.width)}×${Math.round(box.height)}`);
  }));
  await close();
}

// Whatever takes the focus from the keyboard shows it: an outline or a shadow, on itself or on what lies around it.
async function walkByKeyboard(path, colorScheme) {
  const { page, close } = await open(path, { viewport: { width: 1280, height: 800 }, colorScheme });
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
  await close();
}

async function weighFonts(path) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const sizes = [];
  page.on('response', async (r) => { if (r.url().endsWith('.woff2')) sizes.push(r.body().then((b) => b.length)); });
  await page.goto(server + path);
  await settle(page);
  found.fonts = (await Promise.all(sizes)).reduce((a, b) => a + b, 0);
  await context.close();
}

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 800 };
// The example's home in every way; each other page in one of two ways, in turn.
for (const viewport of [PHONE, DESK]) for (const mode of ['light', 'dark']) await audit('home', home, viewport, mode);
for (const [number, [name, path]] of Object.entries(audited).filter(([name]) => name !== 'home').entries()) {
  await (number % 2 ? audit(name, path, PHONE, 'light') : audit(name, path, DESK, 'dark'));
}
for (const path of narrow) await squeeze(path);
await measureTargets(home);
await walkByKeyboard(home, 'light');
await walkByKeyboard(home, 'dark');
await weighFonts(home);
await browser.close();
console.log(JSON.stringify(found));
