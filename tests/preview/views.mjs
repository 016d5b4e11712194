// Look at pages in views, and at the same pages in a browser whose visitor wants that. Prints one JSON object.
// Argument: {"server": "http://127.0.0.1:…/", "themes": ["", "aurora/", …], "words": "words/", "timed": "timed/"}
import { openBrowser } from '../../scripts/chromium.mjs';

const { server, themes, words, timed } = JSON.parse(process.argv[2]);
const browser = await openBrowser();
const context = await browser.newContext({ viewport: { width: 1000, height: 700 } });
const page = await context.newPage();
const errors = [];
page.on('pageerror', (problem) => errors.push(problem.message));
const listen = (message) => message.type() === 'error' && errors.push(`${message.text()} ${message.location().url}`);
page.on('console', listen);

// How everything on the page looks, as far as light, dark and motion can change it.
const looks = () => page.evaluate(async () => {
  await Promise.all([...document.images].map((one) => { one.loading = 'eager'; return one.decode().catch(() => {}); }));
  const names = ['color', 'background-color', 'background-image', 'color-scheme', 'filter', 'mix-blend-mode', 'animation-name', 'transition-duration', 'scroll-behavior'];
  return [...document.querySelectorAll('html, body, body *:not(script, script *)')].filter((one) => !one.closest('linkhome-preview')).map((one) => {
    const style = getComputedStyle(one);
    // Of widths that would do, a browser takes one that it has already: which one says nothing.
    const picture = one.currentSrc ? new URL(one.currentSrc).pathname.replace(/^\/\.linkhome\/as\/[^/]+/, '').replace(/-\d+(?=\.\w+$)/, '') : '';
    return [one.tagName, one.className.baseVal ?? one.className, picture, ...names.map((name) => style.getPropertyValue(name).replaceAll(/\/\.linkhome\/as\/[^/]+/g, ''))].join(' | ');
  });
});

async function seen(path, colorScheme, reducedMotion) {
  await page.emulateMedia({ colorScheme, reducedMotion });
  await page.goto(server + path);
  return looks();
}

const found = { unlike: [], same: [], errors, words: {}, timed: {} };
const usual = ['light', 'no-preference'];
for (const theme of themes) {
  const plain = await seen(theme, ...usual);
  for (const [view, ...wishes] of [['dark', 'dark', 'no-preference'], ['still', 'light', 'reduce'], ['dark+still', 'dark', 'reduce']]) {
    const wished = await seen(theme, ...wishes);
    const viewed = await seen(`.linkhome/as/${view}/${theme}`, ...usual);
    wished.forEach((look, number) => look !== viewed[number] && found.unlike.push(`${theme}${view}: ${look} and not ${viewed[number]}`));
    if (wished.join() === plain.join()) found.same.push(`${theme}${view}`); // else the comparison proves nothing
  }
  const dark = await seen(`.linkhome/as/light/${theme}`, 'dark', 'no-preference');
  plain.forEach((look, number) => look !== dark[number] && found.unlike.push(`${theme}light: ${look} and not ${dark[number]}`));
}
page.off('console', listen); // that a script does not run is an error to the browser
for (const view of ['', '.linkhome/as/noscript/']) {
  await page.goto(server + view + words);
  found.words[view] = (await page.evaluate(() => document.body.innerText)).trim();
}
for (const view of ['', '.linkhome/as/at1000/', '.linkhome/as/at3000000000/']) {
  await page.goto(server + view + timed);
  found.timed[view] = (await page.evaluate(() => document.body.innerText)).trim();
}
await browser.close();
console.log(JSON.stringify(found));
