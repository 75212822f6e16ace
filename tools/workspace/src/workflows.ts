import { parse } from 'yaml';

/** A step of a job. */
export interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

/** A job of a workflow, as far as the rules read it. */
export interface Job {
  readonly permissions?: unknown;
  readonly environment?: unknown;
  readonly concurrency?: unknown;
  readonly uses?: string;
  readonly 'timeout-minutes'?: unknown;
  readonly steps?: readonly Step[];
}

interface Workflow {
  readonly on?: unknown;
  readonly permissions?: unknown;
  readonly concurrency?: unknown;
  readonly jobs?: Readonly<Record<string, Job>>;
}

const PINNED = /^[\w-]+\/[\w./-]+@[0-9a-f]{40}$/;
const VERSIONED = /uses: +\S+@[0-9a-f]{40} # v\d+(\.\d+){0,2}$/;

/**
 * What is wrong with a workflow, each a sentence; none where all is well. A linter looks at its grammar; this looks at
 * what it lets others do.
 *
 * @param text of the file
 */
export function problemsOf(text: string): readonly string[] {
  const { on, permissions, concurrency, jobs = {} } = parse(text) as Workflow;
  const events = typeof on === 'string' ? [on] : Array.isArray(on) ? (on as readonly string[]) : Object.keys(on ?? {});
  const isCalled = events.length === 1 && events[0] === 'workflow_call';
  const unless = (holds: boolean, problem: string): readonly string[] => (holds ? [] : [problem]);
  return [
    ...unless(
      !events.some((event) => ['pull_request_target', 'workflow_run', 'issue_comment'].includes(event)),
      'It runs with the rights of the repository what somebody outside of it started.',
    ),
    ...unless(
      typeof permissions === 'object' && permissions !== null && Object.keys(permissions).length === 0,
      'Its token is not without rights at the top (permissions: {}).',
    ),
    ...unless(
      isCalled ||
        [concurrency, ...Object.values(jobs).map((job) => job.concurrency)].some((each) => each !== undefined),
      'Two runs of it may be under way at once.',
    ),
    ...unless(!/\bsecrets: *inherit\b/.test(text), 'It hands on every secret there is.'),
    ...Object.entries(jobs).flatMap(([name, job]) => jobProblems(name, job, events)),
    ...text
      .split('\n')
      .filter((line) => /uses: /.test(line) && !/uses: \.\//.test(line) && !VERSIONED.test(line))
      .map((line) => `${line.trim()} is not pinned by a commit, with its version beside it.`),
  ];
}

function jobProblems(name: string, job: Job, events: readonly string[]): readonly string[] {
  const { permissions, steps = [] } = job;
  const own = typeof permissions === 'object' && permissions !== null ? Object.entries(permissions) : undefined;
  return [
    ...(own === undefined ? [`Job ${name} does not say which rights it has.`] : []),
    // A called workflow has the limits itself.
    ...(job.uses === undefined && typeof job['timeout-minutes'] !== 'number' ? [`Job ${name} may run for ever.`] : []),
    ...(takesRole(job, 'apply') && job.environment === undefined
      ? [`Job ${name} applies outside of the protected environment.`]
      : []),
    ...(events.includes('pull_request') && (takesRole(job, 'apply') || job.environment !== undefined)
      ? [`Job ${name} runs what a pull request says with the rights to apply.`]
      : []),
    ...(events.includes('pull_request') && job.uses !== undefined
      ? [`Job ${name} calls ${job.uses} from a pull request: what that takes is not looked at here.`]
      : []),
    ...steps.flatMap((step) => stepProblems(name, step)),
  ];
}

function stepProblems(name: string, { uses, run, with: given }: Step): readonly string[] {
  return [
    ...(uses !== undefined && !uses.startsWith('./') && !PINNED.test(uses)
      ? [`Job ${name} uses ${uses}, which another may change.`]
      : []),
    ...(run?.includes('${{') === true
      ? [`Job ${name} puts an expression into a command (${run.trim()}), where its text is run: hand it on by env.`]
      : []),
    ...(uses?.startsWith('actions/checkout@') === true && given?.['persist-credentials'] !== false
      ? [`Job ${name} leaves its token where every later command can read it.`]
      : []),
  ];
}

/** Whether a job takes a role of AWS: which reads, or that which applies. */
export function takesRole({ steps = [] }: Job, role: 'plan' | 'apply'): boolean {
  const taken = steps
    .filter(({ uses }) => uses?.startsWith('aws-actions/configure-aws-credentials@') === true)
    .map(({ with: given }) => JSON.stringify(given?.['role-to-assume'] ?? ''));
  const isPlan = (text: string): boolean => /^\"\$\{\{ (matrix\.planRole|inputs\.plan-role) \}\}\"$/.test(text);
  // What is not known to be the one is the other.
  return taken.some((text) => isPlan(text) === (role === 'plan'));
}

/** The jobs of a workflow, by name. */
export function jobsOf(text: string): Readonly<Record<string, Job>> {
  return (parse(text) as Workflow).jobs ?? {};
}
