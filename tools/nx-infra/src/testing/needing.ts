import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { describe, it } from '@jest/globals';

/**
 * `describe` for what needs programs of this machine. Where one is missing, its tests are named and skipped; with
 * CI set, that is a failure.
 */
export function needing(...programs: readonly string[]): (name: string, tests: () => void) => void {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const missing = programs.filter((program) => !folders.some((folder) => existsSync(join(folder, program))));
  if (missing.length === 0) return describe;
  return (name, tests) => {
    const why = `NOT CHECKED: ${name}: there is no ${missing.join(' and no ')} on the path.`;
    if (process.env['CI']) {
      it(name, () => Promise.reject(new Error(why)));
      return;
    }
    console.warn(why);
    describe.skip(name, tests);
  };
}
