// Make answers: a page for people without a script, JSON for one, a redirect to a page of the creator's own.

const STYLE = 'body{font:1.125rem/1.6 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1.25rem;'
  + 'color:#1c1b1a;background:#fbfaf8}h1{line-height:1.2}a{color:inherit}'
  + 'button{font:inherit;font-weight:600;padding:.8rem 1.6rem;border:0;border-radius:.5rem;background:#1c1b1a;color:#fff;cursor:pointer}'
  + 'button:focus-visible,a:focus-visible{outline:3px solid #4361c9;outline-offset:3px}'
  + '@media(prefers-color-scheme:dark){body{color:#f1efec;background:#161514}button{background:#f1efec;color:#161514}'
  + 'button:focus-visible,a:focus-visible{outline-color:#9db0ff}}';

const escape = (text) => String(text).replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);

let hash;
async function styleHash() {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(STYLE));
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}

// These answers hold what concerns one person, and their addresses hold keys: nobody may keep, frame, or pass them on.
const PRIVATE = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
};

// Make a page. `button` is its one button, which sends the page's own address back by POST; `sites` may be gone to from there.
export async function page(status, language, { title, text, more = '', button = '', home = '', homeText = '', sites = [] }, headers = {}) {
  hash ??= await styleHash();
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self' ${sites.join(' ')}; frame-ancestors 'none'; base-uri 'none'`;
  const body = `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escape(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escape(title)}</h1><p>${escape(text)}</p>${more ? `<p>${escape(more)}</p>` : ''}${
  button ? `<form method="post"><button>${escape(button)}</button></form>` : ''}${
  home ? `<p><a href="${escape(home)}">${escape(homeText)}</a></p>` : ''}</main></body></html>
`;
  return new Response(body, {
    status,
    headers: { ...PRIVATE, 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy, ...headers },
  });
}

export const json = (status, value, headers = {}) =>
  new Response(JSON.stringify(value), { status, headers: { ...PRIVATE, 'content-type': 'application/json', ...headers } });

export const away = (address) => new Response(null, { status: 303, headers: { ...PRIVATE, location: address } });

// Tell browsers which sites may read the answer: the creator's, and no other.
export function shared(response, request, sites) {
  const origin = request.headers.get('origin') ?? '';
  response.headers.append('vary', 'Origin');
  if (sites.includes(origin)) {
    response.headers.set('access-control-allow-origin', origin);
    response.headers.set('access-control-expose-headers', 'Retry-After');
  }
  return response;
}

// Answer the question that browsers ask before a script may send JSON.
export function preflight(request, sites) {
  const allowed = sites.includes(request.headers.get('origin') ?? '');
  const headers = { 'access-control-allow-methods': 'POST', 'access-control-allow-headers': 'Content-Type', 'access-control-max-age': '86400' };
  return shared(new Response(null, { status: allowed ? 204 : 403, headers: allowed ? headers : {} }), request, sites);
}
