import { InfraError } from '../errors.ts';
import { Progress } from '../progress/progress.ts';
import { type InitializedFolders } from '../runner/initialized-folders.ts';
import { type KeptProviders } from '../runner/kept-providers.ts';
import { Syntheses } from '../synth/syntheses.ts';

/** What a target is handed. */
export interface TargetContext {
  readonly progress: Progress;
  /** Aborted by Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
  /** Where several targets are run one after another, what they share. @default nothing */
  readonly providers?: KeptProviders;
  /** The folders that they prepared for Terraform. @default those of each target alone */
  readonly initialized?: InitializedFolders;
  /** What the command has synthesized. @default nothing */
  readonly syntheses?: Syntheses;
}

/** What came of a target. */
export interface TargetResult {
  /** For people, one line or several. */
  readonly message: string;
  /** For machines. */
  readonly data?: unknown;
}

/** Runs a target to its result, tells it, and turns what is foreseen to fail into a line and not a stack trace. */
export async function target(
  json: boolean,
  work: (context: TargetContext) => Promise<TargetResult>,
): Promise<{ success: boolean }> {
  const progress = new Progress({ json, write: (line) => console.log(line), now: () => performance.now() });
  const abort = new AbortController();
  const stop = (): void => abort.abort();
  process.on('SIGINT', stop).on('SIGTERM', stop);
  try {
    progress.tell({
      event: 'result',
      success: true,
      ...(await work({ progress, signal: abort.signal, syntheses: new Syntheses() })),
    });
    return { success: true };
  } catch (error) {
    if (!(error instanceof InfraError)) throw error;
    const { code, message } = error;
    if (json) progress.tell({ event: 'result', success: false, code, message });
    else console.error(message);
    return { success: false };
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}
