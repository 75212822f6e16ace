import { z } from 'zod';

import { InfraError } from '../errors.ts';
import { type Github } from '../github/github.ts';
import { type TargetResult } from '../targets/target.ts';

const pullSchema = z.object({
  number: z.int(),
  merged_at: z.string().nullable(),
  merge_commit_sha: z.string().nullable(),
  base: z.object({ ref: z.string() }),
  head: z.object({ sha: z.string().regex(/^[0-9a-f]{40,64}$/) }),
});
const runsSchema = z.object({
  workflow_runs: z.array(
    z.object({ id: z.int(), event: z.string(), conclusion: z.string().nullable(), run_number: z.int() }),
  ),
});
const artefactsSchema = z.object({ artifacts: z.array(z.object({ name: z.string(), expired: z.boolean() })) });

/** The workflow that plans and reviews. */
const WORKFLOW = 'pull-request.yml';
const PREFIX = 'plans-';

export interface MergedOptions {
  /** That was pushed to the main branch. */
  readonly commit: string;
  /** Environments that there are, in the order in which they are deployed. */
  readonly env: readonly string[];
}

/** What was reviewed before it was merged. */
export interface Merged {
  readonly pullRequest: number | null;
  /** The run of the workflow that reviewed it; `null` where none did. */
  readonly run: number | null;
  /** Of which it has plans. */
  readonly environments: readonly string[];
}

/**
 * `infra:merged`: finds the pull request that a commit of the main branch came from, and the run that planned and
 * reviewed exactly what was merged.
 *
 * @throws {InfraError} `OPTION_INVALID`, `GITHUB_FAILED`
 */
export async function merged({ commit, env }: MergedOptions, github: Github): Promise<TargetResult & { data: Merged }> {
  if (!/^[0-9a-f]{40,64}$/.test(commit)) {
    throw new InfraError(
      'OPTION_INVALID',
      `${commit} is no commit: --commit is its whole name, of git rev-parse HEAD.`,
    );
  }
  const pulls = await github.all(pullSchema, `commits/${commit}/pulls`);
  const pull = pulls.find(
    ({ merged_at: at, merge_commit_sha: sha, base }) => at !== null && sha === commit && base.ref === 'main',
  );
  if (pull === undefined) return result(commit, { pullRequest: null, run: null, environments: [] });
  const { workflow_runs: runs } = await github.get(
    runsSchema,
    `actions/workflows/${WORKFLOW}/runs?event=pull_request&head_sha=${pull.head.sha}&status=success&per_page=100`,
  );
  // The newest: an earlier one planned what was there then.
  const [run] = runs
    .filter(({ event, conclusion }) => event === 'pull_request' && conclusion === 'success')
    .sort((one, other) => other.run_number - one.run_number);
  if (run === undefined) return result(commit, { pullRequest: pull.number, run: null, environments: [] });
  const { artifacts } = await github.get(artefactsSchema, `actions/runs/${run.id}/artifacts?per_page=100`);
  const names = artifacts.filter(({ expired }) => !expired).map(({ name }) => name);
  const environments = env.filter((name) => names.includes(`${PREFIX}${name}`));
  return result(commit, { pullRequest: pull.number, run: run.id, environments });
}

function result(commit: string, data: Merged): TargetResult & { data: Merged } {
  const { pullRequest, run, environments } = data;
  const short = commit.slice(0, 12);
  const message =
    pullRequest === null
      ? `${short} came from no pull request: nothing of it was reviewed before.`
      : run === null
        ? `${short} is #${pullRequest}, which no run reviewed as it was merged.`
        : environments.length === 0
          ? `${short} is #${pullRequest}, reviewed by run ${run}: it has no plans.`
          : `${short} is #${pullRequest}, reviewed by run ${run}: plans of ${environments.join(', ')}.`;
  return { message, data };
}
