import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { providerMirror } from './provider-mirror.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'gatehouse-mirror-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const folder = (...path: readonly string[]) => mkdirSync(join(root, ...path), { recursive: true });
const configuration = () => join(root, 'terraformrc');
const found = () =>
  providerMirror({
    home: join(root, 'home'),
    configuration: configuration(),
    roots: [join(root, 'none'), join(root, 'opt')],
  });

describe('providerMirror', () => {
  it('finds the registry’s folder below a root', () => {
    folder('opt', 'a', 'mirror', 'registry.terraform.io');
    expect(found()).toBe(join(root, 'opt', 'a', 'mirror'));
  });

  it('leaves it to Terraform where Terraform finds one by itself', () => {
    folder('opt', 'mirror', 'registry.terraform.io');
    folder('home', '.terraform.d', 'plugins', 'registry.terraform.io');
    expect(found()).toBeUndefined();
  });

  it('leaves it to a configuration that says where providers are, and only to that', () => {
    folder('opt', 'mirror', 'registry.terraform.io');
    writeFileSync(configuration(), 'credentials "app.terraform.io" {}\n');
    expect(found()).toBe(join(root, 'opt', 'mirror'));
    writeFileSync(configuration(), 'provider_installation {\n  direct {}\n}\n');
    expect(found()).toBeUndefined();
  });

  it('takes no working copy of a Terraform run, and does not search without end', () => {
    folder('opt', 'project', '.terraform', 'registry.terraform.io');
    folder('opt', 'a', 'b', 'c', 'd', 'registry.terraform.io');
    expect(found()).toBeUndefined();
  });
});
