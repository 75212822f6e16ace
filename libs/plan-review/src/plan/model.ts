import { type Source } from '../model.ts';
import { type Json } from './schema.ts';

/** What Terraform will do. A replacement says which comes first. */
export type Action =
  | 'no-op'
  | 'create'
  | 'read'
  | 'update'
  | 'delete'
  | 'delete-then-create'
  | 'create-then-delete'
  /** Out of the state; it stays where it is. */
  | 'forget'
  | 'create-then-forget';

/** A resource before and after. Its values hold no secret, and every part that is not known yet is a text that says so. */
export interface ResourceChange {
  readonly stack: string;
  readonly address: string;
  readonly previousAddress?: string;
  /** Of an object that a failed replacement left behind. */
  readonly deposed?: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  /** The address of the module, with a dot at its end; empty for the root. */
  readonly module: string;
  readonly action: Action;
  /** Terraform's own word for why, such as `replace_because_tainted`. */
  readonly reason?: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  /** What makes it a replacement. */
  readonly replacePaths: readonly (readonly (string | number)[])[];
  /** The id of what is imported. */
  readonly importing?: string;
  /** The arguments that the configuration gives; undefined where the configuration is not in the plan. */
  readonly written: Json | undefined;
  readonly source?: Source;
}

export interface OutputChange {
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
  /** It was marked as sensitive, and is not any more. */
  readonly isDisclosed: boolean;
  /** The references of its expression, in order. */
  readonly references: readonly string[];
}

/** What a plan takes for granted, because it was made before what is under it was applied. */
export interface Assumption {
  /** As `network.vpcId`, or `var.image_digest`. */
  readonly name: string;
  readonly because: string;
  readonly value?: unknown;
}

/** The plan of a stack, ready to be reviewed. */
export interface StackPlan {
  readonly stack: string;
  readonly changes: readonly ResourceChange[];
  /** What was changed outside of Terraform since the last apply. */
  readonly drift: readonly ResourceChange[];
  readonly outputs: readonly OutputChange[];
  readonly assumptions: readonly Assumption[];
  /** Why this plan is not all that there will be, in words. */
  readonly incomplete: readonly string[];
  readonly region: string | undefined;
  /** The load balancers' part of the plan, for @gatehouse/listener. */
  readonly loadBalancing: Json;
  /** The same as it was last applied, where somebody changed it outside of Terraform since. */
  readonly appliedLoadBalancing: Json | undefined;
}

export function isReplacement(action: Action): boolean {
  return action === 'delete-then-create' || action === 'create-then-delete';
}

/** Whether the object as it is will be no more. */
export function destroys({ action }: ResourceChange): boolean {
  return action === 'delete' || isReplacement(action);
}
