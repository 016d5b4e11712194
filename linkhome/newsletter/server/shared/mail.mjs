// Send the one mail of these files: "was that you?", by the HTTP interface of Resend or Mailjet. What a visitor wrote never
// stands in it, so that nobody can use it to send words of their own to other people.

import { Trouble } from './problems.mjs';

const PATIENCE = 10_000;

export const basic = (user, password) =>
  `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(`${user}:${password}`)))}`;

// Ask somebody else's server; throw when it does not say yes. `what` is for the log: never an address of a person.
export async function ask(what, url, { method = 'POST', authorization, body, fine = [] }) {
  let response;
  try {
    response = await fetch(url, {
      method,
      headers: { authorization, ...(body ? { 'content-type': 'application/json' } : {}) },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    throw new Trouble(`${what} could not be reached`);
  }
  await response.body?.cancel();
  if (!response.ok && !fine.includes(response.status)) throw new Trouble(`${what} answered ${response.status}`);
}

const escape = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

function paragraph(text) {
  const safe = escape(text);
  return `<p>${/^https?:\/\/\S+$/.test(text) ? `<a href="${safe}">${safe}</a>` : safe}</p>`;
}

// Send the mail that asks to confirm. `say` speaks the visitor's language; `link` and `leave` are the two ways.
export async function sendQuestion(settings, email, say, link, leave) {
  const { mail } = settings;
  const parts = [...say('mail_text', { link, leave }), ...(settings.imprint ? [settings.imprint] : [])];
  const letter = {
    subject: say('mail_subject'),
    text: `${parts.join('\n\n')}\n`,
    html: `<!doctype html>${parts.map(paragraph).join('')}`,
  };
  const name = mail.from.name || settings.name;
  if (mail.kind === 'resend') {
    await ask('Resend (mail)', 'https://api.resend.com/emails', {
      authorization: `Bearer ${mail.key}`,
      body: {
        from: `"${name.replace(/["\\]/g, '')}" <${mail.from.email}>`,
        to: [email],
        ...letter,
        headers: { 'List-Unsubscribe': `<${leave}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
      },
    });
    return;
  }
  const message = {
    From: { Email: mail.from.email, Name: name },
    To: [{ Email: email }],
    Subject: letter.subject,
    TextPart: letter.text,
    HTMLPart: letter.html,
    TrackClicks: 'disabled',
    TrackOpens: 'disabled',
  };
  await ask('Mailjet (mail)', 'https://api.mailjet.com/v3.1/send', {
    authorization: basic(mail.key, mail.secret),
    body: { Messages: [message] },
  });
}
