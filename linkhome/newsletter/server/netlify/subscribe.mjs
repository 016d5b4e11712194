// The list as a function of a Netlify site: people are kept in Netlify Blobs when the package is installed, else they are
// only passed on. See README.md.

import { answer } from './desk.mjs';

const AT_ONCE = 20;

// How often a network came, in the memory of this one process: a brake, not a lock.
const visits = new Map();

function count(name, seconds) {
  const window = Math.floor(Date.now() / 1000 / seconds);
  for (const [key, seen] of visits) if (seen.window !== window) visits.delete(key);
  const times = (visits.get(name)?.times ?? 0) + 1;
  visits.set(name, { window, times });
  return times;
}

// Keep entries in Blobs. They know no expiry: what is over is thrown away when the list is exported.
function shelf(blobs) {
  return {
    get: (id) => blobs.get(`person:${id}`, { type: 'json' }),
    put: (id, entry) => blobs.setJSON(`person:${id}`, entry),
    remove: (id) => blobs.delete(`person:${id}`),

    async page(cursor, limit) {
      const listed = await blobs.list({ prefix: 'person:' });
      const keys = listed.blobs.map(({ key }) => key).sort().filter((key) => key > cursor);
      const wanted = keys.slice(0, limit);
      const entries = [];
      for (let at = 0; at < wanted.length; at += AT_ONCE) {
        const some = wanted.slice(at, at + AT_ONCE);
        const found = await Promise.all(some.map((key) => blobs.get(key, { type: 'json' })));
        some.forEach((key, number) => found[number] && entries.push([key.slice('person:'.length), found[number]]));
      }
      return { entries, cursor: keys.length > limit ? wanted.at(-1) : null };
    },

    count,
  };
}

async function open() {
  let blobs;
  try {
    blobs = await import('@netlify/blobs');
  } catch {
    return null; // the package is not installed: nothing is kept here
  }
  return shelf(blobs.getStore({ name: 'newsletter', consistency: 'strong' }));
}

export default async (request, context) => answer(request, process.env, await open(), context?.ip ?? '');

export const config = { path: ['/subscribe', '/confirm', '/unsubscribe', '/export', '/forget'] };
