// Visit the sign-up of many pages in light and dark and print what axe finds there as one JSON object.
// Argument: {"server": "http://127.0.0.1:…/", "pages": ["base/kit/", …]}
import { createRequire } from 'node:module';
import { openBrowser } from '../../scripts/chromium.mjs';

const { server, pages } = JSON.parse(process.argv[2]);
const { source: axe } = createRequire(import.meta.url)('axe-core');
const found = { axe: [], audited: 0, foreign: [], errors: [] };
const browser = await openBrowser();
const waiting = [...pages];

async function work() {
  const context = await browser.newContext({ reducedMotion: 'reduce', viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  page.on('request', (r) => { if (!r.url().startsWith(server) && !r.url().startsWith('data:')) found.foreign.push(r.url()); });
  page.on('pageerror', (e) => found.errors.push(`${page.url()}: ${e}`));
  page.on('console', (m) => { if (m.type() === 'error') found.errors.push(`${page.url()}: ${m.text()}`); });
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(server + path);
    await page.evaluate(axe);
    for (const mode of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme: mode });
      const result = await page.evaluate(() => {
        for (const fold of document.querySelectorAll('details')) fold.open = true;
        return globalThis.axe.run('#newsletter', { resultTypes: ['violations', 'passes'], rules: { 'target-size': { enabled: true } } });
      });
      found.audited += result.passes.some((rule) => rule.id === 'color-contrast');
      found.axe.push(...result.violations.map((v) =>
        `${path} ${mode}: ${v.id} (${v.help}): ${v.nodes.slice(0, 4).map((n) => n.target.join(' ')).join(', ')}`));
    }
  }
  await context.close();
}

await Promise.all([work(), work()]);
await browser.close();
console.log(JSON.stringify(found));
