// What can go wrong, in two kinds: what the visitor is told, and what only the creator's log is told.

export class Refusal extends Error {
  // `code` names a sentence of words.mjs; `field` is the one to correct, empty when there is none.
  constructor(status, code, field = '') {
    super(code);
    this.status = status;
    this.code = code;
    this.field = field;
  }
}

// Its message may stand in a log: it says nothing about a person. Other errors are logged by their kind alone.
export class Trouble extends Error {}
