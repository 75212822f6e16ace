import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type StackName, stackNames } from '../contracts/index.ts';
import { type Environment } from '../environments/index.ts';
import { synthesize } from '../synth.ts';
import { type Block, type Resource, resourcesOf, type SynthesizedStack } from '../terraform/synthesized.ts';

/** What a test sees of the synthesized stacks of an environment. */
export interface Synthesized {
  readonly stacks: readonly SynthesizedStack[];
  /** The JSON of a stack. */
  json(stack: StackName): Block;
  /** The body of a resource. @throws where there is none of that address */
  body(stack: StackName, address: string): Block;
  readonly resources: readonly Resource[];
}

const known = new Map<string, Synthesized>();

/**
 * Synthesizes an environment for real, by way of a folder that is gone afterwards; the same environment once in a test
 * file. Nobody changes what is returned.
 */
export function synthesized(environment: Environment): Synthesized {
  const key = JSON.stringify(environment);
  const found = known.get(key) ?? synthesizedAnew(environment);
  known.set(key, found);
  return found;
}

function synthesizedAnew(environment: Environment): Synthesized {
  const outdir = mkdtempSync(join(tmpdir(), 'gatehouse-synth-'));
  try {
    synthesize(environment, outdir);
    const files = stackNames.map((name) => ({ name, file: join(outdir, 'stacks', name, 'cdk.tf.json') }));
    return view(files.filter(({ file }) => existsSync(file)).map(({ name, file }) => ({ name, json: readJson(file) })));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function view(stacks: readonly SynthesizedStack[]): Synthesized {
  const resources = stacks.flatMap(resourcesOf);
  const found = <T>(what: string, value: T | undefined): T => {
    if (value === undefined) throw new Error(`Not synthesized: ${what}`);
    return value;
  };
  return {
    stacks,
    resources,
    json: (stack) => found(stack, stacks.find(({ name }) => name === stack)?.json),
    body: (stack, address) => {
      const at = `${stack}: ${address}`;
      return found(at, resources.find((resource) => resource.address === at)?.body);
    },
  };
}

function readJson(file: string): Block {
  return JSON.parse(readFileSync(file, 'utf8')) as Block;
}
