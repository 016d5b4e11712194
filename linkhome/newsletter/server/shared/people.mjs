// Keep the list: one entry a person, found by their e-mail address. Knows no web and no mail; `store` is a box of entries.
//
// store.get(key) → entry or null · store.put(key, entry, seconds) (0: for good) · store.remove(key)
// store.page(cursor, limit) → {entries: [[key, entry]…], cursor: text or null} · store.count(name, seconds) → how often so far

const WEEK = 7 * 24 * 3600;
const BETWEEN_MAILS = 5 * 60;
const EXPORTED = ['email', 'first_name', 'last_name', 'phone', 'status', 'subscribed_at', 'confirmed_at', 'unsubscribed_at',
  'consent_version', 'phone_consent_version', 'source', 'tags', 'language', 'ip'];
const TOLD = ['email', 'first_name', 'last_name', 'phone', 'consent_version', 'phone_consent_version', 'source', 'language',
  'thanks', 'ip'];

const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const digest = (text) => crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
const secret = () => hex(crypto.getRandomValues(new Uint8Array(16)));
const moment = (now) => new Date(now * 1000).toISOString().replace(/\.\d+Z$/, 'Z');

// Say whether two texts are the same, in a time that does not depend on where they begin to differ.
export async function same(one, other) {
  const [a, b] = await Promise.all([digest(one), digest(other)]).then((found) => found.map((bytes) => new Uint8Array(bytes)));
  return a.reduce((differ, byte, at) => differ | (byte ^ b[at]), 0) === 0;
}

// The name of a person's entry: it stands in links, so it must not be the address itself.
export const idOf = async (email) => hex(await digest(email.toLowerCase())).slice(0, 32);

// An entry that nobody confirmed in time is none: the law wants it forgotten.
const isOver = (entry, now) => entry.status === 'pending' && entry.expires > 0 && entry.expires <= now;

async function find(store, id, now) {
  const entry = /^[0-9a-f]{32}$/.test(id) ? await store.get(id) : null;
  return entry && !isOver(entry, now) ? entry : null;
}

// What is new replaces what was there; what was left out this time stays.
function merged(entry, told) {
  const next = { ...entry };
  for (const name of TOLD) if (told[name]) next[name] = told[name];
  next.tags = [...new Set([...(entry.tags ?? []), ...(told.tags ?? [])])].slice(0, 20);
  return next;
}

const save = (store, id, entry, now) =>
  store.put(id, entry, entry.status === 'pending' && entry.expires ? Math.max(60, entry.expires - now) : 0);

// Put somebody on the list as `pending`. Of people who are active, or who left, nothing changes until they confirm: anybody
// can write down anybody's address. `mails` says that a mail can be sent. Gives the entry, and whether a mail is due.
export async function enter(store, told, mails, now) {
  const id = await idOf(told.email);
  const old = await find(store, id, now);
  const due = mails && !(now - (old?.mailed ?? 0) < BETWEEN_MAILS);
  const settled = old && old.status !== 'pending';
  if (settled && mails && !due) return { id, entry: old, due };
  const entry = settled ? { ...old, waiting: told } : merged(old ?? { status: 'pending', leave: secret(), expires: 0 }, told);
  entry.subscribed_at ||= moment(now);
  if (due) {
    // Two mails to somebody who waits lead to the same place; for what somebody wants changed, the older link is void.
    const token = !settled && old?.token ? old.token : secret();
    Object.assign(entry, { token, expires: now + WEEK, mailed: now });
  }
  if (!old || due || JSON.stringify(entry) !== JSON.stringify(old)) await save(store, id, entry, now);
  return { id, entry, due };
}

// Take back that a mail was sent, so that the next try sends one.
export const unmailed = (store, id, entry, now) => save(store, id, { ...entry, mailed: 0 }, now);

// Give the entry that a link of a mail is about, or null. `purpose` is `token` (to confirm) or `leave`.
export async function linked(store, id, token, purpose, now) {
  const entry = await find(store, id, now);
  if (!entry?.[purpose] || !(await same(entry[purpose], token))) return null;
  return purpose === 'token' && entry.expires <= now ? null : entry;
}

// Make a person active, with what they last told. Asked twice it stays the same.
export async function confirm(store, id, entry, now) {
  const { waiting, ...kept } = entry;
  const active = { ...(waiting ? merged(kept, waiting) : kept), status: 'active', unsubscribed_at: '', mailed: 0 };
  if (entry.status !== 'active') active.confirmed_at = moment(now);
  await save(store, id, active, now);
  return active;
}

// What a person will be once they have confirmed: for those who must be told before.
export const asConfirmed = ({ waiting, ...kept }) => (waiting ? merged(kept, waiting) : kept);

// Mark somebody as unsubscribed; they stay on the list, so that nobody writes to them by mistake.
export async function leave(store, id, entry, now) {
  const { waiting, token, ...kept } = entry;
  const gone = { ...kept, status: 'unsubscribed', unsubscribed_at: kept.unsubscribed_at || moment(now), expires: 0, mailed: 0 };
  await save(store, id, gone, now);
  return gone;
}

// Find somebody by address, for the creator.
export async function byAddress(store, email, now) {
  const id = await idOf(email);
  return { id, entry: await find(store, id, now) };
}

// Give one page of the list, and where the next one begins. What nobody confirmed in time is thrown away here.
export async function page(store, cursor, limit, now) {
  const found = await store.page(cursor, limit);
  const over = found.entries.filter(([, entry]) => isOver(entry, now));
  await Promise.all(over.map(([id]) => store.remove(id)));
  const people = found.entries.filter(([, entry]) => !isOver(entry, now));
  const row = (entry) => Object.fromEntries(EXPORTED.map((name) => [name, entry[name] ?? (name === 'tags' ? [] : '')]));
  return { people: people.map(([, entry]) => row(entry)), cursor: found.cursor };
}
