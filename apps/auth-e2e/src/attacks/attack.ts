import { type Forge, type Identity } from './identity.ts';
import { type HeaderLine } from './raw-request.ts';

/** What an attacker who reaches the application past the load balancer has to work with: more than they should. */
export interface Loot {
  /** What the load balancer handed on for an administrator, still good. */
  readonly alice: Identity;
  /** The same for somebody else. */
  readonly bob: Identity;
  readonly forge: Forge;
}

/** A request straight at the application, and the code of its refusal; a number where HTTP itself refuses. */
export interface StraightAttack {
  readonly name: string;
  readonly refusal: string | number;
  readonly headers: (loot: Loot) => readonly HeaderLine[];
}
