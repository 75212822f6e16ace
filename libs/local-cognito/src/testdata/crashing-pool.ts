import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { Store } from '../provider/store.ts';
import { StateStore } from '../state/state-store.ts';
import { UserDirectory } from '../users/directory.ts';
import { type User } from '../users/user.ts';

/**
 * A process that changes users and tokens until it is killed, and says on its standard output what has been
 * acknowledged: one line of JSON each. Several lanes at once, so that writes meet.
 */
const lanes = 6;
const counter: User = {
  sub: 'counter',
  username: 'counter',
  attributes: { count: '0' },
  status: 'CONFIRMED',
  enabled: true,
  groups: [],
  createdAt: 0,
  modifiedAt: 0,
};

const state = await StateStore.open(process.argv[2] ?? '');
const users = await UserDirectory.open(state, Date.now, [counter]);
const tokens = (await Store.open(state, Date.now, () => new Error('used'))).adapter('RefreshToken');

function acknowledge(what: object): void {
  writeSync(1, `${JSON.stringify(what)}\n`);
}

async function lane(): Promise<never> {
  for (;;) {
    const sub = randomUUID();
    const user: User = { ...counter, sub, username: sub, attributes: {} };
    await users.add({ user, credential: { kind: 'none' }, codes: {} });
    acknowledge({ added: sub });
    const changed = await users.change('counter', (account) => {
      const count = String(Number(account.user.attributes['count']) + 1);
      return { ...account, user: { ...account.user, attributes: { count }, groups: [count] } };
    });
    // Of an earlier or a later change, if lanes met: at least this many are on the disk.
    acknowledge({ counted: Number(changed?.user.attributes['count']) });
    await tokens.upsert(sub, { accountId: sub }, 3600);
    acknowledge({ issued: sub });
    if (Math.random() < 0.5) {
      await users.remove(sub);
      acknowledge({ removed: sub });
    }
  }
}

await Promise.all(Array.from({ length: lanes }, lane));
