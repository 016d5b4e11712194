// Run the Worker as Cloudflare does, several times with other settings; what it asks of others is answered here and noted.
// Arguments: its folder, and {"name": {"SITE": …}}: the one called `main` answers on every host, `x` on x.test.
// Prints its address, then answers the calls below.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Miniflare } from 'miniflare';
import { say, serve } from './answers.mjs';

const [folder, given] = [process.argv[2], JSON.parse(process.argv[3])];
const names = ['worker.js', ...readdirSync(folder).filter((name) => name.endsWith('.mjs'))];
const modules = names.map((name) => ({ type: 'ESModule', path: join(folder, name) }));
const asked = [];
let status = 200;

function worker(name, { PEOPLE = true, ...bindings }) {
  return {
    name,
    modules,
    modulesRoot: folder,
    compatibilityDate: '2026-04-01',
    bindings,
    routes: name === 'main' ? [] : [`http://${name}.test/*`],
    kvNamespaces: PEOPLE ? { PEOPLE: name } : {},
    async outboundService(request) {
      const text = await request.text();
      const { method, url } = request;
      asked.push({ worker: name, method, url, authorization: request.headers.get('authorization'), body: text ? JSON.parse(text) : null });
      return new Response('{}', { status });
    },
  };
}

// Look into the shelves, and fill them: from inside of the runtime, because that is ten times as quick.
const CLERK = `export default { async fetch(request, env) {
  const kv = env[new URL(request.url).pathname.slice(1)];
  if (request.method === 'PUT') {
    const entries = await request.json();
    while (entries.length) await Promise.all(entries.splice(0, 100).map(([key, value]) => kv.put(key, JSON.stringify(value))));
    return Response.json(null);
  }
  const { keys } = await kv.list({ prefix: 'person:', limit: 100 });
  const values = keys.length ? await kv.get(keys.map(({ name }) => name), 'json') : new Map();
  return Response.json(keys.map((key) => ({ ...key, ...values.get(key.name) })));
} };`;
const shelves = Object.fromEntries(Object.keys(given).map((name) => [name, name]));
const clerk = { name: 'clerk', modules: true, script: CLERK, compatibilityDate: '2026-04-01', kvNamespaces: shelves };

const workers = [...Object.entries(given).map(([name, bindings]) => worker(name, bindings)), clerk];
const host = new Miniflare({ host: '127.0.0.1', port: 0, cf: false, workers });
say({ url: (await host.ready).href });
const desk = await host.getWorker('clerk');
const shelf = async (name = 'main', body = undefined) =>
  (await desk.fetch(`http://clerk.test/${name}`, body ? { method: 'PUT', body: JSON.stringify(body) } : {})).json();

await serve({
  asked: () => asked.splice(0),
  answerWith: (more) => void ({ status } = more),
  entries: ({ worker: name }) => shelf(name), // the first hundred
  put: ({ worker: name, entries }) => shelf(name, entries),
});
await host.dispose();
