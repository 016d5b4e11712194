// Hold the page in a window as large as that of a telephone, made smaller until it fits into the studio.
import { say } from './words.js';

// Names, widths and heights in CSS pixels; what a browser leaves of the screen is less, and differs.
export const SIZES = [
  { id: 'small', name: say('Small phone'), width: 320, height: 568 },
  { id: 'iphone-se', name: 'iPhone SE', width: 375, height: 667 },
  { id: 'iphone-15', name: 'iPhone 15', width: 393, height: 852 },
  { id: 'pixel-8', name: 'Pixel 8', width: 412, height: 915 },
  { id: 'ipad', name: 'iPad', width: 820, height: 1180 },
  { id: 'desktop', name: say('Desktop'), width: 1280, height: 800 },
  { id: 'full', name: say('Whole window'), width: 0, height: 0 },
];
const [LEAST, MOST, STEP] = [240, 2560, 10];
// What a telephone has around its page: at the sides, above and below, in pixels of the page.
const HOUSING = { side: 9, top: 36, bottom: 22 };
const NONE = { side: 0, top: 0, bottom: 0 };
const at = (id) => document.getElementById(id);

export class Stand {
  constructor(changed) {
    [this.table, this.stand, this.glass, this.frame, this.grip, this.told, this.zoom] = ['table', 'stand', 'glass', 'frame', 'grip', 'told', 'zoom'].map(at);
    this.changed = changed;
    this.size = SIZES[2];
    this.turned = this.whole = false;
    this.scale = 1;
    new ResizeObserver(() => this.fit()).observe(this.table);
    this.grip.addEventListener('pointerdown', (e) => this.drag(e));
    this.grip.addEventListener('keydown', (e) => {
      const step = { ArrowRight: STEP, ArrowLeft: -STEP, ArrowUp: STEP, ArrowDown: -STEP }[e.key];
      if (step) { e.preventDefault(); this.widen(this.width + step); }
    });
    this.zoom.addEventListener('click', () => { this.whole = !this.whole; this.fit(); });
    this.grip.setAttribute('aria-label', say('Width'));
  }

  get full() { return this.size.id === 'full'; }
  get phone() { return this.size.width < this.size.height && this.size.id !== 'own'; }
  get width() { return this.turned ? this.size.height : this.size.width; }
  get height() { return this.turned ? this.size.width : this.size.height; }
  // What stands in the address: the name of a size, or two numbers.
  get word() { return this.size.id === 'own' ? `${this.size.width}x${this.size.height}` : this.size.id; }

  take(word, turned = false) {
    const own = /^(\d{3,4})x(\d{3,4})$/.exec(word ?? '');
    this.size = own ? ownSize(+own[1], +own[2]) : SIZES.find((one) => one.id === word) ?? this.size;
    this.turned = turned && !this.full;
    this.fit();
  }

  widen(width) {
    this.size = ownSize(width, this.height);
    this.turned = false;
    this.fit();
    this.changed();
  }

  drag(start) {
    if (start.button) return;
    start.preventDefault();
    this.grip.setPointerCapture(start.pointerId);
    document.body.classList.add('dragging');
    const [from, width, scale] = [start.clientX, this.width, this.scale];
    // The stand is in the middle: its edge goes half as far as its width grows.
    const move = (e) => this.widen(Math.round(width + 2 * (e.clientX - from) / scale));
    this.grip.addEventListener('pointermove', move);
    this.grip.addEventListener('lostpointercapture', () => {
      this.grip.removeEventListener('pointermove', move);
      document.body.classList.remove('dragging');
    }, { once: true });
  }

  // A telephone lays its scroll bar over the page; that of a desktop takes room, and would make the page narrower.
  dress() {
    const bars = this.phone ? ':root { scrollbar-width: none }' : '';
    dress(this.frame, bars + (this.picking ? ':root, :root * { cursor: crosshair !important }' : ''));
  }

  fit() {
    const { table, glass, frame } = this;
    const style = getComputedStyle(table);
    const room = [table.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight),
      table.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom)];
    document.body.classList.toggle('full', this.full);
    document.body.classList.toggle('phone', this.phone);
    if (this.full) room.splice(0, 2, table.clientWidth, table.clientHeight);
    const [width, height] = this.full ? room : [this.width, this.height];
    const { side, top, bottom } = this.phone ? HOUSING : NONE;
    const free = [room[0] / (width + 2 * side), (room[1] - this.told.parentElement.offsetHeight) / (height + top + bottom)];
    this.scale = this.full || this.whole ? 1 : Math.max(0.1, Math.min(1, ...free));
    glass.style.margin = `${top * this.scale}px ${side * this.scale}px ${bottom * this.scale}px`;
    frame.style.width = `${width}px`;
    frame.style.height = `${height}px`;
    frame.style.transform = this.scale === 1 ? '' : `scale(${this.scale})`;
    glass.style.width = `${width * this.scale}px`;
    glass.style.height = `${height * this.scale}px`;
    glass.style.setProperty('--scale', this.scale);
    this.told.textContent = `${this.size.name} · ${width} × ${height}`;
    this.zoom.textContent = this.whole ? say('Fit') : `${Math.round(this.scale * 100)} %`;
    this.zoom.disabled = this.scale === 1 && !this.whole;
    this.grip.setAttribute('aria-valuenow', width);
    this.grip.setAttribute('aria-valuemin', LEAST);
    this.grip.setAttribute('aria-valuemax', MOST);
    this.dress();
  }
}

function ownSize(width, height) {
  return { id: 'own', name: say('Own width'), width: Math.max(LEAST, Math.min(MOST, width)), height };
}

// Add rules to the page in the frame, without touching what it is made of.
export function dress(frame, rules) {
  try {
    const view = frame.contentWindow;
    const sheet = view.linkhomeStudio ??= new view.CSSStyleSheet();
    if (!view.document.adoptedStyleSheets.includes(sheet)) view.document.adoptedStyleSheets = [...view.document.adoptedStyleSheets, sheet];
    sheet.replaceSync(rules);
  } catch { /* the page is somebody else's, or just going */ }
}
