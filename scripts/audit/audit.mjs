// Ask Lighthouse about folders, as a phone on slow 4G: audit.mjs RUNS NAME=FOLDER …  Prints a table; fails where a page misses its goal.
import { createServer } from 'node:http';
import { readFileSync, statSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';
import { loadavg } from 'node:os';
import * as launcher from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { findChromium } from '../chromium.mjs';

const GOAL = { lcp: 950, cls: 0, scores: 100 };
const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript', '.svg': 'image/svg+xml',
  '.avif': 'image/avif', '.webp': 'image/webp', '.jpg': 'image/jpeg', '.png': 'image/png', '.woff2': 'font/woff2', '.xml': 'application/xml',
  '.json': 'application/json', '.txt': 'text/plain; charset=utf-8', '.webmanifest': 'application/manifest+json', '.ico': 'image/x-icon' };
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)];

function serve(folder) {
  const server = createServer((request, response) => {
    let file = join(folder, normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname)));
    try {
      if (statSync(file).isDirectory()) file = join(file, 'index.html');
      let body = readFileSync(file);
      const headers = { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'cache-control': 'max-age=31536000' };
      if (/text|json|xml|javascript/.test(headers['content-type'])) { body = gzipSync(body); headers['content-encoding'] = 'gzip'; }
      response.writeHead(200, { ...headers, 'content-length': body.length }).end(body);
    } catch { response.writeHead(404).end(); }
  });
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)));
}

const [runs, ...targets] = process.argv.slice(2);
const root = process.getuid?.() === 0;
let missed = 0;
console.log(`load ${loadavg()[0].toFixed(1)}; median of ${runs}; times in ms\n`);
console.log('theme      perf a11y best  seo |  FCP   LCP  CLS  TBT | requests  kB | largest element');
for (const target of targets) {
  const [name, folder] = target.split('=');
  const server = await serve(folder);
  const reports = [];
  for (let run = 0; run < Number(runs); run++) {
    const chrome = await launcher.launch({ chromePath: findChromium(), chromeFlags: ['--headless=new', '--disable-gpu', '--disable-quic',
      '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-extensions',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1', ...(root ? ['--no-sandbox'] : [])] });
    const { lhr } = await lighthouse(`http://127.0.0.1:${server.address().port}/`, { port: chrome.port, logLevel: 'silent',
      onlyCategories: ['performance', 'accessibility', 'best-practices', 'seo'] });
    reports.push(lhr);
    await chrome.kill();
  }
  server.close();
  const value = (id) => median(reports.map((r) => r.audits[id]?.numericValue ?? 0));
  const score = (id) => Math.round(median(reports.map((r) => r.categories[id].score)) * 100);
  const scores = ['performance', 'accessibility', 'best-practices', 'seo'].map(score);
  const requests = reports[0].audits['network-requests']?.details?.items ?? [];
  const weight = requests.reduce((sum, r) => sum + (r.transferSize ?? 0), 0) / 1000;
  const largest = JSON.stringify(reports[0].audits['lcp-breakdown-insight'] ?? reports[0].audits['largest-contentful-paint-element'] ?? {})
    .match(/"snippet":"((?:\\.|[^"])*)"/)?.[1] ?? '';
  const [fcp, lcp, cls, tbt] = ['first-contentful-paint', 'largest-contentful-paint', 'cumulative-layout-shift', 'total-blocking-time'].map(value);
  const good = lcp <= GOAL.lcp && cls <= GOAL.cls + 0.0005 && scores.every((s) => s >= GOAL.scores);
  missed += good ? 0 : 1;
  console.log(`${name.padEnd(9)} ${scores.map((s) => String(s).padStart(4)).join(' ')}  | ${Math.round(fcp)}  ${Math.round(lcp).toString().padStart(4)}  ${cls.toFixed(3)} ${String(Math.round(tbt)).padStart(4)} | ${String(requests.length).padStart(5)} ${weight.toFixed(0).padStart(6)} | ${largest.slice(0, 60)} ${good ? '' : '← misses its goal'}`);
  for (const [id, audit] of Object.entries(reports[0].audits)) {
    if (process.env.WHY && audit.score !== null && audit.score < 1 && !['numeric'].includes(audit.scoreDisplayMode)) console.log(`    ${id}: ${audit.title} ${audit.displayValue ?? ''}`);
  }
}
process.exit(missed ? 1 : 0);
