// One browser that does what people do; see the calls below. Pages of other hosts than loopback do not exist for it.
import { createRequire } from 'node:module';
import { openBrowser } from '../../scripts/chromium.mjs';
import { serve } from './answers.mjs';

const { source: axe } = createRequire(import.meta.url)('axe-core');
const browser = await openBrowser();
let context, page, errors;

const seen = async () => ({
  url: page.url(),
  title: await page.title(),
  text: await page.locator('body').innerText(),
  errors: errors.splice(0),
});

await serve({
  // Come as somebody new, with or without JavaScript.
  async arrive({ url, javascript = true, locale = 'en-GB' }) {
    await context?.close();
    context = await browser.newContext({ javaScriptEnabled: javascript, locale, viewport: { width: 390, height: 844 } });
    page = await context.newPage();
    errors = [];
    page.on('pageerror', (problem) => errors.push(problem.message));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    await page.goto(url);
    return seen();
  },
  async go({ url }) {
    const response = await page.goto(url);
    return { status: response.status(), ...(await seen()) };
  },
  // What keeps people from using the page; empty when nothing does.
  async obstacles() {
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { rules: { 'target-size': { enabled: true } } }));
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
  },
  fill: ({ label, value }) => page.getByLabel(label).fill(value),
  tick: ({ label }) => page.getByLabel(label).check(),
  // Press a button, and wait for what is to come: an address that ends so, or words on the page.
  async press({ button, address, words }) {
    await page.getByRole('button', { name: button }).click();
    await (address ? page.waitForURL(address) : page.getByText(words).first().waitFor());
    await page.waitForLoadState();
    return seen();
  },
});
await browser.close();
