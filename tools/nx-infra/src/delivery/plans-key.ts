import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { z } from 'zod';

import { InfraError } from '../errors.ts';
import { type Run } from '../runner/command.ts';
import { type SynthesizedStacks } from '../synth/manifest.ts';
import { readNeeds } from '../targets/doctor/needs.ts';
import { type DataKey } from './envelope.ts';

const generatedSchema = z.object({ Plaintext: z.base64(), CiphertextBlob: z.base64() });
const decryptedSchema = z.object({ Plaintext: z.base64() });

/** The key of KMS that an environment's plans are encrypted with, by the AWS command line that runners have. */
export class PlansKey {
  /**
   * @param aws the AWS command line
   * @param context is part of every key: one of another environment does not open
   */
  constructor(
    private readonly aws: Run,
    private readonly root: string,
    private readonly at: { readonly alias: string; readonly region: string; readonly environment: string },
  ) {}

  /** A new key, which this account alone can give again. @throws {InfraError} `AWS_FAILED` */
  async make(): Promise<DataKey> {
    const args = ['generate-data-key', '--key-id', this.at.alias, '--key-spec', 'AES_256'];
    const { Plaintext, CiphertextBlob } = await this.ask(generatedSchema, args);
    return { plain: Buffer.from(Plaintext, 'base64'), kept: CiphertextBlob };
  }

  /** @throws {InfraError} `AWS_FAILED` where it is no key of this environment, or the role may not */
  async open(kept: string): Promise<Buffer> {
    // The command takes bytes from a file alone. They are the key as it is kept: encrypted.
    const folder = await mkdtemp(join(tmpdir(), 'gatehouse-key-'));
    try {
      const file = join(folder, 'key');
      await writeFile(file, Buffer.from(kept, 'base64'), { mode: 0o600 });
      // Named, so that no other key of the account is asked.
      const args = ['decrypt', '--key-id', this.at.alias, '--ciphertext-blob', `fileb://${file}`];
      const { Plaintext } = await this.ask(decryptedSchema, args);
      return Buffer.from(Plaintext, 'base64');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  private async ask<T>(schema: z.ZodType<T>, args: readonly string[]): Promise<T> {
    const context = ['--encryption-context', `environment=${this.at.environment}`];
    const all = ['kms', ...args, ...context, '--region', this.at.region, '--output', 'json'];
    const finished = await this.aws(all, { cwd: this.root }).catch(() => {
      throw new InfraError('AWS_FAILED', 'There is no AWS command line (aws) on the path, which asks KMS for keys.');
    });
    if (finished.code !== 0) {
      throw new InfraError('AWS_FAILED', `aws kms ${args[0]} with ${this.at.alias}: ${finished.stderr.trim()}`);
    }
    const answer = schema.safeParse(parse(finished.stdout));
    if (answer.success) return answer.data;
    // Not a word of what it said: the key stands in it.
    throw new InfraError(
      'AWS_FAILED',
      `aws kms ${args[0]} with ${this.at.alias} answered with something else than a key. Is aws version 2 the one on the path?`,
    );
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The alias of an environment's key.
 *
 * @throws {InfraError} `OPTION_INVALID` where it has no delivery stack
 */
export function plansKeyOf(
  environment: string,
  stacks: SynthesizedStacks,
): { readonly alias: string; readonly region: string; readonly environment: string } {
  const alias = stacks.get('delivery')?.terraform.resource['aws_kms_alias']?.['plans']?.['name'];
  if (typeof alias === 'string') return { alias, region: readNeeds(stacks).region, environment };
  throw new InfraError(
    'OPTION_INVALID',
    `Environment ${environment} names no repository (delivery is null), so that it has no key for plans.`,
  );
}
