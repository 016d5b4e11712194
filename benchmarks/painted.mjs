// Open pages in one Chromium, and tell when a change of theirs was painted. painted.py speaks to this: JSON, one a line.
import { createInterface } from 'node:readline';
import { openBrowser } from '../scripts/chromium.mjs';

const say = (what) => process.stdout.write(JSON.stringify(what) + '\n');

// Runs in every page, before anything else. Times are those of the page, so that nothing on the way to us counts.
// If `drawn`, tell of a change when it was drawn. Tabs that are not in front may wait a second for their next frame.
function watch(drawn) {
  if (window !== window.top) return;
  const last = {};
  const tell = (kind, value, inFrame = false) => {
    if (!value || last[kind] === value) return;
    last[kind] = value;
    const now = () => window.tellPainted(JSON.stringify([kind, value, Date.now()]));
    // The message comes after the frame that the page is drawn for.
    const afterFrame = () => {
      const after = new MessageChannel();
      after.port1.onmessage = now;
      after.port2.postMessage(0);
    };
    if (!drawn) now();
    else if (inFrame) afterFrame();
    else requestAnimationFrame(afterFrame);
  };
  const text = () => tell('text', /revision \d+/i.exec(document.body?.textContent ?? '')?.[0].toLowerCase());
  const style = (inFrame) => document.body && tell('style', getComputedStyle(document.body).backgroundColor, inFrame === true);
  const both = () => { text(); style(); };
  new MutationObserver(both).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  document.addEventListener('load', style, true); // a style sheet that was fetched anew
  setInterval(style, 100);
  // Styles may change without anybody being told: who measures them looks in every frame, also after a reload.
  window.everyFrame = () => { window.name = 'every frame'; style(true); requestAnimationFrame(window.everyFrame); };
  if (window.name === 'every frame') window.everyFrame();
}

// A digest of the pixels of the mark, or of the edge of the page: who says that it changed shall show it.
async function pixels(page, kind) {
  const clip = kind === 'style' ? { x: 2, y: 600, width: 8, height: 8 } : await page.evaluate(() => {
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
      const at = words.currentNode.data.search(/revision \d+/i);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(words.currentNode, at);
      range.setEnd(words.currentNode, at + 'revision 000'.length);
      const { x, y, width, height } = range.getBoundingClientRect();
      return { x, y, width, height };
    }
    return null;
  });
  return clip && (await page.screenshot({ clip, animations: 'disabled' })).toString('base64');
}

const browser = await openBrowser();
const pages = new Map();

async function open({ name, url, apart, styles }) {
  let page = pages.get(name);
  if (!page) {
    const options = { viewport: { width: 800, height: 900 }, reducedMotion: 'reduce' };
    // One context is one person's browser: its tabs share what tabs share.
    const context = apart || !browser.contexts().length ? await browser.newContext(options) : browser.contexts()[0];
    page = await context.newPage();
    const wire = await context.newCDPSession(page);
    await wire.send('Runtime.enable'); // else it tells nothing
    await wire.send('Runtime.addBinding', { name: 'tellPainted' });
    wire.on('Runtime.bindingCalled', ({ payload }) => say({ name, painted: JSON.parse(payload) }));
    await page.addInitScript(watch, Boolean(apart));
    pages.set(name, page);
  }
  await page.goto(url, { waitUntil: 'load' });
  if (styles) await page.evaluate(() => window.everyFrame());
}

const verbs = {
  open,
  pixels: ({ name, kind }) => pixels(pages.get(name), kind),
  run: ({ name, script }) => pages.get(name).evaluate(script),
};

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  await verbs[asked.verb](asked).then((answer) => say({ answer: answer ?? null }), (problem) => say({ wrong: String(problem) }));
}
await browser.close();
