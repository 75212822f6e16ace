import { z } from 'zod';

import { InfraError } from '../errors.ts';
import { type Finished, type Run } from './command.ts';
import { InitializedFolders } from './initialized-folders.ts';
import { type ProviderProcess } from './provider-process.ts';

const diagnosticSchema = z.object({
  severity: z.enum(['error', 'warning']),
  summary: z.string(),
  detail: z.string().default(''),
  snippet: z.object({ context: z.string().nullish() }).nullish(),
});
const validationSchema = z.object({ valid: z.boolean(), diagnostics: z.array(diagnosticSchema) });

/** What Terraform has to say about a configuration. */
export type Diagnostic = z.infer<typeof diagnosticSchema>;

const outputsSchema = z.record(z.string(), z.object({ sensitive: z.boolean(), value: z.unknown() }));

/** The outputs of an applied stack, by name. */
export type AppliedOutputs = z.infer<typeof outputsSchema>;

export interface InitOptions {
  /** Whether the state is opened. Without, nothing outside of the folder is touched, and no credentials are needed. */
  readonly backend: boolean;
  /** Whether a `.terraform.lock.hcl` lies in the folder, which then has to be kept to. */
  readonly lockFile: boolean;
}

export interface PlanOptions {
  /** The file that the plan is written to. */
  readonly out: string;
  readonly variables: Readonly<Record<string, string>>;
  /**
   * - `change`: towards the configuration
   * - `destroy`: everything in the state
   *
   * @default change
   */
  readonly mode?: 'change' | 'destroy';
  /** The address of the one resource that it is about, with those it stands on. @default all */
  readonly target?: string;
  /** Addresses of what is made anew, whether it has to be or not. @default none */
  readonly replace?: readonly string[];
  /** Whether it takes the state's lock while it plans, and so fails where that is taken. @default false */
  readonly lock?: boolean;
}

const MODES = { change: [], destroy: ['-destroy'] } as const;

/**
 * Terraform, in a folder at a time.
 *
 * Every method throws {@link InfraError} `TERRAFORM_FAILED` with what Terraform said.
 */
export class Terraform {
  constructor(
    private readonly run: Run,
    /** Takes out of a text what must not be shown. */
    private readonly shown: (text: string) => string,
    private readonly initialized = new InitializedFolders(),
  ) {}

  /** The same, but that its commands speak to a provider that runs already, where there is one. For one stack. */
  sharing(provider: ProviderProcess | undefined): Terraform {
    if (provider === undefined) return this;
    const run: Run = (args, options) => this.run(args, { ...options, env: provider.env });
    return new Terraform(run, this.shown, this.initialized);
  }

  /** Prepares a folder; or takes over what an earlier folder of the same backend, providers and lock file was given. */
  async init(folder: string, { backend, lockFile }: InitOptions): Promise<void> {
    // Only what is held to a lock file is known to be the same.
    if (backend && lockFile && (await this.initialized.reuse(folder))) return;
    this.initialized.forget(folder);
    // A folder is used again after the environment's bucket was changed; what it remembers must not decide.
    const state = backend ? ['-reconfigure'] : ['-backend=false'];
    const lock = lockFile ? ['-lockfile=readonly'] : [];
    await this.succeed(['init', '-input=false', '-no-color', ...state, ...lock], folder);
    if (backend && lockFile) await this.initialized.remember(folder);
  }

  /** What is wrong with the configuration, and what may be. */
  async validate(folder: string): Promise<readonly Diagnostic[]> {
    const args = ['validate', '-json', '-no-color'];
    // An invalid configuration is exit code 1 with the answer on the standard output all the same.
    const finished = await this.run(args, { cwd: folder });
    const answer = validationSchema.safeParse(json(finished.stdout));
    if (!answer.success) throw this.failed(args, finished);
    return answer.data.diagnostics.map((diagnostic) => ({ ...diagnostic, detail: this.shown(diagnostic.detail) }));
  }

  /**
   * Plans without the state's lock unless told otherwise: it only reads, so that a role which cannot write plans too,
   * and a killed plan leaves no lock behind. Who applies the plan takes the lock, and Terraform refuses a plan of an
   * older state.
   */
  async plan(folder: string, options: PlanOptions): Promise<void> {
    const { out, variables, mode = 'change', target, replace = [], lock = false } = options;
    const given = Object.entries(variables).map(([name, value]) => `-var=${name}=${value}`);
    const about = target === undefined ? [] : [`-target=${target}`];
    const anew = replace.map((address) => `-replace=${address}`);
    const all = [...MODES[mode], ...about, ...anew, `-out=${out}`, ...given];
    await this.succeed(['plan', '-input=false', '-no-color', `-lock=${lock}`, ...all], folder);
  }

  /** A saved plan, as JSON. It holds secrets in clear. */
  async show(folder: string, plan: string): Promise<unknown> {
    const { stdout } = await this.succeed(['show', '-json', plan], folder);
    return json(stdout);
  }

  /** Applies a saved plan, and nothing else. */
  async apply(folder: string, plan: string): Promise<void> {
    await this.succeed(['apply', '-input=false', '-no-color', plan], folder);
  }

  /** The state, in which there are secrets in clear; empty where nothing was applied. */
  async state(folder: string): Promise<string> {
    const { stdout } = await this.succeed(['state', 'pull'], folder);
    return stdout;
  }

  /** The outputs in the state. None where nothing was applied. */
  async outputs(folder: string): Promise<AppliedOutputs> {
    const args = ['output', '-json', '-no-color'];
    const finished = await this.succeed(args, folder);
    const outputs = outputsSchema.safeParse(json(finished.stdout));
    if (!outputs.success) throw this.failed(args, finished);
    return outputs.data;
  }

  private async succeed(args: readonly string[], cwd: string): Promise<Finished> {
    const finished = await this.run(args, { cwd });
    if (finished.code !== 0) throw this.failed(args, finished);
    return finished;
  }

  private failed([subcommand = '']: readonly string[], { code, stderr }: Finished): InfraError {
    const said = this.shown(stderr.trim()) || `It ended with code ${code} and said nothing.`;
    return new InfraError('TERRAFORM_FAILED', `terraform ${subcommand}: ${said}`);
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
