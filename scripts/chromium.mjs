// Start Chromium for tests and screenshots: no name but loopback's resolves, so that nothing can be asked of anybody.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const FLAGS = ['--disable-gpu', '--disable-quic', '--no-first-run', '--no-default-browser-check', '--disable-extensions',
  '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-default-apps',
  '--disable-dev-shm-usage', '--hide-scrollbars', '--mute-audio',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'];

export function findChromium() {
  const wanted = process.env.LINKHOME_CHROMIUM;
  const folders = (process.env.PATH || '').split(delimiter);
  const found = wanted || folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find((path) => existsSync(path));
  if (!found) throw new Error("there is no Chromium: run 'make test', or name one in LINKHOME_CHROMIUM");
  return found;
}

export function openBrowser() {
  const root = process.getuid?.() === 0; // Chromium refuses its sandbox to root
  return chromium.launch({ executablePath: findChromium(), args: root ? [...FLAGS, '--no-sandbox'] : FLAGS });
}

// Scroll once through the page, so that lazy pictures are there, and wait until all of them are drawn.
export async function settle(page) {
  await page.evaluate(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 10)));
    for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight / 2) {
      scrollTo({ top: y, behavior: 'instant' });
      await frame();
    }
    // One that lies beside the window, in a strip to be swiped, is not fetched and would be waited for in vain.
    const drawn = [...document.images].filter((i) => i.checkVisibility()).map((i) => i.decode().catch(() => {}));
    await Promise.race([Promise.all(drawn), new Promise((done) => setTimeout(done, 3000))]);
    await document.fonts.ready;
    scrollTo({ top: 0, behavior: 'instant' });
    await frame();
  });
}
