// The desk: who comes with what, and what they are answered. It knows the web but no host: `env`, `store` and the visitor's
// network address come from outside. Without a store (null) people are only passed on.
//
// POST /subscribe · GET and POST /confirm · GET and POST /unsubscribe · GET /export · POST /forget

import { isAddress, isTrapped, pagesOf, personOf, read } from './fields.mjs';
import { asking, join, quit } from './lists.mjs';
import { sendQuestion } from './mail.mjs';
import { away, json, page, preflight, shared } from './pages.mjs';
import * as people from './people.mjs';
import { Refusal, Trouble } from './problems.mjs';
import { settingsOf } from './settings.mjs';
import { languageOf, speaker } from './words.mjs';

const MOST_OFTEN = 10;
const WINDOW = 600;
const PAGE = 500;
const LARGEST_PAGE = 1000;

const clock = () => Math.floor(Date.now() / 1000);

// Everything that is known of one visit.
function visitOf(request, env, store, ip) {
  const settings = settingsOf(env, request);
  const url = new URL(request.url);
  const scripted = (request.headers.get('accept') ?? '').includes('application/json');
  const visit = { request, url, settings, store, ip, scripted, now: clock(), pages: pagesOf(null, settings) };
  const speak = (wanted) => {
    visit.language = languageOf(wanted ?? '', request.headers.get('accept-language') ?? '', settings.language);
    visit.say = speaker(visit.language, settings.name);
  };
  speak(url.searchParams.get('language'));
  return Object.assign(visit, { speak });
}

const show = (visit, status, content, headers) =>
  page(status, visit.language, {
    home: visit.settings.home, homeText: visit.say('home'), sites: visit.settings.sites, ...content,
  }, headers);

// The network of a visitor, as far as one household has it: four parts of an IPv6 address, all of another one.
function network(ip) {
  if (!ip.includes(':')) return ip;
  const [head, tail = ''] = ip.split('::').map((half) => half.split(':').filter(Boolean));
  return [...head, ...Array(Math.max(0, 8 - head.length - tail.length)).fill('0'), ...tail].slice(0, 4).join(':');
}

async function heed(visit) {
  if (visit.store && visit.ip && (await visit.store.count(network(visit.ip), WINDOW)) > MOST_OFTEN) throw new Refusal(429, 'too_often');
}

const linkOf = (visit, way, id, token) => `${visit.settings.server}/${way}?id=${id}&token=${token}&language=${visit.language}`;

async function ask(visit, { id, entry, due }) {
  if (!due) return;
  try {
    await sendQuestion(visit.settings, entry.email, visit.say, linkOf(visit, 'confirm', id, entry.token), linkOf(visit, 'unsubscribe', id, entry.leave));
  } catch (problem) {
    await people.unmailed(visit.store, id, entry, visit.now);
    throw problem;
  }
}

async function take(visit, person) {
  const { settings, store } = visit;
  if (!store) {
    if (!settings.lists.length) throw new Trouble('there is neither a place to keep people nor a list to pass them on to');
    await join(settings.lists, person, false);
    return;
  }
  const { language, ip, pages } = visit;
  const told = { ...person, language, ip, thanks: pages.thanks, source: person.source || originHost(visit.request) };
  const entered = await people.enter(store, told, settings.confirms, visit.now);
  await ask(visit, entered);
  if (!settings.confirms && entered.entry.status === 'pending') await join(asking(settings.lists), person, false);
}

function originHost(request) {
  const origin = request.headers.get('origin') ?? '';
  return /^https?:\/\//.test(origin) ? new URL(origin).host : '';
}

async function subscribe(visit) {
  const fields = await read(visit.request);
  visit.pages = pagesOf(fields, visit.settings);
  visit.speak(fields.get('language'));
  // A program that fills in what people never see is told that all went well, and tries nothing else.
  if (!isTrapped(fields)) {
    const person = personOf(fields, visit.settings);
    await heed(visit);
    await take(visit, person);
  }
  const { confirms, lists } = visit.settings;
  const asks = (visit.store !== null && confirms) || asking(lists).length > 0;
  if (visit.scripted) return json(200, { ok: true, status: asks || visit.store ? 'pending' : 'taken', confirm: asks });
  const then = asks ? visit.pages.check : visit.pages.thanks;
  if (then) return away(then);
  return show(visit, 200, asks
    ? { title: visit.say('check_title'), text: visit.say('check_text') }
    : { title: visit.say('thanks_title'), text: visit.say('taken_text') });
}

async function byLink(visit, purpose) {
  const [id, token] = ['id', 'token'].map((name) => visit.url.searchParams.get(name) ?? '');
  return { id, entry: visit.store && token ? await people.linked(visit.store, id, token, purpose, visit.now) : null };
}

// Programs that look for viruses open every link of a mail: only the button behind it counts.
async function confirm(visit) {
  const { id, entry } = await byLink(visit, 'token');
  if (!entry) return show(visit, 410, { title: visit.say('over_title'), text: visit.say('over_text') });
  if (visit.request.method !== 'POST') {
    return show(visit, 200, { title: visit.say('confirm_title'), text: visit.say('confirm_text'), button: visit.say('confirm_button'), home: '' });
  }
  // First the lists elsewhere: when one of them is down the link stays good, and nobody believes what is not so.
  await join(visit.settings.lists, people.asConfirmed(entry), true);
  const active = await people.confirm(visit.store, id, entry, visit.now);
  const thanks = active.thanks || visit.settings.pages.thanks;
  if (thanks) return away(thanks);
  return show(visit, 200, { title: visit.say('thanks_title'), text: visit.say('thanks_text') });
}

async function unsubscribe(visit) {
  if (visit.request.method === 'POST' && visit.request.headers.has('authorization')) return unsubscribeFor(visit);
  const { id, entry } = await byLink(visit, 'leave');
  if (!entry) return show(visit, 410, { title: visit.say('leave_title'), text: visit.say('unknown_text') });
  if (visit.request.method !== 'POST') {
    return show(visit, 200, { title: visit.say('leave_title'), text: visit.say('leave_text'), button: visit.say('leave_button'), home: '' });
  }
  const gone = await people.leave(visit.store, id, entry, visit.now);
  await quit(visit.settings.lists, gone);
  return show(visit, 200, { title: visit.say('gone_title'), text: visit.say('gone_text') });
}

async function mayEnter(visit) {
  const { token } = visit.settings;
  if (!token || !visit.store) throw new Refusal(404, 'not_found');
  const given = /^Bearer (.+)$/i.exec(visit.request.headers.get('authorization') ?? '');
  if (!given || !(await people.same(given[1].trim(), token))) throw new Refusal(401, 'not_allowed');
}

async function named(visit) {
  await mayEnter(visit);
  const email = ((await read(visit.request)).get('email') ?? '').trim();
  if (!isAddress(email)) throw new Refusal(422, 'email_wrong', 'email');
  const found = await people.byAddress(visit.store, email, visit.now);
  if (!found.entry) throw new Refusal(404, 'not_found');
  return found;
}

// For people who wrote to the creator instead of opening the link.
async function unsubscribeFor(visit) {
  const { id, entry } = await named(visit);
  const gone = await people.leave(visit.store, id, entry, visit.now);
  await quit(visit.settings.lists, gone);
  return json(200, { ok: true, status: gone.status });
}

// For people who want every trace of them gone.
async function forget(visit) {
  const { id, entry } = await named(visit);
  await quit(visit.settings.lists, entry);
  await visit.store.remove(id);
  return json(200, { ok: true });
}

async function list(visit) {
  await mayEnter(visit);
  const limit = Number(visit.url.searchParams.get('limit') ?? PAGE);
  if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_PAGE) throw new Refusal(400, 'unreadable');
  return json(200, await people.page(visit.store, visit.url.searchParams.get('cursor') ?? '', limit, visit.now));
}

const door = (visit) => show(visit, 200, { title: visit.settings.name, text: visit.say('door_text') });

const WAYS = {
  '/': { GET: door, HEAD: door },
  '/subscribe': { POST: subscribe },
  '/confirm': { GET: confirm, POST: confirm },
  '/unsubscribe': { GET: unsubscribe, POST: unsubscribe },
  '/export': { GET: list },
  '/forget': { POST: forget },
};

function refused(visit, { status, code, field = '' }) {
  const wait = status === 429 || status === 503 ? { 'retry-after': String(status === 429 ? WINDOW : 120) } : {};
  const headers = status === 401 ? { 'www-authenticate': 'Bearer' } : wait;
  const told = { not_found: 'There is nothing here.', not_allowed: 'The token is missing or wrong.' }[code];
  const message = told ?? visit.say(code);
  if (visit.scripted || told) return json(status, { ok: false, field, error: code, message }, headers);
  if (status >= 429 && visit.pages.sorry) return away(visit.pages.sorry);
  const title = visit.say(status === 422 ? 'wrong_title' : 'sorry_title');
  return show(visit, status, { title, text: message, more: status === 422 ? visit.say('back') : '', home: '' }, headers);
}

// Give the answer to a request. Nothing that a person wrote is ever logged.
export async function answer(request, env, store, ip = '') {
  const visit = visitOf(request, env, store, ip);
  const { sites } = visit.settings;
  if (request.method === 'OPTIONS') return preflight(request, sites);
  try {
    const ways = WAYS[visit.url.pathname.replace(/(.)\/+$/, '$1')];
    if (!ways) throw new Refusal(404, 'not_found');
    const way = ways[request.method];
    if (!way) return json(405, { ok: false, field: '', error: 'method', message: 'Not this way.' }, { allow: Object.keys(ways).join(', ') });
    if (!sites.length) throw new Trouble('SITE is not set');
    return shared(await way(visit), request, sites);
  } catch (problem) {
    if (problem instanceof Refusal) return shared(await refused(visit, problem), request, sites);
    console.error(`sign-up: ${problem instanceof Trouble ? problem.message : problem.name}`);
    return shared(await refused(visit, { status: 503, code: 'later' }), request, sites);
  }
}
