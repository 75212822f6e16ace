import { authOperations } from './auth-operations.ts';
import { describeOperations } from './describe-operations.ts';
import { groupOperations } from './group-operations.ts';
import { listOperations } from './list-operations.ts';
import { type Operation } from './operation.ts';
import { ownOperations } from './own-operations.ts';
import { signUpOperations } from './sign-up-operations.ts';
import { userOperations } from './user-operations.ts';

/** Every operation that is answered, by name. All others of the service are unknown here. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  Object.entries({
    ...authOperations,
    ...describeOperations,
    ...groupOperations,
    ...listOperations,
    ...ownOperations,
    ...signUpOperations,
    ...userOperations,
  }),
);
