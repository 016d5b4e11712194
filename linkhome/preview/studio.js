// The studio: choose a page and how it is seen, and play with time and outages. The page itself is in the frame.
import { render as renderBar } from './bar.js';
import { fold, furnish } from './panels.js';
import { Pick } from './pick.js';
import { SIZES, Stand } from './stand.js';
import { say } from './words.js';

const OWN = '/.linkhome/';
const at = (id) => document.getElementById(id);
const token = document.querySelector('[name=linkhome-token]').content;
const frame = at('frame');
const given = new URLSearchParams(location.search);
// How the page is seen: all of it stands in the address of the studio.
const see = {
  page: (given.get('page') ?? '').replace(/^\/+/, '') || 'index.html',
  look: ['dark', 'light'].includes(given.get('look')) ? given.get('look') : '',
  still: given.get('motion') === 'less',
  script: given.get('script') !== 'off',
};
let told = null; // what the server said last
let mark = ''; // the version of a page without scripts, which cannot tell by itself
let keep = null; // where to scroll to in the page that comes
let trouble = '';
let asked = 0;
let source = null;

const stand = new Stand(remember);
const pick = new Pick(frame, { page: () => see.page, token, ended: () => picking(false) });
// What bar and panels may know and do.
const studio = {
  frame, see, stand, pick, plain, address, speaks, translation, ask, set, show, remember, render,
  get told() { return told; },
  get trouble() { return trouble; },
};

function render() { renderBar(studio); }

// ---------------------------------------------------------------- addresses

const escape = (path) => path.split('/').map(encodeURIComponent).join('/');
const folder = (page) => page.replace(/(^|\/)index\.html$/, '$1');

function view() {
  const time = told?.shown.at ?? null;
  return [see.look, see.still && 'still', !see.script && 'noscript', time !== null && `at${Math.floor(time)}`].filter(Boolean).join('+');
}

function plain(page = see.page) {
  return told.base + escape(folder(page));
}

function address() {
  return (view() ? `${OWN}as/${view()}` : '') + plain();
}

// Return the page at a path of the frame, and the view in which it is seen there; null for what is no page of the site.
function read(path) {
  const [, words = '', rest = path] = /^\/\.linkhome\/as\/([^/]+)(\/.*)$/.exec(path) ?? [];
  if (!rest.startsWith(told.base)) return null;
  const page = decodeURIComponent(rest.slice(told.base.length));
  return { words, page: page === '' || page.endsWith('/') ? `${page}index.html` : page };
}

function remember() {
  const words = new URLSearchParams();
  const put = (key, value, usual) => value !== usual && words.set(key, value);
  put('page', see.page, 'index.html');
  put('size', stand.word, 'iphone-15');
  put('turned', stand.turned ? 'yes' : '', '');
  put('look', see.look, '');
  put('motion', see.still ? 'less' : '', '');
  put('script', see.script ? '' : 'off', '');
  const query = words.toString().replaceAll('%2F', '/');
  history.replaceState(null, '', query ? `?${query}` : location.pathname);
  render();
}

// ---------------------------------------------------------------- the frame

function show(same = false) {
  remember();
  keep = same ? scrolled() : null;
  const wanted = address();
  at('busy').hidden = false;
  try {
    if (frame.contentWindow.location.pathname === wanted) return frame.contentWindow.location.reload();
    frame.contentWindow.location.replace(wanted);
  } catch { // the frame shows somebody else's page
    frame.src = wanted;
  }
}

function scrolled() {
  try { return [see.page, frame.contentWindow.scrollX, frame.contentWindow.scrollY]; } catch { return null; }
}

frame.addEventListener('load', () => {
  if (!told) return;
  let path;
  try { path = frame.contentWindow.location.pathname; } catch { path = null; }
  if (path === 'blank') return;
  const here = path === null ? null : read(path);
  trouble = here ? '' : 'left';
  if (here) {
    see.page = here.page;
    if (here.words !== view()) return show();
    arrive();
  }
  remember();
  at('busy').hidden = true;
});

function arrive() {
  const { contentWindow: page, contentDocument: body } = frame;
  if (keep?.[0] === see.page) page.scrollTo({ left: keep[1], top: keep[2], behavior: 'instant' });
  keep = null;
  stand.dress();
  pick.listen(pick.on);
  page.addEventListener('keydown', keys);
  // Where a link leads out of the site, the studio stays and the rest of the world gets a tab.
  page.addEventListener('click', (e) => {
    const link = e.target.closest?.('a[href]');
    if (!link || e.defaultPrevented || !/^https?:$/.test(link.protocol) || link.origin === location.origin) return;
    e.preventDefault();
    open(link.href, '_blank', 'noopener');
  });
  page.addEventListener('pointerdown', fold, true);
  document.title = `${body.title || see.page} · ${say('Studio')}`;
  page.addEventListener('linkhome-preview', ({ detail }) => hear(detail));
  const lost = body.querySelector('linkhome-preview')?.shadowRoot?.querySelector('.lost');
  if (lost) new MutationObserver(() => { trouble = lost.hidden ? '' : 'silent'; render(); }).observe(lost, { attributes: true });
  if (see.script) return;
  page.history.scrollRestoration = 'manual'; // what is new above the first line is to be seen
  listen();
}

function speaks() {
  try { return frame.contentDocument.documentElement.lang; } catch { return ''; }
}

function translation(language) {
  let link = null;
  try { link = frame.contentDocument.querySelector(`a[hreflang="${CSS.escape(language)}"]`); } catch { /* not ours */ }
  if (link) return new URL(link.getAttribute('href'), link.baseURI).pathname;
  return (view() ? `${OWN}as/${view()}` : '') + plain(language === told.languages[0] ? 'index.html' : `${language}/index.html`);
}

// ---------------------------------------------------------------- the server

async function ask(find = null) {
  const words = new URLSearchParams({ page: see.page, have: mark, ...(find === null ? {} : { find }) });
  const answer = await fetch(`state?${words}`, { cache: 'no-store' });
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
}

async function refresh() {
  const mine = asked += 1;
  try {
    const [before, said] = [told, await ask()];
    if (mine !== asked) return; // an answer that was overtaken
    told = said;
    if (trouble === 'silent') trouble = '';
    if (before && (before.shown.at !== told.shown.at || before.base !== told.base)) show(true);
  } catch {
    trouble = 'silent';
  }
  render();
}

async function set(wish) {
  const answer = await fetch('settings', {
    method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Linkhome-Token': token }, body: JSON.stringify(wish),
  });
  const said = await answer.json().catch(() => ({}));
  trouble = said.error ?? (answer.ok ? '' : 'silent');
  if (said.wanted) told.wanted = said.wanted;
  render();
}

// A page with scripts hears what is new, and passes it on (see client.js). For one without, the studio listens itself.
function listen() {
  source?.close();
  source = null;
  if (document.hidden || see.script) return;
  source = new EventSource(`events?${new URLSearchParams({ page: see.page, have: mark })}`);
  source.addEventListener('error', () => { trouble = 'silent'; render(); });
  source.addEventListener('message', ({ data }) => {
    const state = JSON.parse(data);
    const change = state.changes[see.page];
    if (change?.have && change.have !== mark) {
      if (mark) show(true);
      mark = change.have;
    }
    hear(state);
  });
}

function hear(state) {
  if (trouble === 'silent') trouble = '';
  if (told && state.run !== told.state.run) return location.reload(); // another preview has another token
  if (told) told.state = state;
  if (state.settled) refresh(); else render();
}

document.addEventListener('visibilitychange', listen);
addEventListener('pageshow', (e) => e.persisted && listen());

// ---------------------------------------------------------------- what one can do

function picking(on) {
  stand.picking = on;
  pick.listen(on);
  stand.dress();
  if (!on && at('found').matches(':popover-open')) at('found').hidePopover();
  render();
}

const does = {
  pick: () => picking(!pick.on),
  again: () => show(true),
  turn: () => { stand.take(stand.word, !stand.turned); remember(); },
};
for (const [id, act] of Object.entries(does)) at(id).addEventListener('click', act);
at('strip').querySelector('button').addEventListener('click', () => (trouble === 'left' ? show() : set({ at: null, outages: [], drafts: false })));
at('looks').addEventListener('change', ({ target }) => {
  if (target.name === 'still') see.still = target.checked;
  if (target.name === 'script') { see.script = !target.checked; mark = ''; if (see.script) listen(); }
  show(true);
});
at('times').addEventListener('change', ({ target }) => target.name === 'drafts' && set({ drafts: target.checked }));
at('times').querySelector('form').addEventListener('submit', (e) => {
  e.preventDefault();
  set({ at: e.target.elements.at.value });
  fold();
});

function keys(e) {
  if (e.key === 'Escape' && pick.on) return picking(false);
  const typing = e.target.closest?.('input, textarea, select, [contenteditable]');
  if (typing || e.ctrlKey || e.metaKey || e.altKey || e.target.ownerDocument !== document) return;
  const number = Number(e.key);
  if (number >= 1 && number <= SIZES.length) { stand.take(SIZES[number - 1].id, stand.turned); remember(); }
  const panel = { '/': 'pages', l: 'looks', t: 'times', o: 'outages' }[e.key];
  const act = { p: does.pick, r: does.again, w: does.turn }[e.key];
  if (panel) { e.preventDefault(); at(panel).togglePopover(); }
  if (act) act();
}
document.addEventListener('keydown', keys);
addEventListener('blur', fold);

for (const [where, text] of [['.tools', 'How the page is seen'], ['#front', 'Front page'], ['#again', 'Reload'], ['#out', 'Open in a tab of its own']]) {
  document.querySelector(where).setAttribute('aria-label', say(text));
  if (where !== '.tools') document.querySelector(where).title = say(text);
}
const names = { pages: 'Which page', sizes: 'Size', looks: 'Look', tongues: 'Language', times: 'Time', outages: 'Outage', problems: 'What is wrong' };
for (const [id, text] of Object.entries(names)) at(id).setAttribute('aria-label', say(text));
document.querySelector('h1').textContent = say('Studio');
frame.title = say('The page');
at('pages').querySelector('input').setAttribute('aria-label', say('Find a page'));
at('pages').querySelector('input').placeholder = say('Find a page');
at('times').querySelector('.when span').textContent = say('Another time');
for (const [name, text] of [['still', 'Less motion'], ['script', 'Without JavaScript'], ['drafts', 'Drafts']]) {
  document.querySelector(`.switch [name=${name}]`).previousElementSibling.textContent = say(text);
}

furnish(studio);
stand.take(given.get('size') ?? 'iphone-15', given.get('turned') === 'yes');
await refresh();
if (told) show();
