import { randomUUID } from 'node:crypto';
import { createSecureContext } from 'node:tls';

import { InfraError } from '../../errors.ts';
import { type Finding } from '../../progress/finding.ts';
import { Syntheses } from '../../synth/syntheses.ts';
import { type TargetContext, type TargetResult } from '../target.ts';
import { readAuthorities } from './authorities.ts';
import { type CheckName } from './catalogue.ts';
import { type Check, type Door, failed } from './check.ts';
import { bearerPaths, forgedCookie, forgedIdentity } from './checks/forged.ts';
import { hostedLogin } from './checks/hosted-login.ts';
import { httpRedirect } from './checks/http-redirect.ts';
import { login } from './checks/login.ts';
import { page } from './checks/page.ts';
import { apiPaths, otherPaths, publicPaths } from './checks/paths.ts';
import { callback, methods } from './checks/protocol.ts';
import { reach } from './checks/reach.ts';
import { readExpectation } from './expectation.ts';
import { isServedHere, type Outside } from './outside.ts';
import { Unanswered } from './unanswered.ts';
import { readUrl } from './url.ts';
import { Visitor } from './visitor.ts';

export interface VerifyOptions {
  /** The workspace. */
  readonly root: string;
  /** One of `stacks/environments`. */
  readonly env: string;
  /** An origin, such as `https://app.example.com`. @default that of the environment's domain */
  readonly url?: string;
  /** A file of certificate authorities to trust besides the well-known ones, relative to the workspace. */
  readonly ca?: string;
}

/** In the order in which they are told, each under the name it has if it gets no answer. */
const CHECKS: readonly (readonly [CheckName, Check])[] = [
  ['HTTP', httpRedirect],
  ['login', login],
  ['hosted login', hostedLogin],
  ['public paths', publicPaths],
  ['other paths', otherPaths],
  ['API paths', apiPaths],
  ['bearer paths', bearerPaths],
  ['forged headers', forgedIdentity],
  ['forged session', forgedCookie],
  ['callback', callback],
  ['methods', methods],
  ['page headers', page],
];

/**
 * `infra:verify`: looks at an environment from outside, as anybody can, and compares it with the synthesized stacks.
 * Sends no credential, changes nothing, and asks neither more than 150 times nor anybody but the environment and its
 * user pool.
 *
 * @throws {InfraError} `NOT_AS_DESCRIBED` after every finding was told, `OPTION_INVALID`, `FILE_MISSING`,
 * `FILE_MALFORMED`, `INTERRUPTED`, and what synthesizing and reading the stacks throw
 */
export async function verify(options: VerifyOptions, context: TargetContext, outside: Outside): Promise<TargetResult> {
  const { root, env } = options;
  const { progress, signal, syntheses = new Syntheses() } = context;
  const url = options.url === undefined ? undefined : readUrl(options.url);
  const { stacks } = await progress.step(env, 'synth', () => syntheses.of({ root, environment: env }));
  const described = readExpectation(stacks, { ...(url ? { url } : {}) });
  const applied = described.clientId === undefined ? await whatIsApplied(outside, context) : undefined;
  const expected = applied === undefined ? described : readExpectation(stacks, { ...(url ? { url } : {}), applied });

  const { hostname, port, origin } = expected.origin;
  progress.note(`Looking at ${origin} from outside.`);
  const ca = await readAuthorities({ root, env, file: options.ca, servedHere: isServedHere(hostname) });
  const { lookup, now, timeoutMilliseconds } = outside;
  const visitor = new Visitor({
    lookup,
    secureContext: createSecureContext(ca === undefined ? {} : { ca: [...ca] }),
    hostnames: [hostname, expected.pool.hostname],
    timeoutMilliseconds,
    signal,
  });

  const findings: Finding[] = [];
  const tell = (...found: readonly Finding[]): void => {
    for (const finding of found) {
      findings.push(finding);
      progress.tell({ event: 'finding', ...finding });
    }
  };
  tell(...(await reach({ hostname, port: Number(port || 443), lookup, ca, timeoutMilliseconds, signal, now })));
  const reached = findings.every(({ state, check }) => state !== 'failed' || check === 'TLS');
  const door: Door = { expected, visitor, canary: `gatehouse-verify-${randomUUID()}` };
  if (reached) for (const [name, check] of CHECKS) tell(...(await look(name, check, door)));
  return conclude({ env, origin, findings, asked: visitor.asked, reached });
}

async function look(name: CheckName, check: Check, door: Door): Promise<readonly Finding[]> {
  try {
    return await check(door);
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    return [failed(name, error.message, 'Look whether the targets are healthy, and ask again.')];
  }
}

/** @returns undefined where it cannot be known; why is told */
async function whatIsApplied(
  { applied }: Outside,
  { progress }: TargetContext,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    return await applied();
  } catch (error) {
    if (!(error instanceof InfraError) || error.code === 'INTERRUPTED') throw error;
    progress.note(`What is applied is not known, and looked at by its form alone. ${error.message}`);
    return undefined;
  }
}

interface Conclusion {
  readonly env: string;
  readonly origin: string;
  readonly findings: readonly Finding[];
  /** How many requests were sent. */
  readonly asked: number;
  /** Whether more than name and certificate could be looked at. */
  readonly reached: boolean;
}

function conclude({ env, origin, findings, asked, reached }: Conclusion): TargetResult {
  const names = (wanted: Finding['state']): readonly string[] => [
    ...new Set(findings.filter(({ state }) => state === wanted).map(({ check }) => check)),
  ];
  const wrong = names('failed');
  if (wrong.length > 0) {
    const rest = reached ? '' : ' Nothing else could be looked at.';
    throw new InfraError(
      'NOT_AS_DESCRIBED',
      `${origin} is not as the stacks of ${env} describe it: ${wrong.join(', ')}.${rest} How to mend each is above.`,
    );
  }
  const warnings = names('warning');
  const but = warnings.length === 0 ? '' : ` To be looked at: ${warnings.join(', ')}.`;
  return {
    message: `${origin} is as the stacks of ${env} describe it (${asked} requests).${but}`,
    data: { origin, requests: asked, findings },
  };
}
