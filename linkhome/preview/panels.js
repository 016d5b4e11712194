// The panels that open below the bar: lists to choose from, filled anew whenever they are opened.
import { SIZES } from './stand.js';
import { count, say, written } from './words.js';

const at = (id) => document.getElementById(id);
let studio; // what it knows and does: see studio.js
let typed; // a timer

export function make(what, more = {}, ...inside) {
  const made = Object.assign(document.createElement(what), more);
  made.append(...inside);
  return made;
}

// A row of a list that is chosen by a click; `more` stands at its end.
function row(title, more, on, chosen, ...before) {
  const button = make('button', { type: 'button', className: 'row' }, ...before, make('b', {}, title), make('span', {}, more));
  button.setAttribute('aria-pressed', on);
  button.addEventListener('click', chosen);
  return make('li', {}, button);
}

// Give the panels what they show, and let them be filled whenever they open.
export function furnish(given) {
  studio = given;
  for (const panel of document.querySelectorAll('.panel')) {
    const button = document.querySelector(`[popovertarget=${panel.id}]`);
    panel.addEventListener('beforetoggle', ({ newState }) => {
      button.setAttribute('aria-expanded', newState === 'open');
      if (newState !== 'open' || (!studio.told && panel.id !== 'sizes' && panel.id !== 'looks')) return;
      const { left, bottom } = button.getBoundingClientRect();
      const width = panel.classList.contains('wide') ? 460 : 320;
      panel.style.setProperty('--left', `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`);
      panel.style.setProperty('--top', `${bottom + 8}px`);
      fill[panel.id]();
    });
    // Up and down lead from row to row, as in a list.
    panel.addEventListener('keydown', (e) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
      if (!step || e.target.type === 'datetime-local') return;
      const rows = [...panel.querySelectorAll('.find input, .row')];
      const next = rows[(rows.indexOf(document.activeElement) + step + rows.length) % rows.length];
      if (next) { e.preventDefault(); next.focus(); }
    });
  }
  at('pages').querySelector('input').addEventListener('input', ({ target }) => {
    clearTimeout(typed);
    typed = setTimeout(() => find(target.value), 80);
  });
  at('pages').querySelector('input').addEventListener('keydown', (e) => e.key === 'Enter' && at('pages').querySelector('.row')?.click());
}

export function fold() {
  for (const panel of document.querySelectorAll('.panel:popover-open')) panel.hidePopover();
}

const fill = {
  async pages() {
    const field = at('pages').querySelector('input');
    field.value = '';
    await find('');
    if (matchMedia('(hover: hover)').matches) field.focus();
  },
  sizes() {
    at('sizes').querySelector('.list').replaceChildren(...SIZES.map((one) => {
      const shape = make('i', { className: `shape ${one.id}` });
      if (one.width) Object.assign(shape.style, { width: `${one.width / 58}px`, height: `${one.height / 58}px` });
      return row(one.name, one.width ? `${one.width} × ${one.height}` : '', one === studio.stand.size, () => {
        studio.stand.take(one.id, studio.stand.turned);
        studio.remember();
        fold();
      }, make('i', { className: 'shapes' }, shape));
    }));
  },
  looks() {
    at('looks').querySelector('.cards').replaceChildren(...['', 'light', 'dark'].map((look) => {
      const text = say({ dark: 'Dark', light: 'Light' }[look] ?? 'System');
      const button = make('button', { type: 'button', className: `card ${look || 'system'}` }, make('i'), make('span', {}, text));
      button.setAttribute('aria-pressed', studio.see.look === look);
      button.addEventListener('click', () => { studio.see.look = look; fill.looks(); studio.show(true); });
      return button;
    }));
    at('looks').querySelector('[name=still]').checked = studio.see.still;
    at('looks').querySelector('[name=script]').checked = !studio.see.script;
  },
  tongues() {
    const names = new Intl.DisplayNames(document.documentElement.lang, { type: 'language', fallback: 'code' });
    at('tongues').querySelector('.list').replaceChildren(...studio.told.languages.map((one) =>
      row(names.of(one), one.toUpperCase(), one === studio.speaks(), () => { studio.frame.contentWindow.location.replace(studio.translation(one)); fold(); })));
  },
  times() {
    const { changes, zone } = studio.told.coming;
    at('times').querySelector('h2').textContent = say('The page as of');
    at('times').querySelector('.list').replaceChildren(
      row(say('Now'), '', !studio.told.wanted.local, () => { studio.set({ at: null }); fold(); }),
      ...changes.map(({ local, what, how }) => {
        const item = row(say(`{} ${how}`, what), '', studio.told.wanted.local === local, () => { studio.set({ at: local }); fold(); });
        item.querySelector('b').append(make('small', {}, written(local)));
        return item;
      }));
    at('times').querySelector('input[name=at]').value = studio.told.wanted.local || studio.told.now;
    at('times').querySelector('.when button').textContent = say('Go');
    at('times').querySelector('.fine').textContent = (changes.length ? '' : `${say('Nothing of this site comes or goes by itself.')} `) + say('Times are those of {}.', zone);
    at('times').querySelector('[name=drafts]').checked = studio.told.wanted.drafts;
  },
  outages() {
    const used = studio.told.coming.platforms;
    const more = studio.told.wanted.outages.filter((slug) => !used.some((one) => one.slug === slug)).map((slug) => ({ slug, name: slug, links: 0 }));
    at('outages').querySelector('h2').textContent = say('Suppose that this is down');
    at('outages').querySelector('.list').replaceChildren(...[...used, ...more].map(({ slug, name, owner, links }) => {
      const on = studio.told.wanted.outages.includes(slug);
      const whose = owner && owner !== name && !owner.includes('.') ? owner : '';
      return row(name, [whose, links ? count(links, 'link') : ''].filter(Boolean).join(', '), on, async () => {
        await studio.set({ outages: on ? studio.told.wanted.outages.filter((one) => one !== slug) : [...studio.told.wanted.outages, slug] });
        fill.outages();
      });
    }));
    at('outages').querySelector('.fine').textContent = used.length
      ? say('With a platform, all of its company counts as down. Only this preview changes.') : say('The site links to no platform.');
  },
  problems() { studio.render(); },
};

async function find(words) {
  const found = await studio.ask(words).catch(() => ({ pages: [], count: 0 }));
  const many = new Set(found.pages.map((one) => one.language)).size > 1;
  // Titles end with the creator's name, as search engines want them; in a list that only takes room.
  const last = found.pages.map(({ title: name }) => name.split(' – ').slice(1).at(-1));
  const usual = last.find((one) => one && last.filter((other) => other === one).length * 2 > last.length);
  at('pages').querySelector('.list').replaceChildren(...found.pages.map(({ path, title: name, language }) => {
    const short = usual && name.endsWith(` – ${usual}`) ? name.slice(0, -usual.length - 3) : name;
    const item = row(short, many ? language.toUpperCase() : '', path === studio.see.page, () => {
      studio.see.page = path;
      fold();
      studio.show();
    });
    item.querySelector('b').append(make('small', { className: 'code' }, decodeURI(studio.plain(path))));
    return item;
  }));
  at('pages').querySelector('.fine').textContent = found.count > found.pages.length
    ? say('and {} more: type a few words', (found.count - found.pages.length).toLocaleString())
    : found.pages.length ? '' : say('No page has these words.');
}
