import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { type LoadBalancer, readLoadBalancers } from '@gatehouse/listener';

import { LocalAlbError } from '../errors.ts';
import { parseJsonObject } from '../json.ts';
import { configuredSecrets } from './configured-secrets.ts';

/** What was read, and what stands beside it that nobody is shown. */
export interface Configuration {
  readonly loadBalancer: LoadBalancer;
  /** The client secrets of `authenticate-oidc`, as far as they are known. */
  readonly secrets: ReadonlyMap<string, string>;
}

/**
 * The load balancer of a file of Terraform JSON, or of a folder that holds one.
 *
 * @param address which one, where there are several
 * @throws {LocalAlbError} `CONFIGURATION_UNUSABLE`
 */
export async function readConfiguration(path: string, address: string | undefined): Promise<Configuration> {
  const file = await fileOf(path);
  const json = parseJsonObject(await readText(file));
  if (json === undefined) {
    throw unusable(`${file} is not JSON`, 'Terraform prints it with "terraform show -json > show.json"');
  }
  const loadBalancers = read(json, file).filter((one) => address === undefined || one.address === address);
  const [first, ...more] = loadBalancers;
  if (first === undefined) throw unusable(`${file} has no such load balancer`, 'Pass the stack that has its listeners');
  if (more.length === 0) return { loadBalancer: first, secrets: configuredSecrets(json) };
  const addresses = loadBalancers.map((one) => one.address).join(', ');
  throw unusable(`${file} has several load balancers`, `Choose one with --load-balancer: ${addresses}`);
}

/** @throws {LocalAlbError} `CONFIGURATION_UNUSABLE` */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw unusable(`${file} cannot be read (${code})`, 'Check the path');
  }
}

async function fileOf(path: string): Promise<string> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) return path;
  const [file, ...more] = (await readdir(path)).filter((name) => name.endsWith('.tf.json'));
  if (file !== undefined && more.length === 0) return join(path, file);
  const found = file === undefined ? 'no file' : `${more.length + 1} files`;
  throw unusable(
    `${path} has ${found} of Terraform JSON`,
    'Of a project in HCL, pass the output of "terraform show -json"; of several files, the one that has the listeners',
  );
}

function read(json: unknown, file: string): readonly LoadBalancer[] {
  try {
    return readLoadBalancers(json);
  } catch (error) {
    // A ListenerError: it names the argument at fault, and shows what a rule says, which is no secret.
    throw unusable(
      `${file} cannot be run as it is: ${error instanceof Error ? error.message : ''}`,
      'Mend it, or pass another',
    );
  }
}

function unusable(what: string, mend: string): LocalAlbError {
  return new LocalAlbError('CONFIGURATION_UNUSABLE', `${what}. Without it there is no listener to run. ${mend}.`);
}
