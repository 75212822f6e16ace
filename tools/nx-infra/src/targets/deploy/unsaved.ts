import { importId, isMadeAgain } from './import-id.ts';
import { type Entry } from './journal.ts';

/** Something to be taken into the state: Terraform's `import` block. */
export interface Import {
  readonly to: string;
  /** May hold expressions. */
  readonly id: string;
}

/**
 * What the provider makes in several calls, so that half of it may be there, and no plan sees what is missing.
 *
 * AWS gives each new security group a rule by which everything may leave; the provider takes it away afterwards, and
 * the rules that the stacks describe are resources of their own, which do not know of it.
 */
const IN_SEVERAL_CALLS: readonly string[] = ['aws_security_group'];

/** The addresses among some imports of what may be there by half. */
export function halfMade(journal: readonly Entry[], imports: readonly Import[]): readonly string[] {
  const begun = journal.filter(({ type, state }) => state === 'started' && IN_SEVERAL_CALLS.includes(type));
  return begun.map(({ address }) => address).filter((address) => imports.some(({ to }) => to === address));
}

/** What a killed apply made, or may have made, and what the state does not know. */
export interface Unsaved {
  /** It was made: the provider said so. */
  readonly made: readonly Import[];
  /** Nobody knows whether it was made; if it was, it has this name. */
  readonly perhaps: readonly Import[];
  /** Nobody knows whether it was made, nor how it would be called. */
  readonly unknown: readonly Entry[];
  /** The state remembers another object under this address. */
  readonly conflicts: readonly (Entry & { readonly remembered: string })[];
}

/**
 * Compares what an apply noted with what the state remembers.
 *
 * @param ids of the state, by address
 * @param bodyOf the resource of an address in the stack's JSON; undefined where it is no longer there
 * @param account how the ARNs of IAM begin: `arn:aws:iam::<account>`; undefined where the sources do not say
 */
export function unsaved(
  journal: readonly Entry[],
  ids: ReadonlyMap<string, string | undefined>,
  bodyOf: (address: string) => Readonly<Record<string, unknown>> | undefined,
  account: string | undefined,
): Unsaved {
  const found: { [Kind in keyof Unsaved]: Unsaved[Kind][number][] } = {
    made: [],
    perhaps: [],
    unknown: [],
    conflicts: [],
  };
  for (const entry of journal) {
    const { address, type, action, state, id } = entry;
    // What failed, Terraform has put into the state as far as it exists; so has it what existed before.
    if (action !== 'create' || state === 'failed' || isMadeAgain(type)) continue;
    if (ids.has(address)) {
      const remembered = ids.get(address);
      if (state === 'completed' && id !== undefined && remembered !== undefined && remembered !== id) {
        found.conflicts.push({ ...entry, remembered });
      }
      continue;
    }
    const body = bodyOf(address);
    const target = body === undefined ? undefined : importId(type, { id, body, account });
    if (target === undefined) found.unknown.push(entry);
    else if (state === 'completed') found.made.push({ to: address, id: target });
    else found.perhaps.push({ to: address, id: target });
  }
  return found;
}
