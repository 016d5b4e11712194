// Let something on the page be pointed at, and say where it was written.
import { say } from './words.js';

const BLOCKS = 'a, button, summary, label, p, h1, h2, h3, h4, h5, h6, li, dt, dd, td, th, figure, figcaption, blockquote, pre, '
  + 'img, video, audio, input, time, address, header, footer, section, main';
const at = (id) => document.getElementById(id);

export class Pick {
  constructor(frame, { page, token, ended }) {
    Object.assign(this, { frame, page, token, ended, on: false, spot: at('spot'), found: at('found'), asked: 0 });
    this.over = (e) => this.mark(block(e.target));
    this.reached = (e) => e.target.matches?.(':focus-visible') && this.over(e);
    this.chosen = (e) => {
      e.preventDefault();
      e.stopImmediatePropagation();
      this.over(e);
      this.ask(block(e.target), e.ctrlKey || e.metaKey);
    };
    this.key = (e) => {
      if (e.key === 'Escape') this.ended();
      if (e.key === 'Enter') this.chosen(e);
    };
    this.lost = () => this.mark(null);
    this.found.querySelector('.shut').addEventListener('click', () => this.found.hidePopover());
    this.found.querySelector('.copy').addEventListener('click', (e) => this.copy(e.currentTarget));
    for (const [where, text] of [['.shut', 'Close'], ['.copy', 'Copy the place']]) this.found.querySelector(where).setAttribute('aria-label', say(text));
    this.found.querySelector('.primary').textContent = say('Open in the editor');
  }

  // Listen in the page that is in the frame now; every page that comes wants it anew.
  listen(on) {
    this.on = on;
    this.mark(null);
    let page;
    try { page = this.frame.contentDocument; } catch { return; }
    if (!page) return;
    const change = on ? 'addEventListener' : 'removeEventListener';
    page[change]('pointermove', this.over, true);
    page[change]('focusin', this.reached, true);
    page[change]('scroll', this.lost, true);
    page[change]('pointerleave', this.lost, true);
    for (const what of ['click', 'auxclick', 'submit']) page[change](what, this.chosen, true);
    page[change]('keydown', this.key, true);
    if (!on) this.asked += 1;
  }

  mark(element) {
    this.spot.hidden = !element;
    if (!element) return;
    const { left, top, width, height } = element.getBoundingClientRect();
    const scale = this.frame.getBoundingClientRect().width / this.frame.offsetWidth || 1;
    const clip = (value, most) => Math.max(0, Math.min(most, value));
    const [x, y] = [clip(left, this.frame.offsetWidth), clip(top, this.frame.offsetHeight)];
    Object.assign(this.spot.style, {
      left: `${x * scale}px`, top: `${y * scale}px`,
      width: `${(clip(left + width, this.frame.offsetWidth) - x) * scale}px`,
      height: `${(clip(top + height, this.frame.offsetHeight) - y) * scale}px`,
    });
  }

  // Ask for the place of an element; `straight` opens it without another click.
  async ask(element, straight) {
    const mine = this.asked += 1;
    const link = element.closest('a[href]') ?? (element.matches('figure, li, section') ? element.querySelector('a[href]') : null);
    const picture = element.matches('img') ? element : element.matches('figure') ? element.querySelector('img') : null;
    const text = picture?.alt || (element.innerText || element.textContent || element.getAttribute('aria-label') || '').trim().replace(/\s+/g, ' ');
    const words = { page: this.page(), text: text.slice(0, 300), href: link?.getAttribute('href') ?? '', src: picture?.getAttribute('src') ?? '' };
    let place = {};
    try {
      const answer = await fetch(`where?${new URLSearchParams(words)}`, { headers: { 'X-Linkhome-Token': this.token } });
      place = await answer.json();
    } catch { /* said below */ }
    if (mine === this.asked && this.on) this.show(place, straight);
  }

  show(place, straight) {
    const part = (what) => this.found.querySelector(what);
    part('.place').textContent = place.place ?? say('Nobody can tell where this was written.');
    part('pre').replaceChildren(...this.line(place));
    part('pre').hidden = !place.source;
    part('.copy').hidden = !place.place;
    part('.copy').textContent = say('Copy the place');
    part('.primary').hidden = !place.edit;
    if (!this.found.matches(':popover-open')) this.found.showPopover();
    if (!place.edit) return;
    part('.primary').href = place.edit;
    part('.primary').focus(); // Enter opens it
    if (straight) part('.primary').click();
  }

  // The line as it is written, the picked part of it marked.
  line({ source = '', column = 1, width = 0 }) {
    const letters = [...source];
    const cut = Math.max(0, Math.min(column - 24, letters.length));
    const piece = (from, to) => letters.slice(from, to).join('');
    const mark = document.createElement('mark');
    mark.textContent = piece(column - 1, column - 1 + width);
    return [(cut ? '…' : '') + piece(cut, column - 1).trimStart(), mark, piece(column - 1 + width)];
  }

  async copy(button) {
    const place = this.found.querySelector('.place');
    try {
      await navigator.clipboard.writeText(place.textContent);
      button.textContent = say('Copied');
    } catch { // plain http in the local network has no clipboard
      getSelection().selectAllChildren(place);
    }
  }
}

function block(target) {
  return target.closest?.(BLOCKS) ?? target.ownerDocument?.body ?? target.body;
}
