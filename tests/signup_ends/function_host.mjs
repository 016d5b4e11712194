// Run the Netlify function as Netlify does: its default export is given a Request and a context and gives a Response.
// Argument: the folder that was copied. What it asks of others is answered here and noted. Prints its address, then answers.
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { say, serve } from './answers.mjs';

const asked = [];
globalThis.fetch = async (url, { method, headers, body }) => {
  asked.push({ method, url: String(url), authorization: headers.authorization, body: body ? JSON.parse(body) : null });
  return new Response('{}');
};

const { default: answer, config } = await import(pathToFileURL(join(process.argv[2], 'subscribe.mjs')));

const server = createServer(async (incoming, outgoing) => {
  const url = new URL(incoming.url, `http://${incoming.headers.host}`);
  if (!config.path.includes(url.pathname)) return outgoing.writeHead(404).end();
  const { method, headers } = incoming;
  const body = method === 'GET' || method === 'HEAD' ? undefined : incoming;
  const response = await answer(new Request(url, { method, headers, body, duplex: 'half' }), { ip: headers['cf-connecting-ip'] });
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
say({ url: `http://127.0.0.1:${server.address().port}/` });

await serve({ asked: () => asked.splice(0), blobs: () => globalThis.blobs ?? {} });
server.close();
server.closeAllConnections();
