// Stand in for the package @netlify/blobs: the four ways in which the function uses it, in memory, for `globalThis.blobs`.
globalThis.blobs = {};

export function getStore({ name, consistency }) {
  if (name !== 'newsletter' || consistency !== 'strong') throw new Error('another store than the one of the list');
  const all = globalThis.blobs;
  return {
    async get(key, { type }) {
      if (type !== 'json') throw new Error('entries are JSON');
      return key in all ? structuredClone(all[key]) : null;
    },
    async setJSON(key, value) {
      all[key] = structuredClone(value);
    },
    async delete(key) {
      delete all[key];
    },
    // Netlify gives the keys in no order that can be relied on.
    list: async ({ prefix }) => ({
      blobs: Object.keys(all).filter((key) => key.startsWith(prefix)).reverse().map((key) => ({ key, etag: '' })), directories: [],
    }),
  };
}
