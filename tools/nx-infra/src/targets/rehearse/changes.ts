import { type Clients } from './clients.ts';
import { type Described } from './described.ts';
import { deliveryChanges } from './changes/delivery.ts';
import { doorChanges } from './changes/door.ts';
import { peopleChanges } from './changes/people.ts';
import { runningChanges } from './changes/running.ts';
import { storedChanges } from './changes/stored.ts';

/** Something that can be changed past Terraform. */
export interface Change {
  /** The check that has to see it. */
  readonly check: string;
  /** What Terraform has to find changed. */
  readonly address: string;
  readonly change: 'changed' | 'deleted';
  /** For people. */
  readonly what: string;
  readonly make: () => Promise<unknown>;
  /**
   * Sets it back, once it is found, in the way that it was changed: where Terraform's provider waits a fixed time
   * after setting back what a name, a subnet or a load balancer is. @default the next deployment does
   */
  readonly undo?: () => Promise<unknown>;
}

/** What changes can be made to an environment: to each thing that a check looks at, where it has it. */
export type Changes = (clients: Clients, described: Described) => Promise<readonly Change[]>;

/** All of them: somebody has the rights of an administrator, and bad luck or bad intentions. */
export async function changesOf(clients: Clients, described: Described): Promise<readonly Change[]> {
  const all = [doorChanges, peopleChanges, runningChanges, storedChanges, deliveryChanges];
  return (await Promise.all(all.map((changes) => changes(clients, described)))).flat();
}
