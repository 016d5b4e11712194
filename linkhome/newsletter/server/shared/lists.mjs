// Pass people on to the lists from which the creator sends: Resend, Mailjet, Mailman 3.

import { ask, basic } from './mail.mjs';

const CONFLICT = 409; // Mailman: is a member already
const MISSING = 404;

async function joinResend(list, person) {
  const authorization = `Bearer ${list.key}`;
  const contact = `https://api.resend.com/contacts/${encodeURIComponent(person.email)}`;
  const body = { first_name: person.first_name, last_name: person.last_name, unsubscribed: false };
  await ask('Resend (contact)', 'https://api.resend.com/contacts', { authorization, body: { email: person.email, ...body }, fine: [CONFLICT] });
  // Somebody who had left there comes back only when that is said.
  if (person.unsubscribed_at) await ask('Resend (contact)', contact, { method: 'PATCH', authorization, body });
  if (list.segment) await ask('Resend (segment)', `${contact}/segments/${encodeURIComponent(list.segment)}`, { authorization, fine: [CONFLICT] });
}

const leaveResend = (list, person) =>
  ask('Resend (contact)', `https://api.resend.com/contacts/${encodeURIComponent(person.email)}`, {
    method: 'PATCH', authorization: `Bearer ${list.key}`, body: { unsubscribed: true }, fine: [MISSING],
  });

const tellMailjet = (list, person, action) =>
  ask('Mailjet (list)', `https://api.mailjet.com/v3/REST/contactslist/${encodeURIComponent(list.list)}/managecontact`, {
    authorization: basic(list.key, list.secret),
    body: { Email: person.email, Name: `${person.first_name ?? ''} ${person.last_name ?? ''}`.trim(), Action: action },
  });

// Without a mail of our own Mailman sends its own, and waits for the answer.
const joinMailman = (list, person, confirmed) =>
  ask('Mailman', `${list.url}/3.1/members`, {
    authorization: basic(list.user, list.password),
    body: {
      list_id: list.list.replace('@', '.'),
      subscriber: person.email,
      display_name: `${person.first_name ?? ''} ${person.last_name ?? ''}`.trim(),
      pre_verified: confirmed,
      pre_confirmed: confirmed,
      pre_approved: true,
    },
    fine: [CONFLICT],
  });

const leaveMailman = (list, person) =>
  ask('Mailman', `${list.url}/3.1/lists/${encodeURIComponent(list.list.replace('@', '.'))}/member/${encodeURIComponent(person.email)}`, {
    method: 'DELETE', authorization: basic(list.user, list.password), fine: [MISSING],
  });

const JOIN = {
  resend: joinResend,
  mailjet: (list, person) => tellMailjet(list, person, person.unsubscribed_at ? 'addforce' : 'addnoforce'),
  mailman: joinMailman,
};
const LEAVE = {
  resend: leaveResend,
  mailjet: (list, person) => tellMailjet(list, person, 'unsub'),
  mailman: leaveMailman,
};

// Put a person on every list that is set up; throw when one of them does not take it.
export const join = (lists, person, confirmed) => Promise.all(lists.map((list) => JOIN[list.kind](list, person, confirmed)));

// Take a person off every list that is set up; throw when one of them does not do it.
export const quit = (lists, person) => Promise.all(lists.map((list) => LEAVE[list.kind](list, person)));

// The lists that ask people themselves: those may be told of somebody who has not confirmed.
export const asking = (lists) => lists.filter((list) => list.kind === 'mailman');
