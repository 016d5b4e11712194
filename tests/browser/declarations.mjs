// Whether Chromium understands every declaration, selector and query in the styles of a page, read from their text.

// What it need not understand, because other browsers do. Nothing at present.
const DELIBERATE = new Set([]);

export async function misunderstood(page) {
  const { unknown, count } = await page.evaluate(async () => {
    const unknown = new Set();
    let count = 0;
    // What a query asks is unknown when neither it nor its opposite is true.
    const asks = (query) => (query.startsWith('(') ? matchMedia(query).matches || matchMedia(`not (${query})`).matches
      : matchMedia(query).media !== 'not all');
    const known = { '@media': (query) => query.split(',').every((one) => asks(one.trim())), '@supports': () => true, '@layer': () => true,
      '@container': (query) => sheet(`@container ${query}{}`).length === 1, '@keyframes': () => true, '@font-face': () => true };
    const sheet = (text) => { const made = new CSSStyleSheet(); made.replaceSync(text); return made.cssRules; };

    function declared(text, inside) {
      const [, name, value] = /^([\w-]+)\s*:\s*([^]*?)\s*(?:!\s*important)?$/.exec(text) ?? [];
      count += 1;
      if (!name) unknown.add(text);
      else if (inside === '@font-face') {
        if (!sheet(`@font-face{${text}}`)[0]?.style.getPropertyValue(name)) unknown.add(`@font-face ${name}: ${value}`);
      } else if (!CSS.supports(name, value)) unknown.add(`${name}: ${value}`);
    }

    function opened(prelude, inside) {
      if (!prelude.startsWith('@')) {
        // `:is()` forgives what it does not know, but one selector of a list spoils the others.
        if (inside !== '@keyframes' && !CSS.supports(`selector(${prelude.replaceAll('&', ':root')})`) && !sheet(`${prelude}{}`).length) unknown.add(prelude);
        return 'rule';
      }
      const [, name, query] = /^(@[\w-]+)\s*([^]*)$/.exec(prelude);
      if (!(known[name]?.(query) ?? false)) unknown.add(prelude);
      return name;
    }

    // Cut at ; { and } that stand in no string, parenthesis or comment.
    function read(text) {
      const open = [];
      let depth = 0;
      let from = 0;
      const parts = /\/\*[^]*?\*\/|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\\.|[()[\]{};]/g;
      const clean = text.replace(/\/\*[^]*?\*\//g, '');
      for (const { 0: mark, index } of clean.matchAll(parts)) {
        if ('([)]'.includes(mark)) depth += '(['.includes(mark) ? 1 : -1;
        if (depth || !';{}'.includes(mark)) continue;
        const piece = clean.slice(from, index).trim();
        from = index + 1;
        if (mark === '{') open.push(opened(piece, open.at(-1)));
        else if (piece && piece.startsWith('@')) opened(piece, open.at(-1));
        else if (piece) declared(piece, open.at(-1));
        if (mark === '}') open.pop();
      }
      if (depth || open.length) unknown.add('the end comes too early');
    }

    for (const style of document.querySelectorAll('style')) read(style.textContent);
    for (const link of document.querySelectorAll('link[rel=stylesheet]')) read(await (await fetch(link.href)).text());
    return { unknown: [...unknown], count };
  });
  return { count, unknown: unknown.filter((one) => !DELIBERATE.has(one)) };
}
