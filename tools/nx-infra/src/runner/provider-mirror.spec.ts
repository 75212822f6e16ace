import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { impliedMirrors, providerMirror } from './provider-mirror.ts';

const AWS = ['registry.terraform.io', 'hashicorp', 'aws'];
const PROVIDER = { source: 'hashicorp/aws', version: '5.100.0' };

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'gatehouse-mirror-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const folder = (...path: readonly string[]) => mkdirSync(join(root, ...path), { recursive: true });
const unpacked = (...path: readonly string[]) => folder(...path, ...AWS, '5.100.0', 'linux_amd64');
const configuration = () => join(root, 'terraformrc');
const found = (provider: { source: string; version: string | undefined } = PROVIDER) =>
  providerMirror(
    {
      configuration: configuration(),
      implied: [join(root, 'implied')],
      roots: [join(root, 'none'), join(root, 'opt')],
    },
    provider,
  );

describe('providerMirror', () => {
  it('finds the provider below a root', () => {
    unpacked('opt', 'a', 'mirror');
    expect(found()).toBe(join(root, 'opt', 'a', 'mirror'));
  });

  it('finds a packed provider', () => {
    folder('opt', 'mirror', ...AWS);
    writeFileSync(join(root, 'opt', 'mirror', ...AWS, 'terraform-provider-aws_5.100.0_linux_amd64.zip'), '');
    expect(found()).toBe(join(root, 'opt', 'mirror'));
  });

  it('takes no mirror that has another version, or another provider', () => {
    unpacked('opt', 'a');
    folder('opt', 'b', 'registry.terraform.io', 'hashicorp', 'random', '5.100.0');
    expect(found({ ...PROVIDER, version: '6.0.0' })).toBeUndefined();
    expect(found({ ...PROVIDER, version: '5.10' })).toBeUndefined();
    expect(found({ ...PROVIDER, version: undefined })).toBe(join(root, 'opt', 'a'));
  });

  it('leaves it to Terraform where Terraform finds it by itself', () => {
    unpacked('opt', 'mirror');
    unpacked('implied');
    expect(found()).toBeUndefined();
  });

  it('leaves it to a configuration that says where providers are, and only to that', () => {
    unpacked('opt', 'mirror');
    writeFileSync(configuration(), 'credentials "app.terraform.io" {}\n');
    expect(found()).toBe(join(root, 'opt', 'mirror'));
    writeFileSync(configuration(), 'provider_installation {\n  direct {}\n}\n');
    expect(found()).toBeUndefined();
  });

  it('takes no working copy of a Terraform run, and does not search without end', () => {
    unpacked('opt', 'project', '.terraform', 'providers');
    unpacked('opt', 'a', 'b', 'c', 'd');
    expect(found()).toBeUndefined();
  });
});

describe('impliedMirrors', () => {
  it('names the folder of a user first', () => {
    expect(impliedMirrors('/home/me')[0]).toBe('/home/me/.terraform.d/plugins');
  });
});
