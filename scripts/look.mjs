// Take pictures of a built site: look.mjs SITE OUT. Every kind of page, on a phone and a desk, light and dark.
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openBrowser, settle } from './chromium.mjs';

const [site, out] = process.argv.slice(2).map((path) => resolve(path));
if (!out) { console.error('usage: look.mjs SITE OUT'); process.exit(2); }
const folders = (path) => (existsSync(path) ? readdirSync(path, { withFileTypes: true }) : [])
  .filter((entry) => entry.isDirectory() && existsSync(join(path, entry.name, 'index.html'))).map((entry) => entry.name);
const post = folders(join(site, 'posts'))[0];
const pages = { home: 'index.html', missing: '404.html', ...(post && { post: `posts/${post}/index.html` }),
  ...Object.fromEntries(folders(site).map((name) => [name, `${name}/index.html`])) };

mkdirSync(out, { recursive: true });
const browser = await openBrowser();
for (const [name, path] of Object.entries(pages)) {
  for (const [width, height] of [[390, 844], [1280, 800]]) {
    for (const colorScheme of ['light', 'dark']) {
      const page = await browser.newPage({ viewport: { width, height }, colorScheme });
      await page.goto(pathToFileURL(join(site, path)).href);
      await settle(page);
      await page.screenshot({ path: join(out, `${name}-${width}-${colorScheme}.png`), fullPage: true });
      await page.close();
    }
  }
}
await browser.close();
console.log(`The pictures are in ${out}`);
