// Open a single-file copy from the disk, without scripts, and go through it. Print what was found as one JSON object.
// Argument: {"file": "file:///…"}
import { openBrowser } from '../../scripts/chromium.mjs';

const { file } = JSON.parse(process.argv[2]);
const browser = await openBrowser();
const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 }, acceptDownloads: true });
const page = await context.newPage();
const found = { asked: [], complaints: [], steps: {} };
page.on('request', (request) => { if (!/^(data:|about:)/.test(request.url()) && request.url().split('#')[0] !== file) found.asked.push(request.url()); });
page.on('console', (message) => found.complaints.push(message.text()));

const shown = async (name) => {
  const frames = [];
  for (const frame of await page.locator('.linkhome-page').all()) if (await frame.isVisible()) frames.push(await frame.getAttribute('id'));
  found.steps[name] = { frames, address: page.url().slice(file.length) };
};
const width = (locator) => locator.evaluate((img) => img.decode().then(() => img.naturalWidth));
const color = (locator) => locator.evaluate((one) => getComputedStyle(one).color);
const framed = (id) => page.locator(`[id="${id}"] > iframe`).contentFrame();
const download = async (click) => {
  const [given] = await Promise.all([page.waitForEvent('download'), click()]);
  return given.suggestedFilename();
};

await page.goto(file);
await shown('front');
found.front = { picture: await width(page.locator('#portrait')), color: await color(page.locator('h1')), noscript: await page.locator('.plain').isVisible() };
found.fromFront = await download(() => page.locator('#pdf').click());

await page.locator('#to-post').click();
const post = framed('/posts/one/');
await post.locator('h1').waitFor();
await shown('post');
found.post = { title: await post.locator('h1').textContent(), color: await color(post.locator('h1')), picture: await width(post.locator('img')) };
found.fromPost = await download(() => post.locator('#pdf').click());

await post.locator('#to-part').click();
await shown('part');
found.part = { title: await post.locator('h1').textContent(), frames: await post.locator('iframe').count(), y: await post.locator('html').evaluate((html) => html.scrollTop) };

await post.locator('#to-imprint').click();
await framed('/imprint/').locator('h1').waitFor();
await shown('imprint');
await framed('/imprint/').locator('#home').click();
await page.locator('h1').first().waitFor({ state: 'visible' });
await page.waitForURL(/#$/);
await shown('home');
await page.goBack();
await shown('back');
await framed('/imprint/').locator('#to-form').click();
await page.waitForURL(/#form$/);
await shown('form');

console.log(JSON.stringify(found));
await browser.close();
