import { z } from 'zod';
import { ReviewError } from '../errors.ts';
import { type Finding } from '../model.ts';

/** What a waiver can be for, and the findings that it covers. */
const covered: Readonly<Record<Waiver['action'], readonly string[]>> = {
  destroy: ['destroyed'],
  replace: ['replaced'],
  open: ['opens', 'rewritten', 'past-the-load-balancer', 'sign-up-opened', 'login-weakened', 'made-public'],
  widen: ['permits-more', 'switched-off'],
};

const date = z.iso.date();

const schema = z.strictObject({
  waivers: z.array(
    z.strictObject({
      stack: z.string().min(1).optional(),
      address: z.string().min(1),
      action: z.enum(['destroy', 'replace', 'open', 'widen']),
      reason: z.string().trim().min(1),
      expires: date,
    }),
  ),
});

/** Somebody's word, in a file that is reviewed itself, that a finding is meant. */
export interface Waiver {
  /** @default any stack */
  readonly stack?: string | undefined;
  readonly address: string;
  readonly action: 'destroy' | 'replace' | 'open' | 'widen';
  readonly reason: string;
  /** The last day it holds, as 2026-12-31, in UTC. */
  readonly expires: string;
}

/** @throws ReviewError `WAIVERS_MALFORMED` */
export function parseWaivers(text: string, file: string): readonly Waiver[] {
  const parsed = schema.safeParse(json(text));
  if (parsed.success) return parsed.data.waivers;
  throw new ReviewError('WAIVERS_MALFORMED', file, {
    what: `It is not a list of waivers: ${z.prettifyError(parsed.error).replaceAll(/\s+/g, ' ')}`,
    why: 'A waiver that is not understood would cover nothing, or too much',
    mend: 'Write {"waivers": [{"address": "…", "action": "destroy|replace|open|widen", "reason": "…", "expires": "2026-12-31"}]}',
  });
}

/**
 * The findings with the waivers that cover them, and a finding for each waiver that covers none or has expired. What is
 * waived is still to be looked at.
 *
 * @param today as 2026-11-22, in UTC
 */
export function applyWaivers(
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  today: string,
): readonly Finding[] {
  const used = new Set<Waiver>();
  const waived = findings.map((finding): Finding => {
    if (finding.severity !== 'stop') return finding;
    const fitting = waivers.filter((waiver) => covers(waiver, finding));
    for (const waiver of fitting) used.add(waiver);
    const holding = fitting.find(({ expires }) => expires >= today);
    if (holding === undefined) return finding;
    return { ...finding, severity: 'look', waived: { reason: holding.reason, expires: holding.expires } };
  });
  const about = (waiver: Waiver, kind: string, reading: string): Finding => ({
    section: 'loss',
    severity: 'look',
    kind,
    stack: waiver.stack ?? '',
    address: waiver.address,
    reading,
  });
  return [
    ...waived,
    ...waivers.flatMap((waiver) =>
      waiver.expires < today
        ? [
            about(
              waiver,
              'waiver-expired',
              `The waiver to ${waiver.action} it expired on ${waiver.expires}, and covers nothing`,
            ),
          ]
        : used.has(waiver)
          ? []
          : [
              about(
                waiver,
                'waiver-unused',
                `The waiver to ${waiver.action} it covers nothing that is planned, and can be taken out`,
              ),
            ],
    ),
  ];
}

function covers(waiver: Waiver, finding: Finding): boolean {
  return (
    waiver.address === finding.address &&
    (waiver.stack === undefined || waiver.stack === finding.stack) &&
    covered[waiver.action].includes(finding.kind)
  );
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
