import { type Clock } from '../clock.ts';

/** A message that Cognito would mail. Holds a code or a temporary password. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly sentAt: number;
}

/** Takes a message to its reader besides the inbox page, e.g. to the console. Must not throw. */
export type Deliver = (mail: Mail) => void;

const mostMails = 200;

/**
 * The inbox of everybody: no message leaves the machine. In memory alone, as codes and temporary passwords are readable
 * in it; whoever needs one after a restart asks for another.
 */
export class Mailbox {
  readonly #mails: Mail[] = [];
  readonly #clock: Clock;
  readonly #deliver: Deliver;

  constructor(clock: Clock, deliver: Deliver) {
    this.#clock = clock;
    this.#deliver = deliver;
  }

  send(message: Omit<Mail, 'sentAt'>): void {
    const mail = { ...message, sentAt: this.#clock() };
    this.#mails.push(mail);
    if (this.#mails.length > mostMails) this.#mails.shift();
    this.#deliver(mail);
  }

  /** Newest first. */
  list(): readonly Mail[] {
    return this.#mails.toReversed();
  }
}
