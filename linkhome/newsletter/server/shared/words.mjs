// Every sentence that a visitor reads, in English and German. `{name}` is what the creator calls the list.

const ENGLISH = {
  email_missing: 'Please write your e-mail address.',
  email_wrong: 'That is no e-mail address. It looks like this: name@example.org',
  phone_wrong: 'That is no telephone number. Begin with the country: +44 20 7946 0018',
  consent_missing: 'Please tick the box: nobody writes to you without your consent.',
  phone_consent_missing: 'Please tick the box for the telephone number too, or leave the number out.',
  too_much: 'That is more than this form takes.',
  unreadable: 'What arrived could not be read.',
  too_often: 'That was often in a short time. Please try again in ten minutes.',
  later: 'The list cannot be reached just now. Please try again in a few minutes.',
  back: 'Go back with your browser: what you wrote is still there.',
  home: 'To the site',
  wrong_title: 'Not quite yet',
  sorry_title: 'That did not work',
  check_title: 'Look into your mail',
  check_text: 'A mail with a link is on its way to you. You are on the list once you have opened it and pressed the button there.',
  thanks_title: 'Thank you',
  thanks_text: 'You are on the list of {name}.',
  taken_text: '{name} has your sign-up.',
  confirm_title: 'One more step',
  confirm_text: 'Press the button, and you are on the list of {name}.',
  confirm_button: 'Yes, put me on the list',
  over_title: 'This link has expired',
  over_text: 'It was good for seven days, or a newer one took its place. Please sign up again.',
  leave_title: 'Unsubscribe',
  leave_text: 'Press the button, and {name} does not write to you any more.',
  leave_button: 'Unsubscribe',
  gone_title: 'You are unsubscribed',
  gone_text: '{name} does not write to you any more.',
  unknown_text: 'This link leads to nobody on the list.',
  door_text: 'This is the server that takes sign-ups for {name}.',
  mail_subject: 'Please confirm: {name}',
  mail_text: [
    'Hello,',
    'somebody, we hope you, signed up this address with {name}. If it was you, open this link and press the button there:',
    '{link}',
    'If it was not you, do nothing: without the button nothing is sent to you, and your address is deleted after seven days.',
    'Keep this mail. With the next link you can unsubscribe at any time:',
    '{leave}',
  ],
};

const GERMAN = {
  email_missing: 'Bitte schreib deine E-Mail-Adresse hin.',
  email_wrong: 'Das ist keine E-Mail-Adresse. So sieht eine aus: name@example.org',
  phone_wrong: 'Das ist keine Telefonnummer. Beginne mit dem Land: +49 30 23125 014',
  consent_missing: 'Bitte setz das Häkchen: Ohne deine Einwilligung schreibt dir niemand.',
  phone_consent_missing: 'Bitte setz auch das Häkchen für die Telefonnummer, oder lass die Nummer weg.',
  too_much: 'Das ist mehr, als dieses Formular annimmt.',
  unreadable: 'Was ankam, war nicht lesbar.',
  too_often: 'Das war oft in kurzer Zeit. Bitte versuch es in zehn Minuten noch einmal.',
  later: 'Die Liste ist gerade nicht erreichbar. Bitte versuch es in ein paar Minuten noch einmal.',
  back: 'Geh mit deinem Browser zurück: Was du geschrieben hast, steht noch da.',
  home: 'Zur Seite',
  wrong_title: 'Noch nicht ganz',
  sorry_title: 'Das hat nicht geklappt',
  check_title: 'Schau in dein Postfach',
  check_text: 'Eine Mail mit einem Link ist unterwegs zu dir. Du stehst auf der Liste, sobald du ihn geöffnet und dort den Knopf gedrückt hast.',
  thanks_title: 'Danke',
  thanks_text: 'Du stehst auf der Liste von {name}.',
  taken_text: 'Deine Anmeldung bei {name} ist angekommen.',
  confirm_title: 'Noch ein Schritt',
  confirm_text: 'Drück den Knopf, und du stehst auf der Liste von {name}.',
  confirm_button: 'Ja, nimm mich auf',
  over_title: 'Dieser Link ist abgelaufen',
  over_text: 'Er galt sieben Tage, oder ein neuerer gilt an seiner Stelle. Bitte melde dich noch einmal an.',
  leave_title: 'Abmelden',
  leave_text: 'Drück den Knopf, und {name} schreibt dir nicht mehr.',
  leave_button: 'Abmelden',
  gone_title: 'Du bist abgemeldet',
  gone_text: '{name} schreibt dir nicht mehr.',
  unknown_text: 'Dieser Link führt zu niemandem auf der Liste.',
  door_text: 'Dieser Server nimmt Anmeldungen für {name} entgegen.',
  mail_subject: 'Bitte bestätigen: {name}',
  mail_text: [
    'Guten Tag,',
    'jemand, wir hoffen du, hat diese Adresse bei {name} angemeldet. Wenn du es warst, öffne diesen Link und drück dort den Knopf:',
    '{link}',
    'Wenn du es nicht warst, tu nichts: Ohne den Knopf wird dir nichts geschickt, und deine Adresse ist nach sieben Tagen gelöscht.',
    'Heb diese Mail auf. Mit dem nächsten Link kannst du dich jederzeit abmelden:',
    '{leave}',
  ],
};

const LANGUAGES = { en: ENGLISH, de: GERMAN };

// Choose the language: the form's own, else the first that the browser wants and that is here, else the creator's.
export function languageOf(wanted, accepted, usual) {
  const asked = [wanted, ...accepted.split(',').map((part) => part.split(';')[0])];
  const found = asked.map((tag) => tag.trim().toLowerCase().split('-')[0]).find((tag) => tag in LANGUAGES);
  return found ?? usual;
}

// Give a way to ask for sentences of a language, with the names in them filled in.
export function speaker(language, name) {
  const table = LANGUAGES[language];
  const fill = (text, more) => text.replace(/\{(\w+)\}/g, (whole, key) => ({ name, ...more })[key] ?? whole);
  return (key, more = {}) => {
    const found = table[key];
    return Array.isArray(found) ? found.map((text) => fill(text, more)) : fill(found, more);
  };
}
