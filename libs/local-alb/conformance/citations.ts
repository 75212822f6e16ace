import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { type Mark } from './fact.ts';

/** A test that says which fact it holds, by ending its title with `[<id> <mark>]`. */
export interface Citation {
  readonly id: string;
  readonly mark: Mark;
  /** Without what it cites. */
  readonly test: string;
  /** Below the folder that was read. */
  readonly file: string;
}

const title = /(['"`])((?:(?!\1)[^\n\\]|\\.)*?) \[([ABG]\d[^\]\n]*)\]\1/g;
const cited = /^([ABG]\d+(?:\.\d+)?) ([DRTU])$/;

/**
 * The citations of a test file.
 *
 * @throws {Error} when something in brackets is not one, so that a slip of the pen does not lose a test
 */
export function readCitations(source: string, file: string): readonly Citation[] {
  return [...source.matchAll(title)].flatMap(([, , test = '', list = '']) =>
    list.split(', ').map((one) => {
      const [, id, mark] = cited.exec(one) ?? [];
      if (id === undefined) throw new Error(`${file}: "${one}" cites no fact; write [A1.1 D], with commas between`);
      return { id, mark: mark as Mark, test: test.replaceAll('\\', ''), file };
    }),
  );
}

/** The citations of every test file of a folder. */
export async function collectCitations(folder: string): Promise<readonly Citation[]> {
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.spec.ts')).sort();
  const read = files.map(async (file) => readCitations(await readFile(join(folder, file), 'utf8'), file));
  return (await Promise.all(read)).flat();
}
