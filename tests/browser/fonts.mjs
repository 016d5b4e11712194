// Look at a page whose fonts come late, not at all, or at once; print what was found as one JSON object.
// Arguments: the address of the page, selectors of elements whose fonts are asked for.
import { openBrowser } from '../../scripts/chromium.mjs';

const [address, ...selectors] = process.argv.slice(2);
const browser = await openBrowser();
const found = {};
for (const when of ['never', 'late', 'soon']) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.addInitScript(() => {
    globalThis.shifted = 0;
    new PerformanceObserver((list) => { for (const e of list.getEntries()) globalThis.shifted += e.value; })
      .observe({ type: 'layout-shift', buffered: true });
  });
  const fetched = [];
  await page.route('**/*.woff2', async (route) => {
    fetched.push(new URL(route.request().url()).pathname.replace(/^.*\//, '').replace(/\..*/, ''));
    if (when === 'never') return route.abort();
    if (when === 'late') await new Promise((done) => { setTimeout(done, 500); });
    return route.continue();
  });
  await page.goto(address);
  await page.waitForTimeout(when === 'late' ? 700 : 100);
  await page.evaluate(() => document.fonts.ready);
  const lines = await page.evaluate(() => [...document.querySelectorAll('h1, h2, p')].map((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const box = range.getBoundingClientRect();
    return [element.textContent.trim(), box.width, box.height];
  }));
  const session = await context.newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument');
  const fonts = {};
  for (const selector of selectors) {
    const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector });
    fonts[selector] = (await session.send('CSS.getPlatformFontsForNode', { nodeId })).fonts
      .map((font) => [font.isCustomFont, font.familyName, font.glyphCount]);
  }
  found[when] = { shifted: await page.evaluate(() => globalThis.shifted), lines, fonts, fetched: fetched.sort() };
  await context.close();
}
await browser.close();
console.log(JSON.stringify(found));
