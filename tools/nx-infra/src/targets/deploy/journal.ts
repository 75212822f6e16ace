import { z } from 'zod';

const eventSchema = z.object({
  type: z.enum(['apply_start', 'apply_complete', 'apply_errored']),
  hook: z.object({
    resource: z.object({ addr: z.string(), resource_type: z.string() }),
    action: z.string(),
    id_value: z.string().optional(),
  }),
});
const diagnosticSchema = z.object({
  type: z.literal('diagnostic'),
  diagnostic: z.object({
    severity: z.string(),
    summary: z.string(),
    detail: z.string().default(''),
    address: z.string().optional(),
  }),
});

/** What an apply did last to one resource. It has no attribute of it but the id. */
export interface Entry {
  readonly address: string;
  readonly type: string;
  /** `create`, `update` or `delete`. */
  readonly action: string;
  /** `started`: nobody knows whether it was done. */
  readonly state: 'started' | 'completed' | 'failed';
  /** As AWS calls what was made, known only once it is; or what is changed. */
  readonly id?: string;
}

export const entrySchema = z.object({
  address: z.string(),
  type: z.string(),
  action: z.string(),
  state: z.enum(['started', 'completed', 'failed']),
  id: z.string().optional(),
});

/** A line of `terraform apply -json` (machine-readable UI, "Operation Messages"): what happened to a resource, or an error. */
export type ApplyEvent = { readonly entry: Entry } | { readonly error: string; readonly address?: string };

/** @returns undefined for a line that says neither */
export function readEvent(line: string): ApplyEvent | undefined {
  const json = parsed(line);
  const event = eventSchema.safeParse(json);
  if (event.success) {
    const { type, hook } = event.data;
    const { resource, action, id_value: id } = hook;
    const state = ({ apply_start: 'started', apply_complete: 'completed', apply_errored: 'failed' } as const)[type];
    return {
      entry: {
        address: resource.addr,
        type: resource.resource_type,
        action,
        state,
        ...(id !== undefined && (action === 'update' || (state === 'completed' && action !== 'delete')) ? { id } : {}),
      },
    };
  }
  const diagnostic = diagnosticSchema.safeParse(json);
  if (!diagnostic.success || diagnostic.data.diagnostic.severity !== 'error') return undefined;
  const { summary, detail, address } = diagnostic.data.diagnostic;
  return {
    error: [summary, detail].filter((part) => part !== '').join(': '),
    ...(address === undefined ? {} : { address }),
  };
}

/**
 * A journal with one more thing in it: the last word on each address. What is deleted after it was created is the
 * object that was there before (`create_before_destroy`), and says nothing of the new one.
 */
export function noted(journal: readonly Entry[], entry: Entry): readonly Entry[] {
  const before = journal.find(({ address }) => address === entry.address);
  if (before?.action === 'create' && entry.action === 'delete') return journal;
  return [...journal.filter(({ address }) => address !== entry.address), entry];
}

/**
 * A journal of earlier applies with one more thing in it. A create that failed after one that was killed says nothing of
 * the killed one: it may be what was in the way. What is changed after it was made was imported for that, and the state
 * with the import in it may be lost as well: it stays something that was made.
 */
export function added(journal: readonly Entry[], entry: Entry): readonly Entry[] {
  const before = journal.find(({ address }) => address === entry.address);
  if (before?.action === 'create' && entry.action === 'update') {
    return noted(journal, { ...before, state: 'completed', ...(entry.id === undefined ? {} : { id: entry.id }) });
  }
  const isOpen = before?.action === 'create' && before.state === 'started';
  return isOpen && entry.state === 'failed' ? journal : noted(journal, entry);
}

/** The journal of what an apply printed, whether or not it came to its end. */
export function journalOf(output: string): readonly Entry[] {
  return output.split('\n').reduce<readonly Entry[]>((journal, line) => {
    const event = readEvent(line);
    return event !== undefined && 'entry' in event ? noted(journal, event.entry) : journal;
  }, []);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // The last line of a killed apply may be half a line.
    return undefined;
  }
}
