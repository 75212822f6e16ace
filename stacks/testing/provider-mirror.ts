import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder under which Terraform lays out the providers of its registry. */
const REGISTRY = 'registry.terraform.io';
const DEEPEST = 3;

/** A provider, as it is named below {@link REGISTRY}. */
export interface Provider {
  /** `hashicorp/aws` */
  readonly source: string;
  /** An exact version such as `5.100.0`. Undefined where the stacks do not pin one: then any will do. */
  readonly version: string | undefined;
}

/** Where this machine may keep Terraform's providers. */
export interface Machine {
  /** Terraform's CLI configuration, which may be missing: TF_CLI_CONFIG_FILE or `~/.terraformrc`. */
  readonly configuration: string;
  /** The folders in which Terraform looks by itself. */
  readonly implied: readonly string[];
  /** Absolute roots under which a mirror is looked for. */
  readonly roots: readonly string[];
}

/** The folders that Terraform searches by itself (CLI configuration, "Implied Local Mirror Directories"), on Linux. */
export function impliedMirrors(home: string): readonly string[] {
  return [
    join(home, '.terraform.d', 'plugins'),
    join(home, '.local', 'share', 'terraform', 'plugins'),
    '/usr/local/share/terraform/plugins',
    '/usr/share/terraform/plugins',
  ];
}

/**
 * The folder of a mirror that holds the provider, for machines that do not reach the registry.
 *
 * A mirror without that very version is none: it would take the place of a registry that has it.
 *
 * @returns undefined where Terraform knows where to look, or where there is none: then it asks the registry
 */
export function providerMirror(machine: Machine, provider: Provider): string | undefined {
  if (saysWhereProvidersAre(machine.configuration)) return undefined;
  if (machine.implied.some((folder) => holds(folder, provider))) return undefined;
  return machine.roots.map((root) => search(root, provider, DEEPEST)).find((found) => found !== undefined);
}

function saysWhereProvidersAre(configuration: string): boolean {
  return existsSync(configuration) && /^\s*provider_installation\b/m.test(readFileSync(configuration, 'utf8'));
}

/** Whether the provider lies there, unpacked (`<version>/<platform>/`) or packed (`…_<version>_<platform>.zip`). */
function holds(mirror: string, { source, version }: Provider): boolean {
  const entries = namesIn(join(mirror, REGISTRY, ...source.split('/')));
  return version === undefined
    ? entries.length > 0
    : entries.some((name) => name === version || name.includes(`_${version}_`));
}

function search(folder: string, provider: Provider, depth: number): string | undefined {
  if (holds(folder, provider)) return folder;
  if (depth === 0) return undefined;
  return foldersIn(folder)
    .filter((name) => name !== 'node_modules' && name !== '.terraform')
    .map((name) => search(join(folder, name), provider, depth - 1))
    .find((found) => found !== undefined);
}

function foldersIn(folder: string): readonly string[] {
  return entriesOf(folder)
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

function namesIn(folder: string): readonly string[] {
  return entriesOf(folder).map(({ name }) => name);
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // Not there, or not ours to read: no mirror of ours either.
    return [];
  }
}
