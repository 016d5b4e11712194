// Read what a form or a script sent, and check it. What is wrong is thrown as a Refusal that names the field.

import { Refusal } from './problems.mjs';

const MOST_BYTES = 10_000;
const MOST = { first_name: 100, last_name: 100, source: 200, consent: 100, phone_consent: 100, language: 20 };

async function textOf(request) {
  if (Number(request.headers.get('content-length')) > MOST_BYTES) throw new Refusal(413, 'too_much');
  const reader = request.body?.getReader();
  const parts = [];
  let size = 0;
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > MOST_BYTES) {
      await reader.cancel();
      throw new Refusal(413, 'too_much');
    }
    parts.push(value);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return new TextDecoder().decode(bytes);
}

const isPlain = (value) => ['string', 'number', 'boolean'].includes(typeof value);

function fromJson(text) {
  let found;
  try {
    found = JSON.parse(text);
  } catch {
    throw new Refusal(400, 'unreadable');
  }
  if (found === null || typeof found !== 'object' || Array.isArray(found)) throw new Refusal(400, 'unreadable');
  const pairs = Object.entries(found).flatMap(([name, value]) => [value].flat().filter(isPlain).map((one) => [name, String(one)]));
  return new URLSearchParams(pairs);
}

// Give the fields of a body, whether a form or a script wrote it.
export async function read(request) {
  const kind = (request.headers.get('content-type') ?? '').split(';')[0].trim().toLowerCase();
  if (kind === 'application/json') return fromJson(await textOf(request));
  if (kind === 'application/x-www-form-urlencoded') return new URLSearchParams(await textOf(request));
  throw new Refusal(415, 'unreadable');
}

// One line of text. What cannot be seen is taken out, except for the joiners that some scripts are written with.
const line = (text) => (text ?? '')
  .replace(/[\u200b\u200e\u200f\u2060\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
  .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
  .trim();

export const isAddress = (text) =>
  text.length <= 254 && /^[^\s\p{C}@<>()[\],;:\\"]{1,64}@(?=.{4,})[^\s\p{C}@<>()[\],;:\\"./]+(\.[^\s\p{C}@<>()[\],;:\\"./]+)+$/u.test(text);

const isTelephone = (text) => /^\+?[\d\s()./-]{5,40}$/.test(text) && text.replace(/\D/g, '').length >= 5;

function pageOf(text, sites) {
  try {
    const found = new URL(text);
    return sites.includes(found.origin) && found.href.length <= 500 ? found.href : '';
  } catch {
    return '';
  }
}

// Where this visitor is to be sent: pages of the creator's own site only, else nobody could trust a link to this server.
export function pagesOf(fields, settings) {
  const own = (name) => pageOf(fields?.get(name) ?? '', settings.sites) || settings.pages[name];
  return { thanks: own('thanks'), check: own('check'), sorry: own('sorry') };
}

// Give the person that the fields describe; throw what the visitor must correct.
export function personOf(fields, settings) {
  const one = (name) => line(fields.get(name)).slice(0, MOST[name]);
  const written = line(fields.get('email'));
  if (!written) throw new Refusal(422, 'email_missing', 'email');
  if (!isAddress(written)) throw new Refusal(422, 'email_wrong', 'email');
  const [local, host] = written.split('@');
  const phone = line(fields.get('phone'));
  if (phone && !isTelephone(phone)) throw new Refusal(422, 'phone_wrong', 'phone');
  if (settings.consent && !one('consent')) throw new Refusal(422, 'consent_missing', 'consent');
  if (settings.consent && phone && !one('phone_consent')) throw new Refusal(422, 'phone_consent_missing', 'phone_consent');
  const tags = fields.getAll('tags').flatMap((text) => text.split(',')).map((text) => line(text).slice(0, 50));
  return {
    email: `${local}@${host.toLowerCase()}`,
    first_name: one('first_name'),
    last_name: one('last_name'),
    phone,
    consent_version: one('consent'),
    phone_consent_version: phone ? one('phone_consent') : '',
    source: one('source'),
    tags: [...new Set(tags.filter(Boolean))].slice(0, 20),
  };
}

// People leave this field empty, because they never see it.
export const isTrapped = (fields) => line(fields.get('website')) !== '';
