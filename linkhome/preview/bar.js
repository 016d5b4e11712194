// What the bar says: which page, how it is seen, what is wrong, and in which way this is not what visitors see.
import { make } from './panels.js';
import { count, say, written } from './words.js';

const at = (id) => document.getElementById(id);
let studio; // what it knows and does: see studio.js

function label(id, text, name = text, active = false) {
  const button = at(id);
  const words = button.querySelector('span');
  if (words) words.textContent = text;
  button.setAttribute('aria-label', text === name ? text : `${name}: ${text}`);
  button.title = name;
  button.classList.toggle('active', active);
}

export function render(given) {
  studio = given;
  const open = at('page');
  open.querySelector('b').textContent = title();
  open.querySelector('span').textContent = studio.told ? decodeURI(studio.plain()) : '';
  open.title = say('Which page');
  label('size', studio.stand.size.name, say('Size'));
  at('size').querySelector('use').setAttribute('href', studio.stand.phone ? '#i-phone' : '#i-desk');
  label('turn', '', say('Turn'));
  at('turn').setAttribute('aria-pressed', studio.stand.turned);
  at('turn').disabled = studio.stand.full;
  const looks = [say({ dark: 'Dark', light: 'Light' }[studio.see.look] ?? 'System'), studio.see.still && say('Less motion'), !studio.see.script && say('Without JavaScript')];
  const more = looks.slice(1).filter(Boolean).length;
  label('look', looks[0] + (more ? ` +${more}` : ''), say('Look'), Boolean(studio.see.look || more));
  label('pick', say('Pick'), say('Pick something on the page, and see where it was written'));
  at('pick').setAttribute('aria-pressed', studio.pick.on);
  if (!studio.told) return strip();
  at('tongue').hidden = studio.told.languages.length < 2;
  label('tongue', (studio.speaks() || studio.told.languages[0] || '').toUpperCase(), say('Language'));
  label('time', studio.told.wanted.local ? written(studio.told.wanted.local) : say('Now'), say('Time'), Boolean(studio.told.wanted.local || studio.told.wanted.drafts));
  label('outage', studio.told.wanted.outages.map(called).join(', ') || say('Outage'), say('Outage'), studio.told.wanted.outages.length > 0);
  at('out').href = studio.address();
  at('front').href = studio.told.base;
  problems();
  strip();
}

function title() {
  try { return studio.frame.contentDocument.title || studio.see.page; } catch { return studio.see.page; }
}

function called(slug) {
  return studio.told.coming.platforms.find((one) => one.slug === slug)?.name ?? slug;
}

function problems() {
  const { broken, problems: found } = studio.told.state;
  const button = at('state');
  const text = found.length ? count(found.length, broken ? 'error' : 'warning') : say('Fine');
  label('state', text);
  button.classList.toggle('wrong', broken);
  button.classList.toggle('warned', !broken && found.length > 0);
  button.querySelector('use').setAttribute('href', found.length ? '#i-wrong' : '#i-fine');
  at('problems').querySelector('.reports').replaceChildren(
    ...(broken ? [make('p', { className: 'fine' }, say('The page is the last good one.'))] : []),
    ...(found.length ? found.map(report) : [make('p', { className: 'fine' }, say('Nothing is wrong.'))]),
  );
}

function strip() {
  const [bar, words, button] = [at('strip'), at('strip').querySelector('span'), at('strip').querySelector('button')];
  const wanted = studio.told?.wanted ?? { local: '', outages: [], drafts: false };
  const different = [
    wanted.local && say('As of {}', written(wanted.local)),
    wanted.outages.length && say('{} down', wanted.outages.map(called).join(', ')),
    wanted.drafts && say('with drafts'),
  ].filter(Boolean);
  const silent = say('The preview does not answer. Is it still running in the terminal?');
  const text = { silent, left: say('This is not a page of yours any more.') }[studio.trouble] ?? studio.trouble;
  words.textContent = text || different.join(' · ');
  bar.classList.toggle('bad', Boolean(text));
  bar.hidden = !words.textContent;
  button.hidden = studio.trouble === 'silent' || Boolean(text && studio.trouble !== 'left');
  button.textContent = studio.trouble === 'left' ? say('Back') : say('Back to now');
  const waits = studio.told && JSON.stringify(studio.told.wanted) !== JSON.stringify(studio.told.shown);
  document.body.classList.toggle('waiting', Boolean(waits));
}

function report({ severity, lines, edit }) {
  const text = make('pre', { className: severity }, ...lines.map((line, number) => {
    const long = !number || line.some(([, role]) => role === 'hint'); // sentences may go on in the next line, code may not
    return make('div', { className: long ? 'long' : '' }, ...line.map(([piece, role]) => make('span', { className: role ? `is-${role}` : '' }, piece)));
  }));
  return make('article', {}, text, ...(edit ? [make('a', { href: edit }, say('Open in the editor'))] : []));
}
