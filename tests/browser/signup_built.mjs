// Sign up on built sites, in every theme; the providers' hosts are answered here. Print what was found as one JSON object.
// Argument: {"server": "http://127.0.0.1:…/", "themes": ["base", …]}: below it lie scripts/THEME/ and forms/THEME/
import { createRequire } from 'node:module';
import { openBrowser } from '../../scripts/chromium.mjs';

const { server, themes, pictures } = JSON.parse(process.argv[2]);
const { source: axe } = createRequire(import.meta.url)('axe-core');
const browser = await openBrowser();
const OPEN = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'retry-after' };
const fine = { status: 200, headers: OPEN, json: { ok: true, success: true } };
const broken = { status: 500, headers: OPEN, json: { message: 'oh' } };
const page_ = { status: 200, contentType: 'text/html', body: '<!doctype html><title>provider</title>' };
const HOSTS = ['formspree.io', 'usebasin.com', 'buttondown.com'];

// A window on a site. `hosts` says what each provider does: an answer, or the way in which it cannot be reached.
async function open(hosts, options = {}) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, ...options });
  const seen = { forms: [], looks: [], strangers: [], errors: [], violations: [] };
  await context.route((url) => !url.href.startsWith(server), async (route) => {
    const request = route.request();
    const { host, pathname } = new URL(request.url());
    const said = hosts[host];
    if (!HOSTS.includes(host)) { seen.strangers.push(request.url()); return route.abort(); }
    const form = request.method() === 'POST';
    if (form) seen.forms.push([host, pathname, Object.fromEntries(new URLSearchParams(request.postData()))]);
    else seen.looks.push([request.method(), host, pathname]);
    if (typeof said === 'string') return route.abort(said);
    if (said.wait) await said.wait;
    return route.fulfill(form ? said : { status: 404 });
  });
  await context.addInitScript(() => addEventListener('securitypolicyviolation', (e) => console.error(`policy: ${e.violatedDirective} ${e.blockedURI}`)));
  const page = await context.newPage();
  page.on('pageerror', (e) => seen.errors.push(e.message));
  page.on('console', (m) => { if (/^policy:/.test(m.text())) seen.violations.push(m.text()); });
  return { context, page, seen };
}

const status = (page) => page.locator('[role=status]').first();
const told = (page) => status(page).textContent();
const settled = (page) => page.waitForFunction(() => { const text = document.querySelector('[role=status]')?.textContent; return text && !/^Sending/.test(text); }, null, { timeout: 20_000 });
const stored = (page) => page.evaluate(() => Object.keys(localStorage).length);
const send = (page) => page.locator('form[data-signup] button:not([type=button])').click();

async function fill(page, { phone } = {}) {
  await page.locator('form[data-signup] [type=email]').fill('ada@lina.example');
  if (await page.locator('summary:has(~ p [autocomplete])').count()) await page.locator('.further summary').click();
  await page.locator('[autocomplete=given-name]').fill('Ada');
  if (phone) await page.locator('[type=tel]').fill(phone);
  await page.locator('.yes input').first().check();
  if (phone) await page.locator('.yes input').nth(1).check();
}

async function story(act, hosts, options, path = 'scripts/base/') {
  const { context, page, seen } = await open(hosts, options);
  await page.goto(server + path);
  const found = { ...await act(page, context, hosts), ...seen };
  await context.close();
  return found;
}

const found = { themes: {} };
const dead = async (page) => { await fill(page); await send(page); await settled(page); return { told: await told(page), stored: await stored(page) }; };
found.works = await story(async (page) => { await fill(page, { phone: '+44 20 7946 0018' }); await send(page); await settled(page); return { told: await told(page), url: page.url() }; }, { 'formspree.io': fine, 'usebasin.com': fine });
found.dead = {};
await Promise.all(['connectionrefused', 'namenotresolved', 'timedout', 'internetdisconnected', 'connectionreset'].map(async (way) => {
  found.dead[way] = await story(dead, { 'formspree.io': way, 'usebasin.com': fine });
}));
found.broken = await story(dead, { 'formspree.io': broken, 'usebasin.com': fine });
found.both = await story(async (page, context, hosts) => {
  await fill(page);
  await send(page);
  await status(page).getByRole('button').first().waitFor();
  const kept = { told: await told(page), stored: await stored(page) };
  await page.close();
  hosts['usebasin.com'] = fine;
  const again = await context.newPage();
  await again.clock.install({ time: Date.now() + 3_600_000 });
  await again.goto(`${server}scripts/base/`);
  await again.waitForFunction(() => /sent now/.test(document.querySelector('[role=status]')?.textContent));
  return { kept, later: await told(again), stored: await stored(again) };
}, { 'formspree.io': 'connectionrefused', 'usebasin.com': 'namenotresolved' });

// The same form without and with a script, at a provider that takes nothing but forms.
const natively = async (page) => {
  const mail = await page.locator('.last a').last().getAttribute('href');
  await fill(page, { phone: '+44 20 7946 0018' });
  await send(page);
  await page.waitForURL('https://buttondown.com/**');
  return { mail };
};
found.without = await story(natively, { 'buttondown.com': page_, 'formspree.io': fine }, { javaScriptEnabled: false }, 'forms/base/');
found.natively = await story(natively, { 'buttondown.com': page_, 'formspree.io': fine }, {}, 'forms/base/');
found.otherwise = await story(dead, { 'buttondown.com': 'connectionrefused', 'formspree.io': fine }, {}, 'forms/base/');

async function look(theme, colorScheme) {
  const { context, page, seen } = await open({ 'formspree.io': fine, 'usebasin.com': fine }, { colorScheme, reducedMotion: 'reduce', viewport: { width: 320, height: 700 } });
  const hosts = { 'formspree.io': fine, 'usebasin.com': fine };
  await context.unrouteAll();
  let go;
  await context.route((url) => !url.href.startsWith(server), async (route) => {
    const said = hosts[new URL(route.request().url()).host];
    if (said === 'wait') { await new Promise((done) => { go = done; }); return route.fulfill(broken); }
    return said ? route.fulfill(said) : route.abort();
  });
  const notes = (found.themes[theme] ??= { axe: [], moving: [], small: [], wide: [], errors: [], lines: [], jumps: [] });
  await page.goto(`${server}scripts/${theme}/`);
  const high = () => page.evaluate(() => document.querySelector('form[data-signup]').getBoundingClientRect().height);
  await page.evaluate(axe);
  const see = async (state) => {
    const name = `${colorScheme}, ${state}`;
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }));
    notes.axe.push(...violations.map((one) => `${name}: ${one.id}: ${one.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 90)} ${node.any[0]?.message ?? ''}`).join(' ')}`));
    if (await page.evaluate(() => document.getAnimations().filter((one) => one.playState === 'running').length)) notes.moving.push(name);
    notes.small.push(...await page.evaluate(() => [...document.querySelectorAll('.said button, [role=status] button')].map((one) => one.getBoundingClientRect().height).filter((one) => one < 44)));
    if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)) notes.wide.push(name);
    notes.lines.push([name, await told(page)]);
    if (pictures) { await page.locator('form[data-signup]').scrollIntoViewIfNeeded(); await page.locator('section:has(form[data-signup])').first().screenshot({ path: `${pictures}/${theme}-${colorScheme}-${state}.png` }); }
  };
  await send(page);
  await see('wrong');
  await page.locator('form[data-signup] [type=email]').fill('ada@gmial.com');
  await see('slip');
  await fill(page, { phone: '12' });
  await send(page);
  await see('wrong again');
  await page.locator('[type=tel]').fill('');
  hosts['formspree.io'] = 'wait';
  hosts['usebasin.com'] = broken;
  await send(page);
  for (let n = 0; n < 200 && !go; n++) await page.waitForTimeout(20);
  await see('sending');
  go();
  await settled(page);
  await see('kept');
  hosts['formspree.io'] = fine;
  await status(page).getByRole('button', { name: 'Send it now' }).click();
  await page.waitForFunction(() => /sent now/.test(document.querySelector('[role=status]')?.textContent));
  await see('sent');
  notes.errors.push(...seen.errors, ...seen.violations);
  await context.close();
}

const looks = themes.flatMap((theme) => ['light', 'dark'].map((scheme) => [theme, scheme]))[Symbol.iterator]();
await Promise.all(Array.from({ length: 4 }, async () => { for (const [theme, scheme] of looks) await look(theme, scheme); }));
await browser.close();
console.log(JSON.stringify(found));
