// Open pages and print what ran in each, as one JSON object. Argument: {"server": "http://127.0.0.1:…/", "pages": ["a.html", …]}
import { openBrowser } from '../../scripts/chromium.mjs';

const { server, pages } = JSON.parse(process.argv[2]);
const found = {};
const browser = await openBrowser();
const page = await browser.newPage();
for (const path of pages) {
  const refused = [];
  const listen = (m) => { if (m.type() === 'error') refused.push(m.text()); };
  page.on('console', listen);
  await page.goto(server + path);
  found[path] = { ran: await page.evaluate(() => globalThis.ran ?? []), refused };
  page.off('console', listen);
}
await browser.close();
console.log(JSON.stringify(found));
