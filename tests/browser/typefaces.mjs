// When the typefaces of a page arrive is chance: these make it one of three certainties, and add up what moves.

// Typefaces are there before the first letter is drawn. Not even those from the cache or out of `data:` always are; a face
// that a script makes of bytes is ready at once, and stands before that of the styles.
export async function inTime(page) {
  const rules = /@font-face\{([^}]*url\("([^"]+\.woff2)"\)[^}]*)\}/g;
  const fetched = new Map();
  const get = async (address, as) => {
    if (!fetched.has(address)) fetched.set(address, page.request.get(address).then((answer) => answer.body()));
    return (await fetched.get(address)).toString(as);
  };
  await page.route(/\/$|\.html$/, async (route) => {
    const here = route.request().url();
    const answer = await route.fetch();
    const html = await answer.text();
    const styles = [[html, here]];
    for (const [, file] of html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)) {
      const address = new URL(file, here).href;
      styles.push([await get(address, 'utf8'), address]);
    }
    const faces = [];
    for (const [css, base] of styles) for (const [, declared, file] of css.matchAll(rules)) {
      const said = Object.fromEntries(declared.replace(/src:[^;]*;?/, '').split(';').filter(Boolean).map((one) => one.split(':')));
      faces.push([said['font-family'], await get(new URL(file, base).href, 'base64'), { weight: said['font-weight'],
        stretch: said['font-stretch'], style: said['font-style'], unicodeRange: said['unicode-range'] }]);
    }
    const script = `<script>for (const [family, bytes, said] of ${JSON.stringify(faces)}) document.fonts.add(new FontFace(family,
      Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt()), said));document.currentScript.remove()</script>`;
    // The page itself would not let a strange script in.
    const open = html.replace(/script-src [^";]*; /, '')
      .replace("default-src 'self'", "default-src 'self'; script-src 'self' 'unsafe-inline'");
    await route.fulfill({ response: answer, body: open.replace(/<style|<link rel="stylesheet"/, `${script}$&`) });
  });
}

// Typefaces are held back on every page that is opened, until the function that this gives is called.
export async function late(page) {
  const held = [];
  await page.route('**/*.woff2', (route) => { held.push(route); });
  return async () => {
    await Promise.all(held.splice(0).map((route) => route.continue()));
    await page.waitForLoadState('load');
    await page.evaluate(() => document.fonts.ready);
    await frames(page);
  };
}

// Wait until a page was painted, with whatever is there.
export async function painted(page) {
  await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
  await frames(page);
}

const frames = (page) => page.evaluate(() => new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 30)));
}));

// Add up what moves without being asked to, from the beginning; `shifts` tells how much, and what.
export const watchShifts = (page) => page.addInitScript(() => {
  globalThis.shifted = { sum: 0, what: [] };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      globalThis.shifted.sum += entry.value;
      globalThis.shifted.what.push(...entry.sources.map(({ node }) => `${node?.nodeName} ${node?.textContent?.trim().slice(0, 20)}`));
    }
  }).observe({ type: 'layout-shift', buffered: true });
});

// Nothing to see: a part of a pixel here and there, when a line is laid out again. A busy machine may draw one line before
// its typeface stands; a line that moves by a whole pixel or two is worth about 0.002. Good pages are allowed 0.1.
export const STILL = 0.003;

export async function shifts(page) {
  const { sum, what } = await page.evaluate(() => globalThis.shifted);
  return sum < STILL ? '' : `${sum.toFixed(4)} (${[...new Set(what)].join(', ')})`;
}
