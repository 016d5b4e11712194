// The list on Cloudflare: people are kept in the KV namespace that is bound as PEOPLE. See README.md.

import { answer } from './desk.mjs';

const BULK = 100; // keys that KV gives in one go
const SLOWLY = 1_100; // milliseconds: KV takes one write a second for each key

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

// Keep entries in KV: those of people under `person:…`, how often a network came under `rate:…` for some minutes.
function shelf(kv) {
  return {
    get: (id) => kv.get(`person:${id}`, 'json'),

    async put(id, entry, seconds) {
      const write = () => kv.put(`person:${id}`, JSON.stringify(entry), seconds ? { expirationTtl: seconds } : {});
      try {
        await write();
      } catch {
        await pause(SLOWLY);
        await write();
      }
    },

    remove: (id) => kv.delete(`person:${id}`),

    async page(cursor, limit) {
      const listed = await kv.list({ prefix: 'person:', limit, cursor: cursor || null });
      const keys = listed.keys.map(({ name }) => name);
      const entries = [];
      for (let at = 0; at < keys.length; at += BULK) {
        const found = await kv.get(keys.slice(at, at + BULK), 'json');
        for (const [key, entry] of found) if (entry) entries.push([key.slice('person:'.length), entry]);
      }
      return { entries, cursor: listed.list_complete ? null : listed.cursor };
    },

    async count(name, seconds) {
      const key = `rate:${Math.floor(Date.now() / 1000 / seconds)}:${name}`;
      const times = Number(await kv.get(key)) + 1;
      // Two visits at once may count as one, and so may a write that KV refuses: this is a brake, not a lock.
      await kv.put(key, String(times), { expirationTtl: Math.max(60, seconds) }).catch(() => {});
      return times;
    },
  };
}

export default {
  fetch: (request, env) =>
    answer(request, env, env.PEOPLE ? shelf(env.PEOPLE) : null, request.headers.get('cf-connecting-ip') ?? ''),
};
