import { type Edit } from './edit.ts';
import { deliveryEdits } from './edits/delivery.ts';
import { doorEdits } from './edits/door.ts';
import { networkEdits } from './edits/network.ts';
import { peopleEdits } from './edits/people.ts';
import { runningEdits } from './edits/running.ts';
import { storedEdits } from './edits/stored.ts';

/** What is planned on the stacks as they are applied. */
export const EDITS: readonly Edit[] = [
  ...doorEdits,
  ...peopleEdits,
  ...networkEdits,
  ...storedEdits,
  ...runningEdits,
  ...deliveryEdits,
];
