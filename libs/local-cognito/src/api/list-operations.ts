import { z } from 'zod';
import { cognitoUsername } from '../oauth/claims.ts';
import { type Listed } from '../users/directory.ts';
import { parseFilter, type UserFilter } from '../users/list-filter.ts';
import { invalidParameter } from './cognito-error.ts';
import { type ApiContext, operation, type Operation, poolId, requirePool, text } from './operation.ts';
import { pageOf } from './page-of.ts';
import { userType } from './shapes.ts';

const listUsers = poolId.extend({
  AttributesToGet: z.array(z.string()).optional(),
  Limit: z.int().min(0).max(60).optional(),
  PaginationToken: text.optional(),
  Filter: z.string().max(256).optional(),
});

export const listOperations: Readonly<Record<string, Operation>> = {
  ListUsers: operation('administrator', listUsers, (input, context) => {
    requirePool(context, input);
    const { users, settings } = context.pool;
    const filter = filterOf(context, input.Filter);
    const { items, next } = pageOf(matching(users.all(), filter), input.Limit, input.PaginationToken);
    return {
      Users: items.map(({ account }) => userType(account.user, settings(), input.AttributesToGet)),
      ...(next !== undefined && { PaginationToken: next }),
    };
  }),
};

function filterOf({ pool }: ApiContext, given: string | undefined): UserFilter | undefined {
  if (given === undefined || given === '') return undefined;
  const { signIn } = pool.settings();
  const filter = parseFilter(given, (user) => cognitoUsername(user, signIn), signIn);
  if (!filter) throw invalidParameter('Error while parsing filter.');
  return filter;
}

function* matching(all: Iterable<Listed>, filter: UserFilter | undefined): Generator<Listed> {
  for (const listed of all) if (filter === undefined || filter(listed.account.user)) yield listed;
}
