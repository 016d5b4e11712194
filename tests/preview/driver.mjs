// One Chromium with real tabs: one that is not in front is hidden, as it is for people. Answers lines of JSON, see the calls below.
// Names but loopback's do not resolve, so that nothing can be asked of anybody.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium } from '../../scripts/chromium.mjs';
import { serve } from '../signup_ends/answers.mjs';

const FLAGS = ['--headless=new', '--remote-debugging-port=0', '--disable-gpu', '--no-first-run', '--no-default-browser-check',
  '--disable-extensions', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-default-apps',
  '--disable-dev-shm-usage', '--hide-scrollbars', '--mute-audio', '--window-size=800,900', '--lang=en-GB',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'];

// Started by hand and only then taken over: a browser that Playwright starts shows every tab as if it were in front.
const profile = mkdtempSync(join(tmpdir(), 'linkhome-tabs-'));
const flags = [...FLAGS, `--user-data-dir=${profile}`, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
const started = spawn(findChromium(), [...flags, 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'] });
const endpoint = await new Promise((found, failed) => {
  let said = '';
  started.on('exit', () => failed(new Error(`Chromium did not start: ${said}`)));
  started.stderr.on('data', (piece) => {
    said += piece;
    const [, address] = /^DevTools listening on (ws:\S+)/m.exec(said) ?? [];
    if (address) found(address);
  });
});
const browser = await chromium.connectOverCDP(endpoint, { noDefaults: true });
const [context] = browser.contexts();
const tabs = new Map();
let last = 0;

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

// Look again and again; a page that is just being loaded is only not yet what is waited for.
async function until(look, seconds, wanted) {
  const end = Date.now() + seconds * 1000;
  for (let seen; ; await pause(10)) {
    try {
      seen = await look();
      if (seen) return seen;
    } catch (problem) {
      seen = String(problem.message ?? problem).split('\n')[0];
    }
    if (Date.now() > end) throw new Error(`not so after ${seconds} s: ${await wanted(seen)}`);
  }
}

// Asked as from the console, so that the page's own policy about scripts is none of its business.
async function evaluate(tab, expression) {
  const { result, exceptionDetails } = await tab.session.send('Runtime.evaluate', {
    expression, awaitPromise: true, returnByValue: true, userGesture: true });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}

async function keep(page, address) {
  const tab = { page, loads: 0, errors: [], streams: new Set(), session: await context.newCDPSession(page) };
  page.on('load', () => { tab.loads += 1; });
  page.on('pageerror', (problem) => tab.errors.push(problem.message));
  page.on('console', (message) => message.type() === 'error' && tab.errors.push(message.text()));
  page.on('request', (request) => request.url().includes('/.linkhome/events') && tab.streams.add(request));
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, (request) => tab.streams.delete(request));
  tabs.set(last += 1, tab);
  await page.goto(address);
  tab.loads = 0;
  return last;
}

const shown = (tab) => evaluate(tab, 'document.body.innerText').catch((problem) => String(problem));
const dialog = (tab) => tab.page.getByRole('dialog');

await serve({
  open: async ({ url }) => keep(await context.newPage(), url),
  // A window beside the others: its tab is visible together with that of another window.
  async window({ url }) {
    const coming = context.waitForEvent('page');
    const whole = await browser.newBrowserCDPSession();
    await whole.send('Target.createTarget', { url: 'about:blank', newWindow: true });
    return keep(await coming, url);
  },
  async close({ tab }) {
    await tabs.get(tab).page.close();
    tabs.delete(tab);
  },
  show: ({ tab }) => tabs.get(tab).page.bringToFront(),
  async go({ tab, url }) {
    const response = await tabs.get(tab).page.goto(url);
    tabs.get(tab).loads = 0;
    return response?.status() ?? 0;
  },
  evaluate: ({ tab, expression }) => evaluate(tabs.get(tab), expression),
  until: ({ tab, expression, seconds }) => until(() => evaluate(tabs.get(tab), expression), seconds,
    async (seen) => `${expression} is ${JSON.stringify(seen)}; the page says: ${await shown(tabs.get(tab))}`),
  // The text of the dialog as soon as it is there and says these words.
  overlay: ({ tab, words, seconds }) => until(async () => {
    const text = await dialog(tabs.get(tab)).first().innerText({ timeout: 500 });
    return text.includes(words) && text;
  }, seconds, async (seen) => `a dialog with ${JSON.stringify(words)}; ${seen}`),
  noOverlay: ({ tab, seconds }) => until(async () => (await dialog(tabs.get(tab)).filter({ visible: true }).count()) === 0,
    seconds, async () => 'no dialog'),
  press: ({ tab, key }) => tabs.get(tab).page.keyboard.press(key),
  click: ({ tab, role, name }) => tabs.get(tab).page.getByRole(role, { name }).first().click(),
  told: ({ tab }) => ({ loads: tabs.get(tab).loads, errors: tabs.get(tab).errors.splice(0), streams: tabs.get(tab).streams.size }),
  async screenshot({ tab, path }) {
    await tabs.get(tab).page.screenshot({ path });
  },
});
// Its profile can be removed when it has ended as it likes to.
const ended = new Promise((done) => { started.removeAllListeners('exit').on('exit', done); });
const whole = await browser.newBrowserCDPSession();
await Promise.race([whole.send('Browser.close').catch(() => {}).then(() => ended), pause(5000)]);
started.kill('SIGKILL');
rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
process.exit();
