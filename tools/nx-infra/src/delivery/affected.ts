import { InfraError } from '../errors.ts';
import { type Run } from '../runner/command.ts';
import { type SynthesizedStacks } from '../synth/manifest.ts';
import { readNeeds } from '../targets/doctor/needs.ts';
import { type TargetResult } from '../targets/target.ts';

export interface AffectedOptions {
  readonly root: string;
  /** Environments that may be affected. */
  readonly env: readonly string[];
  /** The commit before a change. @default none: every environment is asked for */
  readonly base?: string;
  /** The commit with it. @default HEAD */
  readonly head?: string;
}

/** An environment whose plans may change. */
export interface AffectedEnvironment {
  readonly environment: string;
  readonly region: string;
  /** The role of workflows that plan. */
  readonly planRole: string;
}

/** What affects an environment: the stacks, and the application, whose image they run. */
const PROJECTS = ['infra', 'auth'];
/** A file of an environment's own. */
const OWN = /^stacks\/environments\/([a-z][a-z0-9-]*)\.ts$/;
const COMMIT = /^[A-Za-z0-9][A-Za-z0-9._/~^-]*$/;

/** What the command needs of this machine. */
export interface AffectedTools {
  readonly nx: Run;
  readonly git: Run;
  readonly synthesize: (environment: string) => Promise<SynthesizedStacks>;
}

/**
 * `infra:affected`: the environments that have workflows, and that a change may affect: by `nx affected`, so that what is
 * affected follows from who imports whom, and all stacks of one together, as each is planned on those under it.
 *
 * @throws {InfraError} `OPTION_INVALID`
 */
export async function affected(
  { root, env, base, head = 'HEAD' }: AffectedOptions,
  { nx, git, synthesize }: AffectedTools,
): Promise<TargetResult & { data: readonly AffectedEnvironment[] }> {
  const names = base === undefined ? env : await changed({ root, env, base, head }, { nx, git });
  const data: AffectedEnvironment[] = [];
  for (const name of names) {
    const found = workflowsOf(name, await synthesize(name));
    if (found !== undefined) data.push(found);
  }
  const which = data.map(({ environment }) => environment).join(', ');
  return { message: which === '' ? 'No environment with workflows is affected.' : `Affected: ${which}.`, data };
}

async function changed(
  { root, env, base, head }: Required<AffectedOptions>,
  { nx, git }: Pick<AffectedTools, 'nx' | 'git'>,
): Promise<readonly string[]> {
  for (const commit of [base, head]) {
    if (!COMMIT.test(commit)) throw new InfraError('OPTION_INVALID', `${JSON.stringify(commit)} names no commit.`);
  }
  const projects = json(
    await said(nx(['show', 'projects', '--affected', `--base=${base}`, `--head=${head}`, '--json'], { cwd: root })),
  );
  if (!projects.some((project) => PROJECTS.includes(project))) return [];
  const files = (await said(git(['diff', '--name-only', `${base}...${head}`], { cwd: root })))
    .split('\n')
    .filter(Boolean);
  const own = files.map((file) => OWN.exec(file)?.[1]);
  // Nothing but files of environments: these, and no others. A file that all share has no environment's name.
  const isOwn = own.length > 0 && own.every((name) => name !== undefined && env.includes(name));
  return env.filter((name) => !isOwn || own.includes(name));
}

/** Who plans an environment in workflows; undefined where people do. */
export function workflowsOf(environment: string, stacks: SynthesizedStacks): AffectedEnvironment | undefined {
  const name = stacks.get('delivery')?.terraform.resource['aws_iam_role']?.['plan']?.['name'];
  const { account, region } = readNeeds(stacks);
  if (typeof name !== 'string' || account === undefined) return undefined;
  return { environment, region, planRole: `arn:aws:iam::${account}:role/${name}` };
}

async function said(run: ReturnType<Run>): Promise<string> {
  const { code, stdout, stderr } = await run;
  if (code === 0) return stdout;
  throw new InfraError(
    'OPTION_INVALID',
    `What is between the two commits cannot be told: ${stderr.trim()} A checkout with its whole history has both.`,
  );
}

function json(text: string): readonly string[] {
  const names = JSON.parse(text) as unknown;
  if (Array.isArray(names)) return names.filter((name) => typeof name === 'string');
  throw new InfraError('OPTION_INVALID', 'nx show projects did not answer with a list of projects.');
}
