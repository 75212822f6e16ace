import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { z } from 'zod';

import { type Github } from '../github/github.ts';
import { type TargetResult } from '../targets/target.ts';
import { LONGEST_BODY } from './comment-body.ts';
import { type DriftReport, readDriftReport } from './drift-report.ts';

const issueSchema = z.object({
  number: z.int(),
  body: z.string().nullish(),
  user: z.object({ type: z.string() }).nullish(),
  pull_request: z.unknown().optional(),
});

export interface DriftIssueOptions {
  readonly root: string;
  readonly env: string;
  /** What `infra:drift --json` said, relative to the workspace. */
  readonly report: string;
}

/**
 * `infra:drift-issue`: one issue an environment that says what drifted, updated while it does, and closed when nothing
 * does any more.
 *
 * @throws {InfraError} `DRIFT_UNKNOWN`, with the issue left as it is; `GITHUB_FAILED`
 */
export async function driftIssue({ root, env, report }: DriftIssueOptions, github: Github): Promise<TargetResult> {
  const found = readDriftReport(await readFile(resolve(root, report), 'utf8').catch(() => ''));
  const open = await github.all(issueSchema, 'issues?state=open');
  const ours = open.filter(
    ({ body, user, pull_request: isPull }) =>
      isPull === undefined && user?.type === 'Bot' && body?.startsWith(markOf(env)) === true,
  );
  if (found.findings.length === 0) {
    for (const { number } of ours) {
      await github.post(z.object({ id: z.int() }), `issues/${number}/comments`, {
        body: `Nothing of ${env} is drifted any more.`,
      });
      await github.patch(`issues/${number}`, { state: 'closed', state_reason: 'completed' });
    }
    const closed = ours.map(({ number }) => `#${number}`).join(', ');
    return { message: `No drift in ${env}. ${closed === '' ? 'No issue is open.' : `Closed ${closed}.`}` };
  }
  const title = `Drift in ${env}`;
  const body = driftBody(env, found);
  const [first] = ours;
  if (first !== undefined) {
    if (first.body !== body) await github.patch(`issues/${first.number}`, { title, body });
    return { message: `Drift in ${env}: issue #${first.number} says what.`, data: { number: first.number } };
  }
  const { number } = await github.post(z.object({ number: z.int() }), 'issues', { title, body });
  return { message: `Drift in ${env}: opened issue #${number}.`, data: { number } };
}

/** The same for the same drift, so that nobody is written to about nothing new. */
export function driftBody(env: string, { findings }: DriftReport): string {
  const head = [
    markOf(env),
    `Changed outside of Terraform in **${env}**. Deploying sets it back; or make the change in \`stacks/\` too, and deploy.`,
  ].join('\n');
  const stacks = [...new Set(findings.map(({ stack }) => stack))];
  const parts = stacks.map((stack) => {
    const lines = findings.filter((each) => each.stack === stack).map(({ message }) => message);
    return `### ${stack}\n\n${fenced(lines.join('\n\n'))}`;
  });
  const foot = `\`nx run infra:drift --env=${env}\` shows it.`;
  const body = [head, ...parts, foot].join('\n\n');
  if (body.length <= LONGEST_BODY) return body;
  // Without ticks the fence has a known length.
  const names = findings
    .map(({ stack, message }) => `${stack}: ${message.split('\n')[0]}`.replaceAll('`', "'"))
    .join('\n');
  const room = LONGEST_BODY - head.length - foot.length - 20;
  return [head, fenced(names.slice(0, room)), foot].join('\n\n');
}

function markOf(env: string): string {
  return `<!-- gatehouse: drift of ${env} -->`;
}

/** In a fence longer than any in it, so that what is shown stays text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}
