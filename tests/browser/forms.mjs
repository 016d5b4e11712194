// A page with a sign-up as the build writes it, made by hand: only what the script relies on, and styles in light and dark.

const STYLES = `@layer reset, tokens, base, layout, blocks, page, site; @layer base { :root { --ink: #1c1a17; --soft: #5b554c; --accent: #9a3b1f; --rule: #cfc6b8; --card: #fffdf8; --paper: #f6f1e7; --panel: #24405e; --on: #fff; --rad: 1rem; --small: .9375rem; --text: sans-serif }
@media (prefers-color-scheme: dark) { :root { --ink: #f3eee4; --soft: #b9b1a3; --accent: #f0a58c; --rule: #4a443b; --card: #2a2620; --paper: #181510; --panel: #a9c6e8; --on: #10202f } }
* { margin: 0 } body { background: var(--paper); color: var(--ink); font: 1rem/1.5 var(--text); padding: 1rem } button, input { font: inherit; color: inherit }
form { display: grid; gap: 1rem; max-width: 24rem; margin: 1rem 0; padding: 1rem } .panel { background: var(--panel); color: var(--on) }
p > input { display: block; width: 100%; box-sizing: border-box; height: 3rem; border: 1px solid currentColor; background: var(--card); color: var(--ink) }
.yes { display: flex; gap: .75rem } .yes input { width: 1.5rem; height: 1.5rem; flex: none } .btn { min-height: 3rem; background: none }
.skip { position: fixed; top: -9rem } :focus-visible { outline: 3px solid currentColor; outline-offset: 2px } a { color: inherit } }`;

const FIELDS = {
  email: ['E-mail', 'email', 'email'],
  first_name: ['First name', 'text', 'given-name'],
  last_name: ['Last name', 'text', 'family-name'],
  phone: ['Mobile', 'tel', 'tel'],
};
const quoted = (text) => String(text).replace(/&/g, '&amp;').replace(/"/g, '&quot;');

function field(id, name, names, required) {
  const [label, type, autocomplete] = FIELDS[name];
  const own = names[name] ? ` name="${quoted(names[name])}"` : '';
  const hint = name === 'phone';
  return `<p><label for="${id}-${autocomplete}">${label}</label><input id="${id}-${autocomplete}"${own} type="${type}" autocomplete="${autocomplete}"${hint ? ` aria-describedby="${id}-hint"` : ''}${required ? ' required' : ''}>${hint ? `<small id="${id}-hint">With the country</small>` : ''}</p>`;
}

function form(id, { fields, step, trapKind, panel, required = ['email'] }, native) {
  const { action = '', method = 'get', names = {}, hidden = [], trap = '' } = native ?? {};
  const rows = fields.map((name) => field(id, name, names, required.includes(name)));
  const at = step ? 1 : rows.length;
  const phone = fields.includes('phone');
  const named = (name) => (names[name] ? ` name="${quoted(names[name])}"` : '');
  return `<form action="${quoted(action)}" method="${method}" id="${id}" data-signup${panel ? ' class="panel"' : ''}>
${hidden.map(([name, value]) => `<input type="hidden" name="${quoted(name)}" value="${quoted(value)}">`).join('')}
${rows.slice(0, at).join('')}${at < rows.length ? `<details class="further"><summary>More</summary>${rows.slice(at).join('')}</details>` : ''}
${phone ? '<fieldset class="boxes"><legend>Your consent</legend>' : ''}
<label class="yes"><input type="checkbox"${named('consent')} value="v1" required><span>Yes, write to me.</span></label>
${phone ? `<label class="yes"><input type="checkbox"${named('phone_consent')} value="p1" data-for="tel"><span>Yes, call me.</span></label></fieldset>` : ''}
${trap ? `<div class="skip" aria-hidden="true"><label>Leave this empty<input${trapKind === 'checkbox' ? ' type="checkbox"' : ''} name="${quoted(trap)}" tabindex="-1" autocomplete="off"></label></div>` : ''}
<button class="btn">Sign me up</button>
<p role="status"></p>
<p class="small">One click ends it.</p>
<p class="last">Or by mail: <a href="mailto:lina@lina.example?subject=Newsletter">lina@lina.example</a></p>
</form>`;
}

// Give the page and the script of a site. `targets` are what the build tells the script; `asks` whom the policy allows.
export function site(script, { targets, asks, language = 'en', fields = ['email'], forms = 1, ...more }) {
  const policy = `script-src 'self'; connect-src 'self' ${asks.join(' ')}; form-action 'self' ${asks.join(' ')}; frame-src 'none'`;
  const native = targets.find((one) => one.native)?.native;
  const made = Array.from({ length: forms }, (_, n) => form(`form${n + 1}`, { fields, ...more }, native));
  const page = `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="${policy}"><title>Lina</title><style>${STYLES}</style>
<script defer src="assets/signup.js"></script><main><h1>Lina</h1>${made.join('\n')}</main></html>`;
  return { page, script: script.replace('SIGNUP', () => JSON.stringify({ targets, days: 7 })) };
}
