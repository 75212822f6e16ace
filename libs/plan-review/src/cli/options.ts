import { parseArgs } from 'node:util';
import { basename, dirname } from 'node:path';
import { ReviewError } from '../errors.ts';

export interface CliOptions {
  readonly plans: readonly { readonly stack: string; readonly file: string }[];
  readonly waivers: string | undefined;
  /** The folder for review.md, review.full.md and review.json. @default none: review.md goes to standard output */
  readonly out: string | undefined;
  readonly help: boolean;
}

export const usage = `Usage: gatehouse-review [--waivers=FILE] [--out=DIR] [STACK=]PLAN.json …

Reviews Terraform plans, as terraform show -json prints them, as one change.

  --waivers=FILE  findings that are meant: {"waivers": [{"address", "action", "reason", "expires"}]}
  --out=DIR       writes review.md (no longer than a comment on GitHub may be), review.full.md and review.json;
                  without it, review.md is printed

A stack is called as its plan says: alb=x.json, else by the file (alb.json) or by its folder (alb/plan.json).
Beside a plan, assumptions.json says what it takes for granted, and cdk.tf.json where its resources are written.

Exit code: 0 safe, 10 look, 20 stop, 2 refused.
`;

/** @throws ReviewError `OPTION_INVALID` */
export function readOptions(args: readonly string[]): CliOptions {
  const { values, positionals } = parsed(args);
  return {
    plans: positionals.map((argument) => {
      const [, stack, file] = /^([^=/\\]+)=(.+)$/.exec(argument) ?? [];
      return stack !== undefined && file !== undefined ? { stack, file } : { stack: stackOf(argument), file: argument };
    }),
    waivers: values.waivers,
    out: values.out,
    help: values.help ?? false,
  };
}

function parsed(args: readonly string[]): ReturnType<typeof parse> {
  try {
    return parse(args);
  } catch (error) {
    throw new ReviewError('OPTION_INVALID', '', {
      what: error instanceof Error ? error.message.replace(/\.$/, '') : 'An option is not understood',
      why: 'It would be done without it',
      mend: 'See gatehouse-review --help',
    });
  }
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    strict: true,
    options: { waivers: { type: 'string' }, out: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
}

function stackOf(file: string): string {
  const name = basename(file).replace(/(?:\.(?:tf)?plan)?\.json$/i, '');
  const folder = basename(dirname(file));
  return /^(?:tf)?plan$/i.test(name) && folder !== '' && folder !== '.' && folder !== '..' ? folder : name;
}
