import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import { stackNames } from './contracts/index.ts';
import { prod } from './environments/prod.ts';
import { type Block } from './terraform/synthesized.ts';
import { synthesized } from './testing/synthesized.ts';

describe('.terraform.lock.hcl', () => {
  const lock = readFileSync(new URL('.terraform.lock.hcl', import.meta.url), 'utf8');

  it.each(stackNames)('holds the provider that %s asks for, and no other', (stack) => {
    const terraform = synthesized(prod).json(stack)['terraform'] as Block;
    const providers = Object.values(terraform['required_providers'] as Readonly<Record<string, Block>>);
    const asked = providers.map(({ source, version }) => [
      `registry.terraform.io/hashicorp/${String(source)}`,
      version,
    ]);
    const locked = [
      ...lock.matchAll(/^provider "([^"]+)" \{\n {2}version {5}= "([^"]+)"\n {2}constraints = "([^"]+)"/gm),
    ];
    expect(locked.map(([, source, version]) => [source, version])).toEqual(asked);
    expect(locked.map(([, , version, constraint]) => version === constraint)).toEqual([true]);
  });

  it('knows the unpacked provider of Linux, for mirrors, and the archives of every platform, for the registry', () => {
    expect(lock.match(/"h1:[A-Za-z0-9+/]{43}="/g)).toHaveLength(1);
    expect(lock.match(/"zh:[0-9a-f]{64}"/g)).toHaveLength(15);
  });
});
