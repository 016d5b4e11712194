// Take the pictures that are listed on the standard input: [{page, width, mode, to}, …].
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { openBrowser, settle } from './chromium.mjs';

const shots = JSON.parse(readFileSync(0, 'utf8'));
const browser = await openBrowser();
for (const { page: file, width, mode, to } of shots) {
  const page = await browser.newPage({ viewport: { width, height: width < 500 ? 844 : 900 }, colorScheme: mode, reducedMotion: 'reduce' });
  await page.goto(pathToFileURL(file).href);
  await settle(page);
  await page.screenshot({ path: to, fullPage: true });
  await page.close();
}
await browser.close();
