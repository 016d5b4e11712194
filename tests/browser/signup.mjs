// Sign up as people do, at providers that work, fail, die and come back; print what was found as one JSON object.
// Standard input: {"script": signup.js with its words and styles, but with SIGNUP still in it, "words": {…}}
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { openBrowser } from '../../scripts/chromium.mjs';
import { Pages, Provider, answers } from './providers.mjs';
import { site } from './forms.mjs';

const { script } = JSON.parse(readFileSync(0, 'utf8'));
const { source: axe } = createRequire(import.meta.url)('axe-core');
const browser = await openBrowser();
const pages = await new Pages().start();
const NAMES = { email: 'email', first_name: 'first_name', last_name: 'last_name', phone: 'phone', consent: 'consent', phone_consent: 'phone_consent' };
const START = Date.UTC(2026, 10, 22, 7, 30);
const DAY = 86_400_000;
let sites = 0;

// What the build tells the script of a provider: one that a script may ask, or one that takes nothing but a form.
const asked = (provider, { fetch = {}, native, ...more } = {}) => ({ name: 'One', confirms: true, native: null, ...more,
  ...(native ? { native: { action: `${provider.address}/form`, method: 'post', names: NAMES, hidden: [['embed', '1']], trap: 'website', ...native } } : {}),
  fetch: { url: `${provider.address}/api`, json: false, names: NAMES, hidden: [['list', 'a b&c']], accept: 'application/json', success: 'ok', token: '', ...fetch } });
const formOnly = (provider, native = {}, more = {}) => ({ ...asked(provider, { native: { ...native } }), fetch: null, ...more });

// Open a context with one site in it.
async function enter(given, options = {}, before = async () => {}) {
  const folder = `/site${++sites}/`;
  const asks = given.asks ?? given.targets.flatMap(({ fetch, native }) => [fetch?.url, native?.action]).filter(Boolean).map((url) => new URL(url).origin);
  const made = site(script, { ...given, asks: [...new Set(asks)] });
  pages.put(`${folder}index.html`, made.page);
  pages.put(`${folder}assets/signup.js`, made.script);
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'en-GB', ...options });
  const errors = [];
  await before(context);
  const visit = async () => {
    const page = await context.newPage();
    page.on('pageerror', (e) => errors.push(e.message));
    page.on('dialog', (one) => { errors.push(`dialog ${one.message()}`); one.dismiss(); });
    await page.goto(pages.address + folder);
    return page;
  };
  return { context, visit, page: await visit(), errors, folder, address: pages.address + folder };
}

const status = (page, n = 0) => page.locator('[role=status]').nth(n);
const told = (page, n = 0) => status(page, n).textContent();
const stored = (page) => page.evaluate(() => Object.fromEntries(Object.entries(localStorage)));
const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.textContent || document.activeElement.tagName);
const plain = (provider) => provider.asked.map(({ path, fields }) => [path, Object.fromEntries(Array.isArray(fields) ? fields : Object.entries(fields))]);

async function fill(page, { email = 'ada@lina.example', consent = true, form = '#form1', ...more } = {}) {
  const at = page.locator(form);
  await at.locator('[type=email]').fill(email);
  for (const [kind, value] of Object.entries(more)) await at.locator(`[autocomplete=${kind}]`).fill(value);
  if (consent) await at.locator('.yes input').first().check();
}
const send = (page, form = '#form1') => page.locator(`${form} .btn`).click();
// Wait until the status is neither empty nor the first that is said.
const settled = (page, n = 0) => page.waitForFunction(([n]) => {
  const text = document.querySelectorAll('[role=status]')[n]?.textContent;
  return text && !/^Sending/.test(text);
}, [n], { timeout: 25_000 });
// Two providers that run, with what they answer; by default that all is well.
const running = [];
const both = async (one, other) => {
  const made = await Promise.all([one, other].map((answer) => new Provider(answer).start()));
  running.push(...made);
  return made;
};
const stop = (...providers) => Promise.all(providers.map((one) => one.stop().catch(() => {})));
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const until = async (act, ms = 15_000) => { for (const end = Date.now() + ms; Date.now() < end && !(await act());) await pause(20); return act(); };

const scenarios = {
  async works() {
    const [one] = await both();
    const { page, errors, context } = await enter({ targets: [asked(one)], fields: ['email', 'first_name', 'last_name', 'phone'] });
    let go;
    one.answer = async (came) => { await new Promise((done) => { go = done; }); return answers.json({ ok: true })(came); };
    await fill(page, { 'given-name': ' Ada ', 'family-name': 'Král', tel: '+420 (2) 12 34/56' });
    await page.locator('.yes input').nth(1).check();
    await send(page);
    await until(() => go);
    const sending = [await told(page), await page.locator('.btn').getAttribute('aria-disabled')];
    go();
    await settled(page);
    const after = { told: await told(page), email: await page.locator('[type=email]').inputValue(), disabled: await page.locator('.btn').getAttribute('aria-disabled'), focus: await focused(page) };
    await page.locator('[type=email]').fill('b');
    after.later = await page.locator('.btn').getAttribute('aria-disabled');
    const { type, accept, origin } = one.asked[0];
    const found = { sending, after, sent: plain(one), type, accept, own: origin === pages.address, stored: await stored(page), errors };
    await context.close();
    await stop(one);
    return found;
  },

  // A provider that is gone in every way there is; the other one takes it.
  async dead() {
    const ways = {
      refused: (one) => one.stop(),
      name: () => {},
      slow: (one) => { one.answer = answers.silent(); },
      'error 500': (one) => { one.answer = answers.json({ message: 'oh' }, 500); },
      'error 503': (one) => { one.answer = answers.json({}, 503, { 'retry-after': '60' }); },
      'error 502 that may not be read': (one) => { one.answer = answers.closed(502); },
      'too many 429': (one) => { one.answer = answers.json({}, 429); },
      'a page instead of an answer': (one) => { one.answer = answers.text('<h1>Log in to the hotel</h1>'); },
      'half an answer': (one) => { one.answer = answers.text('{"ok": tr'); },
    };
    const tried = Object.entries(ways).map(async ([name, kill]) => {
      const [one, other] = await both(undefined, answers.json({ ok: true }));
      const target = asked(one);
      if (name === 'name') target.fetch.url = 'http://provider.example/api';
      await kill(one);
      const { page, errors, context } = await enter({ targets: [target, asked(other, { confirms: false })] });
      await fill(page);
      const since = Date.now();
      await send(page);
      await settled(page);
      const found = { told: await told(page), sent: plain(other), stored: await stored(page), seconds: Math.round((Date.now() - since) / 1000), errors };
      await context.close();
      await stop(one, other);
      return [name, found];
    });
    return Object.fromEntries(await Promise.all(tried));
  },

  // Both gone: kept, the page closed and opened again, sent when they are back, and gone from here.
  async kept() {
    const [one, other] = await both();
    await stop(one, other);
    const targets = [asked(one, { native: {} }), asked(other)];
    const { page, errors, context, visit, folder } = await enter({ targets, fields: ['email', 'first_name', 'phone'] }, {},
      (all) => all.clock.install({ time: START }));
    await fill(page, { 'given-name': 'Ada' });
    await send(page);
    await status(page).getByRole('button').first().waitFor();
    const found = { told: await told(page), buttons: await status(page).getByRole('button').allTextContents(), keys: Object.keys(await stored(page)).map((one) => one.replace(folder, '/SITE/')) };
    found.entry = JSON.parse(Object.values(await stored(page))[0])[0];
    found.email = await page.locator('[type=email]').inputValue();
    await page.close();
    const again = await visit();
    found.again = await told(again);
    await other.start();
    await again.clock.fastForward(5_000);
    await pause(300);
    found.early = other.asked.length;
    await again.clock.fastForward(20_000);
    await until(async () => /sent now/.test(await told(again)));
    found.later = await told(again);
    found.stored = await stored(again);
    found.sent = plain(other);
    await again.clock.fastForward(DAY);
    await again.reload();
    await pause(200);
    found.quiet = [await told(again), other.asked.length];
    await context.close();
    await stop(other);
    return { ...found, errors };
  },

  async deleted() {
    const [one] = await both();
    await stop(one);
    const { page, errors, context, visit } = await enter({ targets: [asked(one)] }, {}, (all) => all.clock.install({ time: START }));
    await fill(page);
    await send(page);
    const button = status(page).getByRole('button', { name: 'Delete it' });
    await button.waitFor();
    const before = Object.keys(await stored(page)).length;
    await button.focus();
    await page.keyboard.press('Enter');
    const found = { before, told: await told(page), stored: await stored(page), focus: await focused(page) };
    await one.start();
    await page.clock.fastForward(DAY);
    const again = await visit();
    await again.clock.fastForward(DAY);
    await pause(300);
    found.sent = one.asked.length;
    found.again = await told(again);
    await context.close();
    await stop(one);
    return { ...found, errors };
  },

  // Deleted while it is on its way to one provider: the next is not asked.
  async deletedOnTheWay() {
    const [one, other] = await both(answers.json({}, 500), answers.json({}, 500));
    const { page, errors, context } = await enter({ targets: [asked(one), asked(other)] }, {}, (all) => all.clock.install({ time: START }));
    await fill(page);
    await send(page);
    await status(page).getByRole('button').first().waitFor();
    let go;
    one.answer = async () => { await new Promise((done) => { go = done; }); return answers.json({}, 500)(); };
    const before = other.asked.length;
    await page.clock.fastForward(20_000);
    await until(() => go);
    await status(page).getByRole('button', { name: 'Delete it' }).click();
    go();
    await pause(300);
    const found = { told: await told(page), stored: await stored(page), more: other.asked.length - before };
    await context.close();
    await stop(one, other);
    return { ...found, errors };
  },

  async tooOld() {
    const [one] = await both();
    await stop(one);
    const found = {};
    for (const [name, later, closed] of [['just in time', 7 * DAY - 60_000, true], ['too old', 7 * DAY + 60_000, true], ['too old while open', 7 * DAY + 60_000, false], ['a clock set back', -8 * DAY, true]]) {
      const { page, errors, context, visit } = await enter({ targets: [asked(one)] }, {}, (all) => all.clock.install({ time: START }));
      await fill(page);
      await send(page);
      await status(page).getByRole('button').first().waitFor();
      await one.start();
      one.asked = [];
      let now = page;
      if (closed) {
        await context.clock.setSystemTime(START + later);
        await page.close();
        now = await visit();
        await now.clock.setSystemTime(START + later);
        await now.reload();
        await pause(100);
      } else await page.clock.fastForward(later);
      await pause(400);
      found[name] = { sent: one.asked.length, stored: Object.keys(await stored(now)).length, told: await told(now), errors };
      await context.close();
      await stop(one);
    }
    return found;
  },

  // How long it waits before it asks again.
  async patience() {
    const [one] = await both(answers.json({}, 500));
    const { page, errors, context } = await enter({ targets: [asked(one)] }, {}, (all) => all.clock.install({ time: START }));
    const next = async () => { const [text] = Object.values(await stored(page)); const { next } = JSON.parse(text)[0]; return Math.round((next - await page.evaluate(() => Date.now())) / 1000); };
    const again = async (answer) => {
      one.answer = answer;
      const count = one.asked.length;
      await page.clock.fastForward(1000 * (await next()) + 6000);
      await until(() => one.asked.length > count);
      await until(async () => await next() > 0);
      return next();
    };
    await fill(page);
    await send(page);
    await status(page).getByRole('button').first().waitFor();
    const waits = [await next()];
    for (let n = 0; n < 9; n++) waits.push(await again(answers.json({}, 500)));
    const found = { waits };
    found.seconds = await again(answers.json({}, 503, { 'retry-after': '7200' }));
    const date = new Date(START + 20 * 3_600_000).toUTCString();
    found.date = [await again(answers.json({}, 429, { 'retry-after': date })), Math.round((Date.parse(date) - await page.evaluate(() => Date.now())) / 1000)];
    found.forever = await again(answers.json({}, 503, { 'retry-after': '999999999' }));
    const count = one.asked.length;
    await page.evaluate(() => { dispatchEvent(new Event('online')); document.dispatchEvent(new Event('visibilitychange')); });
    await pause(200);
    found.early = one.asked.length - count;
    one.answer = answers.json({ ok: true });
    await page.clock.fastForward(DAY + 10_000);
    await until(async () => /sent now/.test(await told(page)));
    found.last = [await told(page), await stored(page)];
    await context.close();
    await stop(one);
    return { ...found, errors };
  },

  // Without a network nothing is tried, and coming back is enough.
  async offline() {
    const [one] = await both();
    const { page, errors, context } = await enter({ targets: [asked(one)] }, {}, (all) => all.clock.install({ time: START }));
    await context.setOffline(true);
    await fill(page);
    await send(page);
    await status(page).getByRole('button').first().waitFor();
    await page.clock.fastForward(3 * 3_600_000);
    await pause(200);
    const tries = JSON.parse(Object.values(await stored(page))[0])[0].tries;
    await context.setOffline(false);
    await until(() => one.asked.length);
    await until(async () => /sent now/.test(await told(page)));
    const found = { tries, told: await told(page), sent: one.asked.length, stored: await stored(page) };
    await context.close();
    await stop(one);
    return { ...found, errors };
  },

  async wrong() {
    const [one] = await both();
    const { page, errors, context } = await enter({ targets: [asked(one)], fields: ['email', 'first_name', 'phone'], step: true, required: ['email', 'first_name'] });
    const email = page.locator('[type=email]');
    const about = (at) => at.evaluate((input) => ({ invalid: input.getAttribute('aria-invalid'), described: (input.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean)
      .map((id) => document.getElementById(id).textContent).join('|'), focus: document.activeElement === input }));
    const found = { emails: {} };
    await send(page);
    found.empty = { email: await about(email), consent: await about(page.locator('.yes input').first()), phone: await about(page.locator('[type=tel]')), status: await told(page),
      first: await about(page.locator('[autocomplete=given-name]')) };
    for (const text of ['ada', 'ada@', 'ada@lina', '@lina.example', 'ada@lina.', 'ada@lina.1', 'a da@lina.example', 'ada@@lina.example', 'ada@lina..example', 'john.doe@localhost', 'ada@lina.example, b@lina.example', '$&$1@']) {
      await email.fill(text);
      const typed = (await about(email)).invalid;
      await send(page);
      found.emails[text] = [typed, await about(email)];
    }
    await email.fill('ada@lina.example');
    found.mended = await about(email);
    await page.locator('.yes input').first().check();
    await page.locator('summary').click();
    await page.locator('[autocomplete=given-name]').fill('Ada');
    await page.locator('[type=tel]').fill('12');
    await page.locator('summary').click();
    await send(page);
    found.phone = await about(page.locator('[type=tel]'));
    found.opened = await page.locator('details').evaluate((fold) => fold.open);
    await page.locator('[type=tel]').fill('+44 20 7946 0018');
    await send(page);
    found.box = await about(page.locator('.yes input').nth(1));
    await page.locator('[type=tel]').fill('');
    await page.locator('.yes input').first().uncheck();
    await send(page);
    found.consent = await about(page.locator('.yes input').first());
    found.forgotten = await about(page.locator('.yes input').nth(1));
    found.sent = one.asked.length;
    await page.locator('.yes input').first().check();
    await send(page);
    await settled(page);
    found.done = [await told(page), plain(one)];
    await context.close();
    await stop(one);
    return { ...found, errors };
  },

  async good() {
    const [one] = await both();
    const { page, errors, context } = await enter({ targets: [asked(one)], fields: ['email', 'phone'] });
    const emails = ['a@b.cd', "o'neil+tag@sub.lina.example", 'ada@xn--exmple-cua.xn--p1ai', 'jo@bücher.example', 'UPPER@LINA.EXAMPLE', `${'a'.repeat(60)}@lina.example`, 'ada@mail.com', 'ada@yahoo.ca', 'ada@hotmail.ch', 'ada@ymail.com', 'ada@gmx.ch', 'ada@gap.com'];
    const found = { emails: [], phones: [] };
    for (const text of emails) {
      await page.locator('[type=email]').fill(text);
      const hint = await page.locator('.said').first().textContent();
      await send(page);
      found.emails.push([text, hint + await page.locator('.said').first().textContent()]);
    }
    for (const text of ['+44 20 7946 0018', '030/123456', '(0041) 61-555.01.23', '110', '+49 30 12345678901234567', 'call me', '0800 FLOWERS']) {
      await page.locator('[type=tel]').fill(text);
      await send(page);
      found.phones.push([text, await page.locator('.said').nth(1).textContent()]);
    }
    await context.close();
    await stop(one);
    return { ...found, errors };
  },

  async slips() {
    const [one] = await both();
    const { page, errors, context } = await enter({ targets: [asked(one)] });
    const found = { hints: {} };
    for (const text of ['ada@gmial.com', 'Ada.L@gmai.com', 'ada@gmaill.com', 'ada@gnail.com', 'ada@gmail.con', 'ada@hotmial.com', 'ada@outlok.com', 'ada@yaho.com', 'ada@icluod.com', 'ada@t-onlnie.de', 'ada@gmail.com', 'ada@lina.example']) {
      await page.locator('[type=email]').fill(text);
      found.hints[text] = await page.locator('.said').first().textContent();
    }
    await page.locator('[type=email]').fill('Ada@gmial.com');
    await page.keyboard.press('Tab');
    found.invalid = await page.locator('[type=email]').getAttribute('aria-invalid');
    found.alert = await page.locator('.said').first().getAttribute('role');
    found.next = await focused(page);
    await page.keyboard.press('Enter');
    found.taken = [await page.locator('[type=email]').inputValue(), await focused(page), await page.locator('.said').first().textContent()];
    // Whoever means it signs up with it.
    await fill(page, { email: 'ada@gmial.com' });
    await send(page);
    await settled(page);
    found.sent = plain(one);
    found.still = await page.locator('.said').first().textContent();
    await context.close();
    await stop(one);
    return { ...found, errors };
  },

  async twice() {
    const found = {};
    const slow = async () => { await pause(250); return answers.json({ ok: true })(); };
    const ways = {
      'double click': (page) => page.locator('.btn').dblclick(),
      'enter twice': async (page) => { await page.locator('[type=email]').focus(); await page.keyboard.press('Enter'); await page.keyboard.press('Enter'); },
      'and again when it is done': async (page) => { await send(page); await settled(page); await page.locator('.btn').click({ force: true }); await page.locator('.btn').press('Enter'); },
      'by force': async (page) => { await page.evaluate(() => { const form = document.forms[0]; for (let n = 0; n < 5; n++) form.requestSubmit(); }); },
    };
    for (const [name, act] of Object.entries(ways)) {
      const [one] = await both(slow);
      const { page, errors, context } = await enter({ targets: [asked(one)] });
      await fill(page);
      await act(page);
      await settled(page);
      await pause(400);
      found[name] = { sent: one.asked.length, told: await told(page), wrong: await page.locator('[aria-invalid=true]').count(), errors };
      await context.close();
      await stop(one);
    }
    const [one] = await both(async () => { await pause(600); return answers.closed()(); });
    const { page, errors, context } = await enter({ targets: [formOnly(one)] });
    await fill(page);
    await page.locator('.btn').dblclick();
    await page.waitForURL(`${one.address}/**`);
    found['where a form is all there is'] = { sent: one.asked.length, errors };
    await context.close();
    await stop(one);
    return found;
  },

  async withoutScript() {
    const [one] = await both(answers.closed());
    const { page, context } = await enter({ targets: [asked(one, { native: {} })], fields: ['email', 'first_name', 'last_name', 'phone'] }, { javaScriptEnabled: false });
    const mail = await page.locator('.last a').getAttribute('href');
    const seen = await page.locator('.last a').isVisible();
    await fill(page, { 'given-name': 'Ada', 'family-name': 'Král', tel: '+44 20 7946 0018' });
    await page.locator('.yes input').nth(1).check();
    await page.locator('.btn').click();
    await page.waitForURL(`${one.address}/**`);
    const found = { mail, seen, sent: one.asked.map(({ method, path, type, fields }) => [method, path, type, fields]), title: await page.title() };
    await context.close();
    await stop(one);
    return found;
  },

  // Providers that forbid scripts: they are asked whether they are there, and get the form itself.
  async formOnly() {
    const found = {};
    const fields = ['email', 'first_name', 'phone'];
    const live = async (name, targets, prepare, more = {}) => {
      const { page, errors, context } = await enter({ targets, fields, ...more });
      await fill(page, { 'given-name': 'Ada' });
      const since = Date.now();
      await send(page);
      await Promise.race([page.waitForURL((url) => url.origin !== pages.address), settled(page)]).catch(() => {});
      const away = !page.url().startsWith(pages.address);
      found[name] = { away, told: away ? '' : await told(page), stored: away ? {} : await stored(page), seconds: Math.round((Date.now() - since) / 1000), errors };
      await prepare?.(page, found[name], context);
      await context.close();
    };
    const forms = (provider) => provider.asked.map(({ method, path, type, fields }) => [method, path.split('?')[0], type, fields]);

    const [one, other] = await both(answers.closed(), answers.json({ ok: true }));
    await live('there', [formOnly(one), asked(other)], (_, seen) => Object.assign(seen, { sent: forms(one), other: other.asked.length, looks: [...one.looks].sort() }));

    one.asked = [];
    one.head = (path) => (path === '/' ? { status: 200, headers: { 'cross-origin-resource-policy': 'same-origin' } } : { status: 404 });
    await live('there, but shy', [formOnly(one), asked(other)], (_, seen) => Object.assign(seen, { sent: one.asked.length, other: other.asked.length }));

    one.asked = [];
    one.head = () => ({ status: 302, headers: { location: 'http://127.0.0.2:9/' } });
    await live('there, but it leads elsewhere', [formOnly(one), asked(other)], (_, seen) => Object.assign(seen, { sent: one.asked.length, other: other.asked.length }));

    one.asked = [];
    one.head = () => ({ status: 500 });
    await live('asked with get', [formOnly(one, { method: 'get', hidden: [['next', 'a b']] }), asked(other)], (_, seen) => Object.assign(seen, { sent: forms(one) }));

    await stop(one);
    await live('gone', [formOnly(one), asked(other)], (_, seen) => Object.assign(seen, { sent: plain(other) }));

    const [third] = await both(answers.closed());
    await live('gone, and the other is a form as well', [formOnly(one), formOnly(third, { names: { email: 'EMAIL', first_name: 'submit', consent: 'ok' }, hidden: [['u', '1'], ['action', 'x']], trap: 'b_1' })],
      (_, seen) => Object.assign(seen, { sent: forms(third) }));

    await live('slow', [formOnly({ address: await tarpit() }), asked(other)], (_, seen) => Object.assign(seen, { sent: plain(other).length }));
    await stop(other, third);

    // All are gone: nothing is ever sent behind the visitor's back, it is offered.
    const [fourth] = await both(answers.closed());
    await stop(fourth);
    await live('all gone', [formOnly(fourth)], async (page, seen, context) => {
      seen.stored = Object.values(seen.stored).map((text) => JSON.parse(text).length);
      await fourth.start();
      await page.clock.install({ time: Date.now() });
      await page.reload();
      await status(page).getByRole('button').first().waitFor();
      await page.clock.fastForward(DAY);
      await pause(300);
      seen.silent = fourth.asked.length;
      const origin = page.url();
      await status(page).getByRole('button', { name: 'Send it now' }).click();
      await page.waitForURL(`${fourth.address}/**`);
      seen.sent = forms(fourth);
      const again = await context.newPage();
      await again.goto(origin);
      seen.after = [await stored(again), await told(again)];
    });
    await stop(fourth);

    // Asked for by hand while it cannot be seen from here (a blocker, say): the browser itself goes there, and nothing is thrown away.
    const [fifth] = await both(answers.closed());
    fifth.head = () => ({ status: 200, headers: { 'cross-origin-resource-policy': 'same-origin' } });
    await live('hidden by a blocker', [formOnly(fifth)], async (page, seen, context) => {
      const origin = page.url();
      await status(page).getByRole('button', { name: 'Send it now' }).click();
      await page.waitForURL(`${fifth.address}/**`);
      seen.sent = fifth.asked.length;
      const again = await context.newPage();
      await again.goto(origin);
      seen.left = Object.keys(await stored(again)).length;
    });
    await stop(fifth);
    return found;
  },

  // A provider that takes what a script sends but lets nobody read its answer: never said to be done.
  async unreadable() {
    const [one] = await both(answers.closed());
    const { page, errors, context } = await enter({ targets: [asked(one, { native: {} })] });
    await fill(page);
    await send(page);
    await settled(page);
    const found = { told: await told(page), stored: Object.keys(await stored(page)).length };
    await status(page).getByRole('button', { name: 'Send it now' }).click();
    await page.waitForURL(`${one.address}/form`);
    found.forms = one.asked.filter(({ path }) => path === '/form').length;
    await context.close();
    await stop(one);
    return { ...found, errors };
  },

  // What providers answer, and what is made of it.
  async sayings() {
    const evil = '<img src=x onerror="document.title=\'evil\'"><b>no</b>';
    const cases = {
      'ok': [{ success: 'ok' }, answers.json({ ok: true })],
      'ok, and own word on the mail': [{ success: 'ok' }, answers.json({ ok: true, confirm: false })],
      'nothing more than a status': [{ success: '' }, answers.text('<h1>Thanks</h1>', 201)],
      'status=success': [{ success: 'status=success' }, answers.json({ status: 'success' })],
      'status=quarantined': [{ success: 'status=success' }, answers.json({ status: 'quarantined' })],
      'success=true': [{ success: 'success=true' }, answers.json({ success: true })],
      'success: false': [{ success: 'success' }, answers.json({ success: false, message: 'You are too fast' })],
      'listmonk, a mail follows': [{ success: 'data', json: true }, answers.json({ data: { has_optin: true } })],
      'listmonk, no mail follows': [{ success: 'data', json: true }, answers.json({ data: { has_optin: false } })],
      'path that is not there': [{ success: 'data.id' }, answers.json({ data: null })],
      '422 with a list of errors': [{ success: 'ok' }, answers.json({ errors: [{ field: 'email', code: 'TYPE_EMAIL', message: 'should be an email' }] }, 422)],
      '422 of the own worker': [{ success: 'ok' }, answers.json({ ok: false, field: 'email', error: 'email_wrong', message: 'This is no address.' }, 422)],
      '400 with nothing': [{ success: 'ok' }, answers.text('Bad Request', 400)],
      '404': [{ success: 'ok' }, answers.json({ error: 'Form not found' }, 404)],
      '403 with words that are tags': [{ success: 'ok' }, answers.json({ message: evil }, 403)],
      'words that are no words': [{ success: 'ok' }, answers.json({ message: { a: 1 }, errors: 'x' }, 422)],
      'null': [{ success: 'ok' }, answers.json(null, 422)],
    };
    const tried = Object.entries(cases).map(async ([name, [fetch, answer]]) => {
      const [one, other] = await both(answer);
      const { page, errors, context } = await enter({ targets: [asked(one, { fetch }), asked(other)] });
      await fill(page);
      await send(page);
      await settled(page);
      const found = { told: await told(page), title: await page.title(), tags: await status(page).locator('*').count(), stored: Object.keys(await stored(page)).length, asked: [one.asked.length, other.asked.length],
        disabled: await page.locator('.btn').getAttribute('aria-disabled'), email: await page.locator('[type=email]').inputValue(), errors };
      await context.close();
      await stop(one, other);
      return [name, found];
    });
    return Object.fromEntries(await Promise.all(tried));
  },

  async json() {
    const found = {};
    const [one] = await both();
    const token = (came) => (came.path === '/token' ? Object.assign(answers.text('to-ken')(), { headers: { 'access-control-allow-origin': '*' } }) : answers.text('Created.', 201)());
    one.answer = (came) => { came.unseen = came.path === '/token'; return token(came); };
    const ghost = { json: true, success: '', token: `${one.address}/token`, names: { email: 'email', first_name: 'name' }, hidden: [['emailType', 'subscribe'], ['newsletters', '[{"name":"Weekly"}]'], ['yes', 'true'], ['labels', '["a"]'], ['word', 'trueish']] };
    const enterGhost = () => enter({ targets: [{ ...asked(one, { fetch: ghost }), native: null }], fields: ['email', 'first_name'] });
    for (const [name, kind] of [['with a token', token], ['without', (came) => (came.path === '/token' ? answers.text('no', 404)() : answers.text('Created.', 201)())]]) {
      one.answer = (came) => { came.unseen = came.path === '/token'; return kind(came); };
      one.asked = [];
      const { page, errors, context } = await enterGhost();
      await fill(page, { 'given-name': '[1]' });
      await send(page);
      await settled(page);
      found[name] = { told: await told(page), sent: one.asked.map(({ type, fields }) => [type, fields]), errors };
      await context.close();
    }
    await stop(one);
    return found;
  },

  async storage() {
    const [one] = await both();
    await stop(one);
    const ways = {
      blocked: () => Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } }),
      full: () => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; const text = 'x'.repeat(5 << 20); try { for (let n = 0; n < 99; n++) localStorage[`x${n}`] = text.slice(0, (5 << 20) - 20 - n); } catch {} try { for (let n = 0; n < 4000; n++) localStorage[`y${n}`] = ''; } catch {} },
      missing: () => Object.defineProperty(globalThis, 'localStorage', { value: null }),
    };
    const found = {};
    for (const [name, way] of Object.entries(ways)) {
      const { page, errors, context } = await enter({ targets: [asked(one)] }, {}, (all) => all.addInitScript(way));
      await fill(page);
      await send(page);
      await settled(page);
      found[name] = { told: await told(page), email: await page.locator('[type=email]').inputValue(), mail: await page.locator('.last a').isVisible(), disabled: await page.locator('.btn').getAttribute('aria-disabled'), errors };
      await context.close();
    }
    // What somebody else wrote there is thrown away.
    for (const text of ['{', 'null', '7', '[null]', '[{}]', '{"a":1}', '[{"email":"a@b.cd"}]']) {
      const { page, errors, context, folder } = await enter({ targets: [asked(one)] });
      await page.evaluate(([key, text]) => { localStorage[key] = text; }, [`signup ${folder}`, text]);
      await page.reload();
      found[text] = { stored: Object.keys(await stored(page)).length, told: await told(page), errors };
      await context.close();
    }
    return found;
  },

  async together() {
    const [one] = await both();
    await stop(one);
    const { page, errors, context, visit } = await enter({ targets: [asked(one)], forms: 2 });
    const found = {};
    await send(page, '#form2');
    found.focus = await focused(page);
    found.wrong = await page.locator('[aria-invalid=true]').evaluateAll((all) => all.map((one) => one.form.id));
    const ids = await page.evaluate(() => [...document.querySelectorAll('[id]')].map((one) => one.id));
    found.ids = ids.length - new Set(ids).size;
    await fill(page, { form: '#form2', email: 'two@lina.example' });
    await send(page, '#form2');
    await settled(page, 1);
    found.kept = [await told(page, 0), await told(page, 1)];
    await fill(page, { form: '#form1', email: 'one@lina.example' });
    await send(page, '#form1');
    await settled(page, 0);
    found.both = JSON.parse(Object.values(await stored(page))[0]).map((one) => one.email).sort();
    // A second time with the same address: one entry all the same.
    await fill(page, { form: '#form1', email: 'one@lina.example' });
    await send(page, '#form1');
    await settled(page, 0);
    found.once = JSON.parse(Object.values(await stored(page))[0]).length;
    // Two windows come back at the same moment: each address arrives once.
    await one.start();
    one.answer = async () => { await pause(150); return answers.json({ ok: true })(); };
    const more = [await visit(), await visit()];
    await page.evaluate(() => { const [key] = Object.keys(localStorage); localStorage[key] = JSON.stringify(JSON.parse(localStorage[key]).map((one) => ({ ...one, next: 0 }))); });
    await Promise.all([page, ...more].map((tab) => tab.evaluate(() => dispatchEvent(new Event('online')))));
    await until(async () => !Object.keys(await stored(page)).length);
    await pause(500);
    found.sent = plain(one).map(([, { email }]) => email).sort();
    found.stale = await Promise.all([page, ...more].map((tab) => tab.evaluate(() => [...document.querySelectorAll('[role=status] button')].length)));
    await context.close();
    await stop(one);
    return { ...found, errors };
  },

  // Two sites in folders of one host do not see each other's entries.
  async neighbours() {
    const [one, other] = await both();
    await stop(one);
    const first = await enter({ targets: [asked(one)] });
    await fill(first.page);
    await send(first.page);
    await settled(first.page);
    const made = site(script, { targets: [asked(other)], asks: [other.address] });
    pages.put('/neighbour/index.html', made.page);
    pages.put('/neighbour/assets/signup.js', made.script);
    const second = await first.context.newPage();
    await second.goto(`${pages.address}/neighbour/`);
    await second.evaluate(() => dispatchEvent(new Event('online')));
    await pause(200);
    const found = { told: await told(second), sent: other.asked.length };
    await first.context.close();
    await stop(other);
    return { ...found, errors: first.errors };
  },

  // Back to a page that the browser had put aside while it was sending.
  async back() {
    const [one] = await both(answers.closed());
    one.answer = answers.silent();
    const { page, errors, context } = await enter({ targets: [formOnly(one)] });
    await fill(page);
    await page.evaluate(() => { HTMLFormElement.prototype.submit = () => { globalThis.left = 1; }; });
    await send(page);
    await page.waitForFunction(() => globalThis.left);
    const before = [await told(page), await page.locator('.btn').getAttribute('aria-disabled')];
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
    const after = [await told(page), await page.locator('.btn').getAttribute('aria-disabled'), await page.locator('[type=email]').inputValue(), await page.locator('.said').count()];
    await page.evaluate(() => { globalThis.left = 0; });
    await send(page);
    await page.waitForFunction(() => globalThis.left);
    await context.close();
    await stop(one);
    return { before, after, errors };
  },

  async robots() {
    const found = {};
    for (const trapKind of ['text', 'checkbox']) {
      const [one] = await both();
      const { page, errors, context } = await enter({ targets: [asked(one, { native: {} })], trapKind });
      await fill(page);
      await page.evaluate(() => { const trap = document.querySelector('.skip input'); trap.value = 'https://spam.example'; trap.checked = true; });
      await send(page);
      await settled(page);
      found[trapKind] = { told: await told(page), sent: one.asked.length, looks: one.looks.length, stored: await stored(page), errors };
      await context.close();
      const next = await enter({ targets: [asked(one, { native: {} })], trapKind });
      await fill(next.page);
      await send(next.page);
      await settled(next.page);
      found[`${trapKind}, left alone`] = { told: await told(next.page), sent: one.asked.length };
      await next.context.close();
      await stop(one);
    }
    return found;
  },

  async keyboard() {
    const [one] = await both();
    const { page, errors, context } = await enter({ targets: [asked(one)], fields: ['email', 'phone'], step: true });
    const way = [];
    const key = async (...keys) => { for (const one of keys) await page.keyboard.press(one); way.push(await focused(page)); };
    await key('Tab');
    await key('Enter');
    const wrong = await page.locator('.said').first().textContent();
    await page.keyboard.type('ada@lina.example');
    await key('Tab');
    await key('Tab');
    await page.keyboard.press('Space');
    await key('Tab');
    await key('Tab');
    await page.keyboard.press('Space');
    await settled(page);
    const found = { way, wrong, told: await told(page), sent: plain(one), errors };
    await context.close();
    await stop(one);
    return found;
  },

  // What people see: errors, sending, kept, done; light and dark, on paper and on a coloured panel.
  async looks() {
    const found = { axe: [], moving: [], small: [], wide: [], marked: [] };
    const looked = ['light', 'dark'].flatMap((colorScheme) => [false, true].map(async (panel) => {
      const [one] = await both();
      const { page, errors, context } = await enter({ targets: [asked(one)], fields: ['email', 'phone'], panel }, { colorScheme, reducedMotion: 'reduce', viewport: { width: 320, height: 640 } });
      const name = `${colorScheme}${panel ? ', panel' : ''}`;
      await page.evaluate(axe);
      const look = async (state) => {
        const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }));
        found.axe.push(...violations.map((one) => `${name}, ${state}: ${one.id} ${one.nodes.map((node) => node.html.slice(0, 90)).join(' ')}`));
        const moving = await page.evaluate(() => document.getAnimations().length);
        if (moving) found.moving.push(`${name}, ${state}`);
        const sizes = await page.evaluate(() => [...document.querySelectorAll('.said button, [role=status] button')].map((one) => one.getBoundingClientRect().height).filter((high) => high < 44));
        found.small.push(...sizes);
        if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)) found.wide.push(`${name}, ${state}`);
      };
      await send(page);
      found.marked.push(await page.locator('[type=email]').evaluate((one) => parseFloat(getComputedStyle(one).borderTopWidth)));
      await look('wrong');
      await fill(page, { email: 'ada@gmial.com', tel: '' });
      await look('slip');
      let go;
      one.answer = async () => { await new Promise((done) => { go = done; }); return answers.json({}, 500)(); };
      await send(page);
      await until(() => go);
      await look('sending');
      go();
      await settled(page);
      await look('kept');
      one.answer = answers.json({ ok: true });
      await status(page).getByRole('button', { name: 'Send it now' }).click();
      await until(async () => /sent now/.test(await told(page)));
      await look('sent');
      found.errors = [...(found.errors ?? []), ...errors];
      await context.close();
      await stop(one);
    }));
    await Promise.all(looked);
    return found;
  },
};

// A host that takes connections and says nothing.
async function tarpit() {
  const one = await new Provider(answers.silent()).start();
  one.head = () => null;
  one.server.removeAllListeners('request');
  running.push(one);
  return one.address;
}

const found = {};
const wanted = process.argv.slice(2);
const named = Object.entries(scenarios).filter(([name]) => !wanted.length || wanted.includes(name));
// Much of a story is waiting, so several are told at the same time.
const line = named[Symbol.iterator]();
await Promise.all(Array.from({ length: 6 }, async () => {
  for (const [name, act] of line) {
    try { found[name] = await act(); } catch (e) { found[name] = { failed: e.stack }; }
  }
}));
await stop(...running);
await browser.close();
pages.server.closeAllConnections();
pages.server.close();
console.log(JSON.stringify(found));
