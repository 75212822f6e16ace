import { type ListenerRequest } from '@gatehouse/listener';

/** What a reviewer has to do about a finding: not let it pass, look at it, or know of it. */
export type Severity = 'stop' | 'look' | 'note';

/** Where in a review a finding stands, in the order a reviewer needs it. */
export type Section = 'access' | 'loss' | 'widening' | 'changes';

/** Something that tries what a finding says. */
export type Witness =
  | {
      readonly kind: 'request';
      readonly protocol: 'HTTP' | 'HTTPS';
      readonly port: number;
      readonly request: ListenerRequest;
      /** What becomes of it, in a few words; empty for what there is not. */
      readonly before: string;
      readonly after: string;
    }
  | {
      readonly kind: 'connection';
      /** `tcp`, `udp`, `icmp`, `all`, or a number of IANA. */
      readonly protocol: string;
      /** @default any */
      readonly port?: number;
      readonly from: string;
      readonly to: string;
    };

/** Where a resource is written. */
export interface Source {
  /** Relative to the workspace. */
  readonly file?: string;
  /** The path of the CDKTF construct, as `alb/https`. */
  readonly construct?: string;
}

/** Why a finding does not stop what it would stop. */
export interface Waived {
  readonly reason: string;
  /** The last day, as 2026-12-31. */
  readonly expires: string;
}

export interface Finding {
  readonly section: Section;
  readonly severity: Severity;
  /** What sort of finding it is, such as `opens` or `destroyed`; docs/reference/plan-review.md lists them. */
  readonly kind: string;
  readonly stack: string;
  /** The Terraform address; empty for the whole stack. */
  readonly address: string;
  /** A sentence or two, without the final full stop. */
  readonly reading: string;
  /** All of what the reading has only the first of, a line each. @default the reading has all */
  readonly details?: readonly string[];
  readonly witness?: Witness;
  /** The address of the rule that does it, where it is not the address itself. */
  readonly rule?: string;
  readonly source?: Source;
  readonly waived?: Waived;
}
