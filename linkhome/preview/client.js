// Listens to `linkhome serve` and shows what was saved: in place where that is sure, else by a reload.
// It exists in the preview alone, asks nobody but the preview, and adds nothing to the page but one element of its own.
(() => {
  'use strict';
  const script = document.currentScript;
  const { page, view = '', base = '/' } = script.dataset;
  const framed = window.top !== window;
  let have = script.dataset.have; // the version of the page that is shown; changes when it is changed in place
  let leaving = false;

  const WORDS = {
    en: {
      errors: (n) => (n === 1 ? '1 error' : `${n} errors`),
      warnings: (n) => (n === 1 ? '1 warning' : `${n} warnings`),
      behind: 'Behind this is the last page that could be built. It is made anew as soon as you save.',
      fine: 'The page was built. This is what you may want to look at.',
      close: 'Close',
      open: 'Open in the editor',
      studio: 'Preview',
      studioHint: 'Phone widths, dark mode, time travel',
      hide: 'Hide until this tab is closed',
      lost: 'linkhome serve does not answer',
      corner: 'Preview of linkhome',
    },
    de: {
      errors: (n) => (n === 1 ? '1 Fehler' : `${n} Fehler`),
      warnings: (n) => (n === 1 ? '1 Warnung' : `${n} Warnungen`),
      behind: 'Dahinter steht die letzte Seite, die gebaut werden konnte. Beim nächsten Speichern wird sie neu gebaut.',
      fine: 'Die Seite wurde gebaut. Das hier solltest du dir ansehen.',
      close: 'Schließen',
      open: 'Im Editor öffnen',
      studio: 'Vorschau',
      studioHint: 'Handybreiten, dunkler Modus, Zeitreise',
      hide: 'Ausblenden, bis dieser Tab geschlossen wird',
      lost: 'linkhome serve antwortet nicht',
      corner: 'Vorschau von linkhome',
    },
  };
  const language = /^de\b/i.test(navigator.language) ? 'de' : 'en';
  const words = WORDS[language];

  // What is kept for as long as the tab is open. It may be forbidden.
  const kept = {
    get(name) { try { return sessionStorage.getItem(`linkhome-preview ${name}`); } catch { return null; } },
    set(name, value) { try { sessionStorage.setItem(`linkhome-preview ${name}`, value); } catch { /* so it is forgotten */ } },
    take(name) {
      const value = this.get(name);
      try { sessionStorage.removeItem(`linkhome-preview ${name}`); } catch { /* there was none */ }
      return value;
    },
  };

  // ---- Changing the page in place. Everything is checked before anything is touched.

  class Unlike extends Error {} // what is there is not what the preview thinks: only a reload is right

  // Parse the HTML of one element without running or loading anything.
  function parsed(html) {
    const template = document.createElement('template');
    template.innerHTML = html;
    if (template.content.childNodes.length !== 1) throw new Unlike('more or less than one element');
    return template.content.firstChild;
  }

  // Return the function that makes an edit, if the element is still as the build wrote it.
  function edited({ at, old, new: html }) {
    const live = at.reduce((element, place) => element?.children[place], document.documentElement);
    if (!live?.isEqualNode(parsed(old))) throw new Unlike(`a script changed the element at ${at}`);
    const next = parsed(html);
    return () => {
      const now = become(live, next.cloneNode(true));
      if (!now.isEqualNode(next)) throw new Unlike('it did not come out as it should');
    };
  }

  // These load what they show when they begin, and never again.
  const WHOLE = /^(audio|video|object|embed|iframe)$/i;
  const alike = (one, other) => one.nodeType === other.nodeType && one.nodeName === other.nodeName && !WHOLE.test(one.nodeName);

  // Let an element become another one, touching only what differs, so that pictures that stay do not flicker.
  function become(live, next) {
    if (live.isEqualNode(next)) return live;
    if (!alike(live, next) || live.namespaceURI !== next.namespaceURI) {
      live.replaceWith(next);
      return next;
    }
    if (live.nodeType !== Node.ELEMENT_NODE) {
      live.data = next.data;
      return live;
    }
    for (const { name, namespaceURI, localName } of [...live.attributes]) {
      if (!next.hasAttribute(name)) live.removeAttributeNS(namespaceURI, localName);
    }
    for (const attribute of [...next.attributes]) {
      if (live.getAttribute(attribute.name) !== attribute.value) live.setAttributeNodeNS(attribute.cloneNode());
    }
    const before = [...live.childNodes];
    const after = [...next.childNodes];
    while (before.length && after.length && before[0].isEqualNode(after[0])) before.shift(), after.shift();
    let end = null; // what the changed children stand in front of
    while (before.length && after.length && before.at(-1).isEqualNode(after.at(-1))) end = before.pop(), after.pop();
    if (before.length === after.length && before.every((one, n) => alike(one, after[n]))) {
      before.forEach((one, n) => become(one, after[n]));
    } else {
      for (const one of before) one.remove();
      for (const one of after) live.insertBefore(one, end);
    }
    return live;
  }

  const rulesOf = (texts) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(texts.join('\n'));
    if (sheet.cssRules.length !== texts.length) throw new Unlike('this browser does not know all rules');
    return [...sheet.cssRules].map((rule) => rule.cssText);
  };

  // Return the functions that change the rules of a style sheet, if those that go are there.
  function restyled({ number, rules = [], href }) {
    const element = document.head.querySelectorAll(':scope > style, :scope > link[rel~="stylesheet" i]')[number];
    if (!element?.sheet) throw new Unlike(`there is no style sheet ${number}`);
    if (href) {
      if (element.getAttribute('href') !== href[0]) throw new Unlike('another style sheet is linked');
      return [() => relink(element, href[1])];
    }
    return rules.map(({ at, sizes, old = [], new: texts = [] }) => {
      const place = at.at(-1);
      let group = element.sheet;
      sizes.forEach((size, depth) => {
        if (group.cssRules?.length !== size) throw new Unlike(`the style sheet does not have ${size} rules at ${at}`);
        if (depth < sizes.length - 1) group = group.cssRules[at[depth]];
      });
      const now = rulesOf(old);
      if (now.some((text, n) => group.cssRules[place + n].cssText !== text)) throw new Unlike(`another rule is at ${at}`);
      rulesOf(texts);
      return () => {
        for (const _ of old) group.deleteRule(place);
        texts.forEach((text, n) => group.insertRule(text, place + n));
      };
    });
  }

  // The old sheet stays until the new one is there: nothing is ever seen without styles.
  function relink(link, href) {
    const next = link.cloneNode();
    next.setAttribute('href', href);
    next.addEventListener('load', () => link.remove());
    next.addEventListener('error', () => reload());
    link.after(next);
  }

  function apply({ kind, from, have: then, edits = [], styles = [] }) {
    if (then === have) return;
    if ((kind !== 'patch' && kind !== 'style') || from !== have || view) return reload();
    try {
      const todo = [...styles.flatMap(restyled), ...edits.map(edited)];
      for (const act of todo) act();
      have = script.dataset.have = then;
    } catch (reason) {
      console.debug('linkhome: reload,', reason.message);
      reload();
    }
  }

  // ---- A reload that keeps where one was, and which groups were open.

  const LATER = 30_000; // milliseconds
  const place = `place ${view} ${page}`;
  const groups = () => [...document.body.querySelectorAll('details')];
  const titleOf = (group) => group.querySelector('summary')?.textContent ?? '';

  function reload() {
    if (leaving) return;
    leaving = true;
    kept.set(place, JSON.stringify({ at: Date.now(), x: scrollX, y: scrollY, open: groups().map((one) => [titleOf(one), one.open]) }));
    // At the very top we stay there; else a browser keeps what was seen in place, below whatever comes in above it.
    if (!scrollY) history.scrollRestoration = 'manual';
    location.reload();
  }

  function restore() {
    const was = JSON.parse(kept.take(place));
    if (!was || Date.now() - was.at > LATER) return; // that reload never came to its end
    const now = groups();
    now.forEach((group, n) => {
      const [, open] = was.open[n]?.[0] === titleOf(group) ? was.open[n] : was.open.find(([title]) => title === titleOf(group)) ?? [];
      if (open !== undefined && group.open !== open) group.open = open;
    });
    // Browsers do this themselves, and before the first paint; but they do not know of the groups.
    const back = () => {
      if (Math.abs(scrollY - was.y) > 1 || Math.abs(scrollX - was.x) > 1) scrollTo({ left: was.x, top: was.y, behavior: 'instant' });
    };
    const moved = new AbortController();
    for (const event of ['wheel', 'touchstart', 'keydown', 'pointerdown']) {
      addEventListener(event, () => moved.abort(), { once: true, passive: true, signal: moved.signal });
    }
    addEventListener('load', () => moved.signal.aborted || back(), { once: true });
    back();
  }

  // ---- What is shown beside the page: what is wrong, and the way to the studio.

  const make = (tag, given = {}, ...inside) => {
    const element = Object.assign(document.createElement(tag), given);
    element.append(...inside);
    return element;
  };
  const safe = (address) => /^[a-z][a-z0-9+.-]*:/i.test(address) && !/^(javascript|data|vbscript|file|blob|https?):/i.test(address);

  // A character that takes two columns in the terminal takes what it likes here: the caret goes under the same text.
  const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}]|[\u{20000}-\u{3fffd}]/u;
  const NARROW = /[\p{Mn}\p{Me}\p{Cf}]/u;
  function beginning(text, columns) {
    let taken = '';
    for (const letter of text) {
      if (columns <= 0) break;
      columns -= NARROW.test(letter) ? 0 : WIDE.test(letter) ? 2 : 1;
      taken += letter;
    }
    return taken;
  }

  const piece = ([text, role]) => (role ? make('span', { className: role }, text) : text);

  // One finding, in the lines of the terminal: what and where, the line with its caret, and what to do.
  function finding({ severity, lines, edit }) {
    const [first, ...rest] = lines;
    const head = make('p', { className: 'what' }, ...first.flatMap(([text, role]) => {
      if (role !== 'place' || !safe(edit)) return [piece([text, role])];
      const [, where, colon] = /^(.*?)(:? *)$/s.exec(text);
      return [make('a', { className: role, href: edit, title: words.open }, where), piece([colon, role])];
    }));
    const isHint = (line) => line.some(([, role]) => role === 'hint');
    const code = make('pre', { tabIndex: 0 });
    let source = '';
    for (const line of rest.filter((one) => !isHint(one))) {
      const caret = line.at(-1)[1] === 'mark';
      const shown = line.map(([text, role]) =>
        caret && !role && /[^\x20-\x7e]/.test(source) ? make('span', { className: 'space' }, beginning(source, text.length)) : piece([text, role]));
      if (!caret) source = line.at(-1)[0];
      code.append(make('span', { className: 'line' }, ...shown), '\n');
    }
    const hints = rest.filter(isHint).map((line) => make('span', { className: 'line' }, ...line.filter(([, role]) => role === 'hint').map(piece)));
    const todo = make('p', { className: 'todo' }, ...hints);
    return make('li', { className: severity }, head, ...[code, todo].filter((one) => one.childNodes.length));
  }

  const title = make('h1', { id: 'title', tabIndex: -1, autofocus: true });
  const list = make('ol');
  const foot = make('p', { className: 'foot' });
  const shut = make('button', { type: 'button', className: 'shut', title: `${words.close} (Esc)`, onclick: () => dialog.close() }, cross(words.close));
  const dialog = make('dialog', { onclose: closed }, make('header', {}, make('i'), title, shut), list, foot);
  dialog.setAttribute('aria-labelledby', 'title');
  const many = make('button', { type: 'button', className: 'many', onclick: () => open() });
  const lost = make('span', { className: 'lost', hidden: true }, words.lost);
  lost.setAttribute('role', 'status');
  const studio = make('a', { className: 'studio', href: `/.linkhome/?page=${encodeURIComponent(page)}`, title: words.studioHint }, words.studio);
  const hide = make('button', { type: 'button', className: 'hide', title: words.hide, onclick: () => { kept.set('hidden', 1); corner(); } }, cross(words.hide));
  const bar = make('aside', {}, lost, many, studio, hide);
  bar.setAttribute('aria-label', words.corner);
  const host = make('linkhome-preview', { lang: language, dir: 'ltr' });
  let state = null; // what the preview told last

  function cross(text) {
    const name = 'http://www.w3.org/2000/svg';
    const drawing = document.createElementNS(name, 'svg');
    const path = document.createElementNS(name, 'path');
    drawing.setAttribute('viewBox', '0 0 16 16');
    drawing.setAttribute('role', 'img');
    drawing.setAttribute('aria-label', text);
    path.setAttribute('d', 'm4 4 8 8m0-8-8 8');
    drawing.append(path);
    return drawing;
  }

  function open() {
    const { broken, problems } = state;
    const said = broken ? words.errors(problems.length) : words.warnings(problems.length);
    const anew = JSON.stringify([broken, problems]);
    if (dialog.told !== anew) { // what stays is not made anew: somebody may be reading it
      dialog.told = anew;
      dialog.className = broken ? 'error' : 'warning';
      title.textContent = said;
      list.replaceChildren(...problems.map(finding));
      foot.textContent = broken ? words.behind : words.fine;
    }
    if (!dialog.open) dialog.showModal();
    for (const caret of list.querySelectorAll('pre .mark')) { // where the caret is matters more than where the line begins
      const pre = caret.closest('pre');
      pre.scrollLeft = caret.offsetLeft + caret.offsetWidth - pre.offsetLeft - 0.8 * pre.clientWidth;
    }
    corner();
  }

  function closed() {
    if (state.broken) kept.set('closed', `${state.run} ${state.number}`);
    corner();
  }

  function corner() {
    const { broken = false, problems = [] } = state ?? {};
    many.hidden = !problems.length;
    many.className = broken ? 'many error' : 'many warning';
    many.textContent = broken ? words.errors(problems.length) : words.warnings(problems.length);
    hide.hidden = studio.hidden = kept.get('hidden') !== null;
    bar.hidden = framed || dialog.open || (many.hidden && studio.hidden && lost.hidden);
  }

  function show() {
    const { broken, problems, run, number } = state;
    const wanted = broken && problems.length > 0 && kept.get('closed') !== `${run} ${number}`;
    const reading = dialog.open && (dialog.className === 'warning') === !broken && problems.length > 0;
    if (wanted || reading) open();
    else if (dialog.open) dialog.close();
    corner();
  }

  const STYLES = `
    :host { all: initial !important; position: fixed !important; z-index: 2147483647 !important; inset: auto 0 0 auto !important;
      color-scheme: light dark !important }
    * { box-sizing: border-box; margin: 0; padding: 0 }
    [hidden] { display: none !important }
    dialog, aside {
      --paper: #fff; --ink: #1d1b18; --soft: #67625a; --rule: #e7e3dc; --code: #f7f5f1; --glass: rgb(255 255 255 / .82);
      --error: #b3261a; --warning: #85570a; --place: #1d1b18;
      font: 400 .9375rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; color: var(--ink) }
    dialog, aside, * { font-size-adjust: none }
    dialog { position: fixed; inset: 0 0 auto; width: min(46rem, 100% - 3rem); max-height: min(80vh, 46rem); max-height: min(80dvh, 46rem);
      margin: 9vh auto auto; border: 0; border-radius: 14px; background: var(--paper); overflow: hidden;
      box-shadow: 0 0 0 1px rgb(0 0 0 / .07), 0 2px 6px rgb(0 0 0 / .08), 0 24px 64px rgb(0 0 0 / .28) }
    dialog[open] { display: flex; flex-direction: column; animation: come .16s ease-out }
    dialog::backdrop { background: rgb(22 19 15 / .38); animation: dim .16s ease-out }
    @keyframes come { from { opacity: 0; transform: translateY(8px) } }
    @keyframes dim { from { opacity: 0 } }
    header { display: flex; align-items: center; gap: .625rem; padding: .375rem .375rem .375rem 1.25rem; border-bottom: 1px solid var(--rule) }
    header i, .many::before { content: ""; flex: none; width: .5rem; height: .5rem; border-radius: 50%; background: var(--mark) }
    .error { --mark: var(--error) }
    .warning { --mark: var(--warning) }
    h1 { flex: 1; font-size: .9375rem; font-weight: 650; outline: 0 }
    button, .studio { appearance: none; border: 0; background: none; font: inherit; color: inherit; cursor: pointer; text-decoration: none;
      display: flex; align-items: center; justify-content: center; min-width: 2.75rem; height: 2.75rem; border-radius: 10px }
    svg { width: 1rem; height: 1rem; fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; color: var(--soft) }
    ol { flex: 1 1 auto; list-style: none; overflow: auto; overscroll-behavior: contain }
    li { padding: 1rem 1.25rem 1.125rem }
    li + li { border-top: 1px solid var(--rule) }
    .what { overflow-wrap: anywhere }
    .place { color: var(--soft); font: 500 .8125rem/1.5 ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace }
    a.place { color: inherit; text-decoration: underline; text-decoration-color: var(--soft); text-underline-offset: .2em }
    .what .mark { color: var(--mark); font-weight: 650 }
    pre { margin: .625rem 0 0; padding: .625rem .875rem .625rem .125rem; border-radius: 8px; background: var(--code); overflow-x: auto; tab-size: 4;
      font: .8125rem/1.6 ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; white-space: pre; font-variant-ligatures: none }
    pre .gutter { color: var(--soft); opacity: .75; user-select: none; -webkit-user-select: none }
    pre .mark { color: var(--mark); font-weight: 700 }
    pre .space { visibility: hidden }
    .todo .line { display: block }
    .todo { margin-top: .5rem; padding-inline-start: 1.25rem; position: relative; color: var(--ink); overflow-wrap: anywhere }
    .todo::before { content: "→"; position: absolute; inset-inline-start: 0; color: var(--soft) }
    .foot { padding: .75rem 1.25rem .8125rem; border-top: 1px solid var(--rule); color: var(--soft); font-size: .8125rem }
    aside { position: fixed; right: calc(.75rem + env(safe-area-inset-right, 0px)); bottom: calc(.75rem + env(safe-area-inset-bottom, 0px));
      display: flex; align-items: center; border-radius: 1.375rem; background: var(--glass); font-size: .8125rem; font-weight: 550; line-height: 1;
      backdrop-filter: blur(14px) saturate(1.5); -webkit-backdrop-filter: blur(14px) saturate(1.5); opacity: .86; transition: opacity .15s;
      box-shadow: 0 0 0 1px rgb(0 0 0 / .09), 0 2px 10px rgb(0 0 0 / .14) }
    aside:is(:hover, :focus-within) { opacity: 1 }
    aside > * { border-radius: 1.375rem; white-space: nowrap }
    aside > *:not(.hide) { padding: 0 1rem }
    aside .studio:not(:only-child) { padding-inline: 1rem .125rem }
    aside .hide { min-width: 2.375rem; padding-inline-end: .25rem }
    aside .hide svg { width: .875rem; height: .875rem }
    .many { gap: .5rem; color: var(--mark) }
    .many:not([hidden]) ~ .studio { border-inline-start: 1px solid var(--rule); border-start-start-radius: 0; border-end-start-radius: 0; height: 1.5rem; margin-block: .625rem }
    .lost { display: flex; align-items: center; height: 2.75rem; color: var(--soft) }
    :focus-visible:not(h1) { outline: 2px solid currentColor; outline-offset: -3px }
    a.place:focus-visible { outline-offset: 2px; border-radius: 2px }
    @media (hover: hover) {
      button:hover svg { color: var(--ink) }
      dialog button:hover, a.place:hover { background: var(--code) }
      aside a:hover { text-decoration: underline; text-underline-offset: .25em }
    }
    @media (max-width: 40rem) {
      dialog { inset: auto 0 0; width: 100%; max-width: none; max-height: 78vh; max-height: 78dvh; margin: auto 0 0; border-radius: 16px 16px 0 0 }
      .foot { padding-block-end: calc(.8125rem + env(safe-area-inset-bottom, 0px)) }
      @keyframes come { from { transform: translateY(16px); opacity: 0 } }
    }
    @media (prefers-color-scheme: dark) {
      dialog, aside { --paper: #1e1d1b; --ink: #efece6; --soft: #a8a298; --rule: #37342f; --code: #151413; --glass: rgb(38 36 33 / .82);
        --error: #ff9384; --warning: #f0bd5e }
      dialog, aside { box-shadow: 0 0 0 1px rgb(255 255 255 / .1), 0 24px 64px rgb(0 0 0 / .6) }
      aside { box-shadow: 0 0 0 1px rgb(255 255 255 / .13), 0 2px 10px rgb(0 0 0 / .4) }
      dialog::backdrop { background: rgb(0 0 0 / .55) }
    }
    @media (prefers-reduced-motion: reduce) { * , ::backdrop { animation: none !important; transition: none !important } }
    @media (prefers-reduced-transparency: reduce), (prefers-contrast: more) { aside { opacity: 1; background: var(--paper) } .gutter { opacity: 1 !important } }
    @media (forced-colors: active) { dialog, aside { border: 1px solid CanvasText } }
    @media print { :host { display: none !important } }
  `;

  function put() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLES);
    const root = host.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet];
    root.append(bar, dialog);
    document.documentElement.append(host);
    corner();
  }

  // ---- Listening. All visible tabs of a browser share one stream; hidden ones have none, and catch up when they are seen.

  const AGAIN = 500; // milliseconds until a lost connection is tried anew
  const ASLEEP = 15_000; // a clock that jumps as far tells that the machine slept
  const id = Math.random().toString(36).slice(2);
  const others = new Map(); // the other visible tabs: id → what they ask for
  const channel = 'BroadcastChannel' in window && navigator.locks ? new BroadcastChannel('linkhome-preview') : null;
  const say = (what, more = {}) => channel?.postMessage({ what, id, ...more });
  let awake = false;
  let leading = false; // this tab holds the stream
  let source = null;
  let again = 0; // a timer
  let failures = 0; // since something was heard
  let waiting = null; // ends the wait for the lock
  let release = () => {};

  // On an address without a page the 404 page is shown; the page that belongs there may come back.
  const path = decodeURI(location.pathname).replace(/^\/\.linkhome\/as\/[^/]*/, '').replace(base, '').replace(/^\//, '');
  const missing = page === '404.html' && path !== page ? [path.replace(/(^|\/)$/, '$1index.html')] : [];
  const mine = () => [[page, have], ...missing.map((one) => [one, ''])];

  function connect() {
    clearTimeout(again);
    source?.close();
    const asked = new Map(mine());
    for (const asks of others.values()) for (const [one, version] of asks) if (!asked.has(one)) asked.set(one, version);
    source = new EventSource(`/.linkhome/events?${new URLSearchParams([...asked].flatMap(([one, version]) => [['page', one], ['have', version]]))}`);
    source.onmessage = ({ data }) => {
      const told = JSON.parse(data);
      failures = 0;
      for (const [tab, asks] of others) others.set(tab, asks.map(([one, version]) => [one, told.changes[one]?.have ?? version]));
      if (others.size) say('state', { state: told });
      hear(told);
    };
    // The browser would come back by itself, but ask from where it stood when it came the first time.
    source.onerror = () => {
      source.close();
      failures += 1;
      missed(failures > 1);
      again = setTimeout(connect, AGAIN);
    };
  }

  const connectSoon = () => { clearTimeout(again); again = setTimeout(connect, 20); };

  function missed(on) {
    if (lost.hidden !== on) return;
    lost.hidden = !on;
    corner();
  }

  function hear(told) {
    if (leaving || !awake || (state && told.run === state.run && told.number < state.number)) return;
    const before = state;
    missed(false);
    state = host.state = told;
    const change = told.changes[page];
    if (change?.kind === 'gone') { if (have && before) return reload(); } else if (change) apply(change);
    if (missing.some((one) => told.changes[one] && told.changes[one].kind !== 'gone')) reload();
    if (leaving) return;
    show();
    dispatchEvent(new CustomEvent('linkhome-preview', { detail: told }));
  }

  function join() {
    if (awake || document.hidden || leaving) return;
    awake = true;
    if (!channel) { leading = true; return connect(); }
    waiting = new AbortController();
    navigator.locks.request('linkhome-preview', { signal: waiting.signal }, () => awake && new Promise((done) => {
      release = done;
      leading = true;
      say('who');
      connect();
    })).catch(() => {}); // the wait was ended
    say('here', { asks: mine() });
  }

  function leave() {
    if (!awake) return;
    awake = leading = false;
    clearTimeout(again);
    source?.close();
    others.clear();
    say('bye');
    waiting?.abort();
    release();
  }

  function answer({ data: { what, id: tab, asks, state: told } }) {
    if (!awake) return;
    if (what === 'state' && !leading) return hear(told);
    if (what === 'who' && !leading) return say('here', { asks: mine() });
    if (!leading) return;
    if (what === 'here') others.set(tab, asks);
    if (what === 'here' || (what === 'bye' && others.delete(tab))) connectSoon();
  }

  restore();
  put();
  if (channel) channel.onmessage = answer;
  document.addEventListener('visibilitychange', () => (document.hidden ? leave() : join()));
  addEventListener('pagehide', leave);
  addEventListener('pageshow', ({ persisted }) => persisted && join());
  addEventListener('online', () => leading && connect());
  let tick = Date.now();
  setInterval(() => {
    const slept = Date.now() - tick > ASLEEP;
    tick = Date.now();
    if (slept && leading) connect();
  }, 5_000);
  join();
})();
