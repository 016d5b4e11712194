// What the creator set up, read from the environment: nothing else in these files looks there.

// What can stand in a header, and is too long to be guessed.
const TOKEN = /^[A-Za-z0-9_.~+/=-]{20,200}$/;

const words = (text) => String(text ?? '').trim();

function originOf(text) {
  try {
    const { origin, protocol } = new URL(text);
    return protocol === 'https:' || protocol === 'http:' ? origin : '';
  } catch {
    return '';
  }
}

// "Lina Marlow <news@lina.example>" or the bare address.
function sender(text) {
  const parts = /^\s*(?:"?([^"<>]*?)"?\s*)<([^<>\s]+@[^<>\s]+)>\s*$/.exec(text);
  if (parts) return { name: parts[1], email: parts[2] };
  return /^[^<>\s]+@[^<>\s]+$/.test(text) ? { name: '', email: text } : null;
}

function mailService(env) {
  const from = sender(words(env.MAIL_FROM));
  if (!from) return null;
  if (words(env.RESEND_KEY)) return { kind: 'resend', from, key: words(env.RESEND_KEY) };
  const [key, secret] = [words(env.MAILJET_KEY), words(env.MAILJET_SECRET)];
  return key && secret ? { kind: 'mailjet', from, key, secret } : null;
}

// The lists elsewhere that are to know who signed up.
function lists(env) {
  const found = [];
  if (words(env.RESEND_KEY)) found.push({ kind: 'resend', key: words(env.RESEND_KEY), segment: words(env.RESEND_SEGMENT) });
  const mailjet = { kind: 'mailjet', key: words(env.MAILJET_KEY), secret: words(env.MAILJET_SECRET), list: words(env.MAILJET_LIST) };
  if (mailjet.key && mailjet.secret && mailjet.list) found.push(mailjet);
  const mailman = { kind: 'mailman', url: words(env.MAILMAN_URL).replace(/\/+$/, ''), list: words(env.MAILMAN_LIST) };
  if (mailman.url && mailman.list) {
    found.push({ ...mailman, user: words(env.MAILMAN_USER), password: words(env.MAILMAN_PASSWORD) });
  }
  return found;
}

// Give the settings. `sites` are origins; `confirms` says whether a mail can be sent that asks "was that you?".
export function settingsOf(env, request) {
  const sites = words(env.SITE).split(/[\s,]+/).map(originOf).filter(Boolean);
  const token = words(env.EXPORT_TOKEN);
  const mail = mailService(env);
  return {
    sites,
    home: words(env.SITE).split(/[\s,]+/).find(originOf) ?? '',
    pages: { thanks: words(env.THANKS), check: words(env.CHECK), sorry: words(env.SORRY) },
    server: originOf(words(env.SERVER)) || new URL(request.url).origin,
    name: words(env.LIST_NAME) || (sites[0] ? new URL(sites[0]).host : ''),
    language: words(env.LIST_LANGUAGE).toLowerCase().startsWith('de') ? 'de' : 'en',
    imprint: words(env.LIST_IMPRINT),
    consent: words(env.CONSENT) !== 'optional',
    token: TOKEN.test(token) ? token : '',
    mail,
    confirms: mail !== null,
    lists: lists(env),
  };
}
