// Visit a site of cards as people do, and print what was found as one JSON object. Other hosts are answered here.
// Argument: {"server": "http://127.0.0.1:…/", "evil": "http://127.0.0.1:…/", "themes": ["base", …]}
import { createRequire } from 'node:module';
import { openBrowser } from '../../scripts/chromium.mjs';

const { server, evil, themes, pictures } = JSON.parse(process.argv[2]);
const { source: axe } = createRequire(import.meta.url)('axe-core');
const found = { themes: {}, evil: {} };
const browser = await openBrowser();
const FRAME = '<!doctype html><title>player</title><button>play</button>';

async function open(options = {}) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, reducedMotion: 'reduce', ...options });
  const asked = [], errors = [], tabs = [];
  const own = (url) => [server, evil].some((one) => one && url.startsWith(one)) || /^(data|blob|about):/.test(url);
  await context.route((url) => !own(url.href), (route) => {
    asked.push({ host: new URL(route.request().url()).host, url: route.request().url(), referer: route.request().headers().referer ?? '' });
    return route.fulfill({ contentType: 'text/html', body: FRAME });
  });
  const page = await context.newPage();
  context.on('page', (one) => tabs.push(one));
  page.on('pageerror', (e) => errors.push(e.message));
  page.on('dialog', (d) => { errors.push(`dialog: ${d.message()}`); d.dismiss(); });
  page.on('console', (m) => { if (m.type() === 'error') errors.push(m.text()); });
  await page.addInitScript(() => {
    globalThis.moved = 0;
    new PerformanceObserver((list) => { for (const e of list.getEntries()) if (!e.hadRecentInput) globalThis.moved += e.value; })
      .observe({ type: 'layout-shift', buffered: true });
  });
  return { context, page, asked, errors, tabs };
}

const FILM = '[data-play^="player.vimeo.com"]';
const attributes = (page) => page.evaluate(() => [...document.querySelectorAll('iframe')].map((f) => ({
  src: f.src, title: f.title, loading: f.loading, allow: f.allow, sandbox: f.sandbox.value, referrer: f.referrerPolicy,
  full: f.allowFullscreen, width: Math.round(f.getBoundingClientRect().width), height: Math.round(f.getBoundingClientRect().height) })));

async function visit(theme) {
  const told = (found.themes[theme] = {});
  const { context, page, asked, errors } = await open();
  const home = `${server}${theme}/index.html`;
  await page.goto(home);
  told.scripts = await page.evaluate(() => [...document.scripts].filter((s) => s.src).map((s) => s.src));
  told.described = await page.evaluate(() => [...document.querySelectorAll('[data-play]')].filter((c) => !c.querySelector('a').getAttribute('aria-description')).length);
  for (let y = 0; y < 12; y++) await page.mouse.wheel(0, 1500); // what is lazy is asked for, too
  await page.waitForTimeout(100);
  told.before = asked.map((one) => one.url);
  // A click that wants another tab is the browser's own.
  told.sound = await page.evaluate(() => [...document.querySelectorAll('audio')].map((a) => [a.preload, a.autoplay, new URL(a.src).host, a.paused]));
  const link = page.locator(`${FILM} a`).first();
  await link.scrollIntoViewIfNeeded();
  const picture = await page.evaluate((film) => {
    const card = document.querySelector(film), box = card.querySelector('picture, img').parentElement.closest('div, span, figure, article, li, a').getBoundingClientRect();
    return [Math.round(box.x), Math.round(box.y + scrollY), Math.round(box.width), Math.round(box.height)];
  }, FILM);
  await link.focus();
  told.lazy = await page.evaluate(() => { const before = globalThis.moved; globalThis.moved = 0; return before; });
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('iframe'));
  await page.waitForTimeout(150);
  told.picture = picture;
  told.frame = await page.evaluate(() => { const b = document.querySelector('iframe').getBoundingClientRect(); return [Math.round(b.x), Math.round(b.y + scrollY), Math.round(b.width), Math.round(b.height)]; });
  told.focused = await page.evaluate(() => document.activeElement?.tagName);
  told.link = await page.evaluate((film) => document.querySelector(`${film} a`).href, FILM);
  told.shown = await page.evaluate((film) => document.querySelector(`${film} a`).checkVisibility(), FILM);
  told.after = [...new Set(asked.map((one) => one.host))];
  told.referer = asked.map((one) => one.referer);
  if (pictures) await page.screenshot({ path: `${pictures}/${theme}-playing.png`, fullPage: true });
  for (const host of ['www.tiktok.com', 'open.spotify.com']) await page.locator(`[data-play^="${host}"] a`).last().press('Enter');
  await page.waitForTimeout(100);
  told.hosts = [...new Set(asked.map((one) => one.host))].sort();
  told.frames = await attributes(page);
  told.moved = await page.evaluate(() => globalThis.moved);
  const small = await page.evaluate(() => [...document.querySelectorAll('.on label')].map((e) => Math.round(e.getBoundingClientRect().height)).filter((h) => h < 44));
  told.small = small;
  told.wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (pictures) await page.screenshot({ path: `${pictures}/${theme}-playing.png`, fullPage: true });
  for (const path of ['index.html', 'posts/cards/index.html']) {
    if (path !== 'index.html') await page.goto(`${server}${theme}/${path}`);
    await page.evaluate(axe);
    const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'], iframes: false, rules: { 'target-size': { enabled: true } } }));
    (told.axe ??= []).push(...result.violations.map((v) => `${path} ${v.id}: ${v.nodes.slice(0, 4).map((n) => n.target.join(' ')).join(', ')}`));
  }
  await page.setViewportSize({ width: 320, height: 640 });
  for (const path of ['index.html', 'posts/cards/index.html']) {
    await page.goto(`${server}${theme}/${path}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) (told.sideways ??= []).push(`${path}: ${wide}`);
    if (path === 'index.html') {
      told.rows = await page.evaluate(() => [...document.querySelectorAll('.drift')].map((r) => [r.scrollWidth > r.clientWidth, r.tabIndex, r.getAttribute('role'), r.ariaLabel]));
      await page.locator('.drift').first().focus();
      await page.keyboard.press('ArrowRight');
      await page.waitForTimeout(250);
      told.pushed = await page.evaluate(() => document.querySelector('.drift').scrollLeft);
    }
  }
  told.errors = errors;
  await context.close();
}

async function remember(theme) {
  const told = (found.memory = {});
  const { context, page, asked, errors } = await open();
  const home = `${server}${theme}/index.html`, box = page.locator(`${FILM} input`);
  await page.goto(home);
  await page.locator(`${FILM} a`).first().click();
  told.first = await box.isChecked();
  await box.check();
  told.kept = await page.evaluate(() => JSON.stringify(localStorage));
  asked.length = 0;
  await page.goto(home);
  await page.locator(FILM).first().scrollIntoViewIfNeeded();
  await page.waitForTimeout(200);
  told.again = asked.map((one) => one.url);
  told.allow = (await attributes(page)).map((one) => one.allow);
  told.focused = await page.evaluate(() => document.activeElement?.tagName);
  await box.uncheck();
  told.forgotten = await page.evaluate(() => JSON.stringify(localStorage));
  asked.length = 0;
  await page.goto(home);
  await page.waitForTimeout(100);
  told.later = asked.length;
  // Ticked while this page lay in the cache for going back: it is shown as if it had been there all the time.
  await page.evaluate(() => { localStorage['always player.vimeo.com'] = 1; dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })); });
  told.restored = await page.locator(`${FILM} iframe`).count();
  told.errors = errors;
  await context.close();
}

async function forbid(theme) {
  const { context, page, errors } = await open();
  await page.addInitScript(() => Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } }));
  await page.goto(`${server}${theme}/index.html`);
  await page.locator(`${FILM} a`).first().click();
  await page.locator(`${FILM} input`).click();
  found.forbidden = { frames: await page.locator('iframe').count(), errors };
  await context.close();
}

async function elsewhere(theme) {
  const { context, page, tabs } = await open();
  await page.goto(`${server}${theme}/index.html`);
  const link = page.locator(`${FILM} a`).first();
  for (const modifiers of [['Control'], ['Shift'], ['Meta'], ['Alt']]) {
    await page.evaluate(() => addEventListener('click', (e) => { globalThis.prevented = e.defaultPrevented; e.preventDefault(); }, { once: true }));
    await link.click({ modifiers });
    (found.modified ??= []).push(await page.evaluate(() => globalThis.prevented));
  }
  await link.click({ button: 'middle' });
  await page.waitForTimeout(150);
  found.elsewhere = { frames: await page.locator('iframe').count(), tabs: tabs.length };
  await context.close();
}

async function withoutScript(theme) {
  const { context, page, asked } = await open({ javaScriptEnabled: false });
  await page.goto(`${server}${theme}/index.html`);
  const link = page.locator(`${FILM} a`).first();
  await link.scrollIntoViewIfNeeded();
  const before = asked.length;
  await link.click();
  await page.waitForTimeout(100);
  found.plain = { before, url: page.url() };
  await context.close();
}

async function poison(theme) {
  const { context, page, asked, errors } = await open();
  const told = (found.evil[theme] = { titles: [] });
  for (const path of ['index.html', 'posts/cards/index.html']) {
    await page.goto(`${evil}${theme}/${path}`);
    const title = await page.title();
    await page.evaluate(() => { for (const e of document.querySelectorAll('[onfocus],[onerror],script:not([src]):not([type])')) globalThis.bad = (globalThis.bad ?? 0) + 1; });
    await page.evaluate(() => [...document.querySelectorAll('[data-play] a')].slice(-6).forEach((a) => a.click()));
    await page.waitForTimeout(100);
    told.titles.push([title, await page.title()]);
    told.bad = (told.bad ?? 0) + await page.evaluate(() => globalThis.bad ?? 0);
    told.links = [...(told.links ?? []), ...await page.evaluate(() => [...document.querySelectorAll('[href],[src]')].map((e) => e.getAttribute('href') ?? e.getAttribute('src')).filter((a) => /^\s*javascript:/i.test(a)))];
  }
  told.hosts = [...new Set(asked.map((one) => one.host))];
  told.errors = errors.filter((one) => !/Failed to load|ERR_/.test(one));
  await context.close();
}

const half = Math.ceil(themes.length / 2);
for (const some of [themes.slice(0, half), themes.slice(half)]) await Promise.all(some.map(visit));
await remember(themes[0]);
await forbid(themes[0]);
await elsewhere(themes[0]);
await withoutScript(themes[0]);
if (evil) await Promise.all(themes.map(poison));
await browser.close();
console.log(JSON.stringify(found));
