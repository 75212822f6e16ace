import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { cliConfiguration } from './cli-configuration.ts';

const PROVIDER = { source: 'hashicorp/aws', version: '5.100.0' };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-tfrc-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('cliConfiguration', () => {
  it('takes the provider from the mirror, and others from the registry', () => {
    expect(cliConfiguration(join(folder, 'none'), '/opt/mirror', PROVIDER)).toBe(
      `provider_installation {
  filesystem_mirror {
    path    = "/opt/mirror"
    include = ["registry.terraform.io/hashicorp/aws"]
  }
  direct {
    exclude = ["registry.terraform.io/hashicorp/aws"]
  }
}
`,
    );
  });

  it("keeps what the machine's own configuration says", () => {
    writeFileSync(join(folder, 'rc'), 'plugin_cache_dir = "/cache"\n');
    expect(cliConfiguration(join(folder, 'rc'), '/opt/mirror', PROVIDER)).toMatch(
      /^plugin_cache_dir = "\/cache"\n\nprovider_installation/,
    );
  });
});
