// What the studio says, in English and German.
const GERMAN = {
  'Studio': 'Studio',
  'Front page': 'Startseite',
  'Which page': 'Welche Seite',
  'How the page is seen': 'Wie die Seite zu sehen ist',
  'Find a page': 'Seite suchen',
  'No page has these words.': 'Keine Seite enthält diese Wörter.',
  'and {} more: type a few words': 'und {} weitere: ein paar Wörter eintippen',
  'Size': 'Größe',
  'Small phone': 'Kleines Telefon',
  'Desktop': 'Schreibtisch',
  'Whole window': 'Ganzes Fenster',
  'Own width': 'Eigene Breite',
  'Turned': 'Gedreht',
  'Turn': 'Drehen',
  'Width': 'Breite',
  'Fit': 'Einpassen',
  'Look': 'Aussehen',
  'System': 'System',
  'Light': 'Hell',
  'Dark': 'Dunkel',
  'Less motion': 'Weniger Bewegung',
  'Without JavaScript': 'Ohne JavaScript',
  'Language': 'Sprache',
  'Time': 'Zeit',
  'Now': 'Jetzt',
  'The page as of': 'Die Seite am',
  'Another time': 'Andere Zeit',
  'Go': 'Zeigen',
  '{} comes': '{} erscheint',
  '{} goes': '{} verschwindet',
  'Times are those of {}.': 'Zeiten sind die von {}.',
  'Nothing of this site comes or goes by itself.': 'Nichts auf dieser Seite kommt oder geht von selbst.',
  'Drafts': 'Entwürfe',
  'Outage': 'Ausfall',
  'Suppose that this is down': 'Angenommen, das ist ausgefallen',
  'The site links to no platform.': 'Die Seite verlinkt keine Plattform.',
  'With a platform, all of its company counts as down. Only this preview changes.': 'Mit einer Plattform gilt alles von ihrer Firma als ausgefallen. Nur diese Vorschau ändert sich.',
  '1 link': '1 Link',
  '{} links': '{} Links',
  'Pick': 'Zeigen',
  'Pick something on the page, and see where it was written': 'Etwas auf der Seite antippen und sehen, wo es geschrieben steht',
  'Reload': 'Neu laden',
  'Open in a tab of its own': 'In eigenem Tab öffnen',
  'Fine': 'In Ordnung',
  'What is wrong': 'Was nicht stimmt',
  'Nothing is wrong.': 'Alles in Ordnung.',
  '1 error': '1 Fehler',
  '{} errors': '{} Fehler',
  '1 warning': '1 Warnung',
  '{} warnings': '{} Warnungen',
  'The page is the last good one.': 'Die Seite ist die letzte gute.',
  'As of {}': 'Stand {}',
  '{} down': '{} ausgefallen',
  'with drafts': 'mit Entwürfen',
  'Back to now': 'Zurück zu jetzt',
  'Open': 'Öffnen',
  'Open in the editor': 'Im Editor öffnen',
  'Copy the place': 'Stelle kopieren',
  'Copied': 'Kopiert',
  'Close': 'Schließen',
  'Nobody can tell where this was written.': 'Wo das geschrieben steht, lässt sich nicht sagen.',
  'The preview does not answer. Is it still running in the terminal?': 'Die Vorschau antwortet nicht. Läuft sie noch im Terminal?',
  'The page': 'Die Seite',
  'Back': 'Zurück',
  'This is not a page of yours any more.': 'Das ist keine Seite von dir mehr.',
};

const german = navigator.language.toLowerCase().startsWith('de');

// Return a text in the language of the browser; {} stands for the value.
export function say(text, value = '') {
  return ((german && GERMAN[text]) || text).replace('{}', () => value);
}

// Return how many there are: count(2, 'link') is "2 links".
export function count(number, noun) {
  return number === 1 ? say(`1 ${noun}`) : say(`{} ${noun}s`, number.toLocaleString());
}

// Return a time such as 2027-01-17T10:00 as people write it. Its zone is the site's, whatever the browser's.
export function written(local) {
  const whole = local.endsWith('T00:00');
  const style = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC', ...(whole ? {} : { hour: 'numeric', minute: '2-digit' }) };
  return new Intl.DateTimeFormat(german ? 'de' : navigator.language, style).format(new Date(`${local}:00Z`));
}

document.documentElement.lang = german ? 'de' : 'en';
