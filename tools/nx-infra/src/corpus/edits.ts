import { edit, type Edit } from './edit.ts';
import { doorEdits } from './edits/door.ts';
import { networkEdits } from './edits/network.ts';
import { peopleEdits } from './edits/people.ts';
import { runningEdits } from './edits/running.ts';
import { storedEdits } from './edits/stored.ts';

export const EDITS: readonly Edit[] = [...doorEdits, ...peopleEdits, ...networkEdits, ...storedEdits, ...runningEdits];

/** What is planned once more after drift, beside which it has to be told apart. */
export const DRIFTED: Edit = edit('drifted-and-edited', ...(doorEdits[0]?.steps ?? []));
