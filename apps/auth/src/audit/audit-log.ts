import { type User } from '@gatehouse/claims';
import { Inject, Injectable } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';

import { type Problem } from '../errors/problem.ts';
import { clientAddress } from '../http/client-address.ts';
import { type Log, LOG } from '../log/log.ts';
import { type Action, changeOf } from './change.decorator.ts';

/** A change that a person made. */
export interface Change {
  readonly action: Action;
  /** Who made it: somebody verified. */
  readonly actor: Pick<User, 'issuer' | 'subject'>;
  /** What was changed, as `kind:id`. */
  readonly target: string;
  /** Which group was joined or left. */
  readonly group?: string | undefined;
}

/** What a change is to be made to, of those that were not made. By the request's own object: Nest has others of it. */
const concerned = new WeakMap<object, Pick<Change, 'target' | 'group'>>();

/**
 * One line for each change that a person makes: who, what, to what, and how it ended, with the id of the request, under
 * which the request's own line says the rest.
 *
 * The code that makes a change calls `done`, once it is made and for each. What was refused or failed on the way to a
 * route that is marked `@Change(…)` is written by the filter that all errors pass.
 */
@Injectable()
export class AuditLog {
  constructor(@Inject(LOG) private readonly log: Log) {}

  done(request: FastifyRequest, { action, actor, target, group }: Change): void {
    const { issuer, subject } = actor;
    this.log.info(
      { ...origin(request), action, outcome: 'done', issuer, subject, ...named({ target, group }) },
      'audit',
    );
  }

  /** Says what a change is about to be made to, once that is known: for the line of one that is then refused or fails. */
  concerns({ raw }: FastifyRequest, what: Pick<Change, 'target' | 'group'>): void {
    concerned.set(raw, what);
  }

  /** Writes nothing for a request that was to change nothing. */
  notDone(request: FastifyRequest & { readonly user?: User }, { status, code }: Problem): void {
    const action = changeOf(request);
    if (action === undefined) return;
    const { user } = request;
    const actor = user === undefined ? {} : { issuer: user.issuer, subject: user.subject };
    const outcome = status < 500 ? 'refused' : 'failed';
    this.log.info(
      { ...origin(request), action, outcome, ...actor, ...named(concerned.get(request.raw)), code },
      'audit',
    );
  }
}

function origin(request: FastifyRequest): { readonly requestId: string; readonly ip: string } {
  return { requestId: request.id, ip: clientAddress(request) };
}

function named(what: Partial<Pick<Change, 'target' | 'group'>> = {}): Partial<Pick<Change, 'target' | 'group'>> {
  const { target, group } = what;
  return { ...(target !== undefined && { target }), ...(group !== undefined && { group }) };
}
