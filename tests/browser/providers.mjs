// Servers on loopback for the sign-up: providers that answer, fail or die as told, and a host of pages.
import { createServer } from 'node:http';

const OPEN = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*', 'access-control-expose-headers': 'retry-after' };

// Ways to answer a form; each is called with the request that came: {method, path, type, accept, body, fields}.
export const answers = {
  json: (body, status = 200, headers = {}) => () => ({ status, headers: { ...OPEN, 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }),
  text: (body, status = 200, headers = {}) => () => ({ status, headers: { ...OPEN, 'content-type': 'text/html', ...headers }, body }),
  closed: (status = 200) => () => ({ status, headers: { 'content-type': 'text/html' }, body: '<!doctype html><title>provider</title><h1>Thanks</h1>' }),
  silent: () => () => null,
};

export class Provider {
  asked = []; // forms that came, whatever was answered
  looks = []; // paths of HEAD requests
  port = 0;

  constructor(answer = answers.json({ ok: true })) {
    this.answer = answer;
    this.head = () => ({ status: 405 });
  }

  get address() { return `http://127.0.0.1:${this.port}`; }

  async start() {
    this.server = createServer((request, response) => this.#take(request, response));
    await new Promise((done) => this.server.listen(this.port, '127.0.0.1', done));
    this.port = this.server.address().port;
    return this;
  }

  // From now on connections are refused.
  async stop() {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  #take(request, response) {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', async () => {
      const body = Buffer.concat(parts).toString();
      const { method, url: path, headers } = request;
      const type = (headers['content-type'] ?? '').split(';')[0];
      const give = ({ status = 200, headers: more = {}, body: text = '' }) => response.writeHead(status, more).end(method === 'HEAD' ? undefined : text);
      if (method === 'OPTIONS') return give({ status: 204, headers: OPEN });
      if (method === 'HEAD') { this.looks.push(path); return give(this.head(path)); }
      if (path.startsWith('/favicon')) return give({ status: 404 });
      const query = method === 'GET' ? path.split('?')[1] ?? '' : body;
      const fields = type === 'application/json' ? JSON.parse(body) : [...new URLSearchParams(query)];
      const came = { method, path, type, accept: headers.accept, origin: headers.origin, body, fields };
      const said = await this.answer(came);
      if (!came.unseen) this.asked.push(came);
      if (said) give(said);
    });
  }
}

// A host of pages: what `put` was given lies at its path.
export class Pages {
  files = new Map();
  seen = [];

  async start() {
    const types = { js: 'text/javascript', html: 'text/html; charset=utf-8', css: 'text/css' };
    this.server = createServer((request, response) => {
      const path = request.url.split(/[?#]/)[0];
      const text = this.files.get(path.endsWith('/') ? `${path}index.html` : path);
      this.seen.push(`${request.method} ${path}`);
      response.writeHead(text === undefined ? 404 : 200, { 'content-type': types[path.split('.').pop()] ?? types.html });
      response.end(text ?? 'nothing here');
    });
    await new Promise((done) => this.server.listen(0, '127.0.0.1', done));
    this.address = `http://127.0.0.1:${this.server.address().port}`;
    return this;
  }

  put(path, text) { this.files.set(path, text); }
}
