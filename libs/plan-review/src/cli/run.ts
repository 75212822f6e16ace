import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ReviewError } from '../errors.ts';
import { parseWaivers } from '../loss/waiver.ts';
import { parseAssumptions } from '../plan/assumptions.ts';
import { parsePlan } from '../plan/parse-plan.ts';
import { sourcesOf } from '../plan/sources.ts';
import { renderJson } from '../render/json.ts';
import { renderMarkdown, verdictLine } from '../render/markdown.ts';
import { review, type StackInput, type Verdict } from '../review.ts';
import { readOptions, usage } from './options.ts';

export const exitCodes: Readonly<Record<Verdict | 'refused', number>> = { safe: 0, look: 10, stop: 20, refused: 2 };

/** What the command needs of its surroundings. */
export interface Shell {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** In UTC, as 2026-11-22. */
  readonly today: () => string;
}

/** `gatehouse-review`. @returns its exit code */
export async function run(args: readonly string[], shell: Shell): Promise<number> {
  try {
    const options = readOptions(args);
    if (options.help) {
      shell.out(usage);
      return 0;
    }
    const stacks: StackInput[] = [];
    for (const { stack, file } of options.plans) stacks.push(await inputOf(stack, file));
    const waivers = options.waivers === undefined ? [] : parseWaivers(await read(options.waivers), options.waivers);
    const reviewed = review(stacks, { waivers, today: shell.today() });
    if (options.out === undefined) {
      shell.out(`${renderMarkdown(reviewed)}\n`);
    } else {
      await mkdir(options.out, { recursive: true });
      await writeFile(join(options.out, 'review.md'), renderMarkdown(reviewed));
      await writeFile(join(options.out, 'review.full.md'), renderMarkdown(reviewed, Infinity));
      await writeFile(join(options.out, 'review.json'), renderJson(reviewed));
      shell.out(`${verdictLine(reviewed)}\n`);
    }
    return exitCodes[reviewed.verdict];
  } catch (error) {
    if (!(error instanceof ReviewError)) throw error;
    shell.err(`${error.code}: ${error.message}\n`);
    return exitCodes.refused;
  }
}

async function inputOf(stack: string, file: string): Promise<StackInput> {
  const plan = parsePlan(await read(file), file);
  const [assumptions, configuration] = [join(dirname(file), 'assumptions.json'), join(dirname(file), 'cdk.tf.json')];
  const [assumed, written] = [await readIfThere(assumptions), await readIfThere(configuration)];
  return {
    stack,
    plan,
    ...(assumed === undefined ? {} : { assumptions: parseAssumptions(assumed, assumptions) }),
    ...(written === undefined ? {} : { sources: sourcesOf(parsedOrNothing(written), configuration) }),
  };
}

async function read(file: string): Promise<string> {
  const text = await readIfThere(file);
  if (text !== undefined) return text;
  throw new ReviewError('FILE_UNREADABLE', file, {
    what: 'It is not there, or cannot be read',
    why: 'What it says would be left out of the review',
    mend: 'Name a file that this user may read',
  });
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES', 'EISDIR'].includes(String((error as NodeJS.ErrnoException).code)))
      return undefined;
    throw error;
  }
}

function parsedOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
