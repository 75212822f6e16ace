import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Name of the folder under which Terraform lays out the providers of its registry. */
const REGISTRY = 'registry.terraform.io';
const DEEPEST = 3;

/** Where this machine may keep Terraform's providers. */
export interface Machine {
  readonly home: string;
  /** Terraform's CLI configuration, which may be missing: TF_CLI_CONFIG_FILE or `~/.terraformrc`. */
  readonly configuration: string;
  /** Absolute roots under which a mirror is looked for. */
  readonly roots: readonly string[];
}

/** The folders that Terraform searches by itself (CLI configuration, "Implied Local Mirror Directories"), on Linux. */
export function impliedMirrors({ home }: Pick<Machine, 'home'>): readonly string[] {
  const data = join(home, '.local', 'share');
  return [
    join(home, '.terraform.d', 'plugins'),
    join(data, 'terraform', 'plugins'),
    '/usr/local/share/terraform/plugins',
    '/usr/share/terraform/plugins',
  ];
}

/**
 * The folder of a provider mirror, for machines that do not reach the registry.
 *
 * @returns undefined where Terraform knows where to look, or where there is none: then it asks the registry
 */
export function providerMirror(machine: Machine): string | undefined {
  if (saysWhereProvidersAre(machine.configuration)) return undefined;
  if (impliedMirrors(machine).some((folder) => existsSync(join(folder, REGISTRY)))) return undefined;
  return machine.roots.map((root) => search(root, DEEPEST)).find((found) => found !== undefined);
}

function saysWhereProvidersAre(configuration: string): boolean {
  return existsSync(configuration) && /^\s*provider_installation\b/m.test(readFileSync(configuration, 'utf8'));
}

function search(folder: string, depth: number): string | undefined {
  const children = foldersIn(folder);
  if (children.includes(REGISTRY)) return folder;
  if (depth === 0) return undefined;
  return children
    .filter((name) => name !== 'node_modules' && name !== '.terraform')
    .map((name) => search(join(folder, name), depth - 1))
    .find((found) => found !== undefined);
}

function foldersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  } catch {
    // Not there, or not ours to read: no mirror of ours either.
    return [];
  }
}
