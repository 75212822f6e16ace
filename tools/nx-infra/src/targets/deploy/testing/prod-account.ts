import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { simulatedAws } from '../../../simulated-aws/simulated-aws.ts';
import { synthesize } from '../../../synth/synthesize.ts';
import { type SynthesizedStacks } from '../../../synth/manifest.ts';
import { listening } from '../../../testing/workspace.ts';
import { bootstrap } from '../../bootstrap/bootstrap.ts';
import { accountOf } from '../../rehearse/account.ts';
import { type Clients, clientsOf } from '../../rehearse/clients.ts';
import { Described } from '../../rehearse/described.ts';
import { rehearsalWorkspace } from '../../rehearse/rehearsal-workspace.ts';
import { INVENTORY, inventory } from './inventory.ts';
import { pushedImage } from './pushed-image.ts';
import { bucketOf } from './states.ts';

const ENV = 'prod';
const WORKSPACE = join(import.meta.dirname, '..', '..', '..', '..', '..', '..');

/** What there is after a deployment. */
export interface Outcome {
  /** What the states remember. */
  readonly addresses: readonly string[];
  /** The types of all that AWS has. */
  readonly types: readonly string[];
  /** `type id`: in AWS, and in no state. */
  readonly orphans: readonly string[];
  /** `type id`: in a state, and not in AWS. */
  readonly missing: readonly string[];
  /** What Terraform means to make anew. */
  readonly unsound: readonly string[];
  /** Objects in the bucket of the states that are no state: locks. */
  readonly locks: readonly string[];
  /** Stacks with a journal that was left over. */
  readonly journals: readonly string[];
}

/** The stacks of `prod` in a workspace of their own, and an account of a simulated AWS with the bucket of their states. */
export interface ProdAccount {
  readonly root: string;
  readonly env: string;
  readonly stacks: SynthesizedStacks;
  readonly clients: Clients;
  /** Of the states. */
  readonly bucket: string;
  /** The digest of the image that was pushed. */
  image(): Promise<string>;
  outcome(): Promise<Outcome>;
}

/** Does some work in it. From now on, the variables of this process lead there. */
export async function inProdAccount(work: (account: ProdAccount) => Promise<void>): Promise<void> {
  await using workspace = await rehearsalWorkspace(WORKSPACE, ENV);
  const { root } = workspace;
  const { stacks } = await synthesize({ root, environment: ENV });
  const account = accountOf(stacks, ENV);
  await using aws = await simulatedAws(account);
  Object.assign(process.env, aws.env);
  using clients = clientsOf(account.region);
  await bootstrap({ root, env: ENV }, listening().context);
  const before = await inventory(clients);
  const outcome = (): Promise<Outcome> => outcomeOf(root, clients, account.bucket, before);
  const image = async (): Promise<string> => (await pushedImage(clients, new Described(stacks))) ?? '';
  await work({ root, env: ENV, stacks, clients, bucket: account.bucket, image, outcome });
}

async function outcomeOf(root: string, clients: Clients, name: string, before: ReadonlySet<string>): Promise<Outcome> {
  const there = [...(await inventory(clients))].filter((thing) => !before.has(thing));
  const { keys, states } = await bucketOf(clients, name);
  const remembered = [...states.values()].flat();
  const known = new Set(remembered.filter(({ type }) => type in INVENTORY).map(({ type, id }) => `${type} ${id}`));
  const applies = join(root, 'cdktf.out', ENV, 'applies');
  return {
    addresses: remembered.map(({ address }) => address).sort(),
    types: there.map((thing) => thing.split(' ')[0] ?? '').sort(),
    orphans: there.filter((thing) => !known.has(thing)),
    missing: [...known].filter((thing) => !there.includes(thing)),
    unsound: remembered.filter(({ isSound }) => !isSound).map(({ address }) => address),
    locks: keys.filter((key) => !states.has(key)),
    journals: existsSync(applies) ? readdirSync(applies) : [],
  };
}
