import { ReviewError } from '../errors.ts';
import { type Action } from './model.ts';

/** Source: https://developer.hashicorp.com/terraform/internals/json-format#change-representation. */
const actions: ReadonlyMap<string, Action> = new Map([
  ['no-op', 'no-op'],
  ['create', 'create'],
  ['read', 'read'],
  ['update', 'update'],
  ['delete', 'delete'],
  ['delete,create', 'delete-then-create'],
  ['create,delete', 'create-then-delete'],
  ['forget', 'forget'],
  ['create,forget', 'create-then-forget'],
]);

/** @throws ReviewError `ACTION_UNKNOWN` */
export function actionOf(words: readonly string[], plan: string): Action {
  const action = actions.get(words.join(','));
  if (action !== undefined) return action;
  throw new ReviewError('ACTION_UNKNOWN', plan, {
    what: 'A change has an action that is not known here',
    why: 'It may destroy something, and would be reviewed as if it did not',
    mend: 'Use a newer gatehouse-review, or the Terraform version that the project pins',
  });
}
