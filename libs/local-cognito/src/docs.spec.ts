import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as service from '@aws-sdk/client-cognito-identity-provider';
import { expect, it } from '@jest/globals';
import { cognitoErrorCodes } from './api/cognito-error.ts';
import { operations } from './api/operations.ts';
import { localUserPoolErrorCodes } from './errors.ts';
import { paths } from './oauth/endpoints.ts';

function read(path: string): Promise<string> {
  return readFile(fileURLToPath(new URL(path, import.meta.url)), 'utf8');
}

const reference = await read('../../../docs/reference/local-cognito.md');
const readme = await read('../README.md');

function section(name: string): string {
  return reference.split(`<!-- ${name} -->`)[1]?.split(`<!-- /${name} -->`)[0] ?? '';
}

function names(text: string): string[] {
  return [...text.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
}

it('the reference lists every operation, with who may call it', () => {
  const rows = [...section('operations').matchAll(/^\| `(\w+)` +\| (\w+) +\|/gm)];
  const listed = new Map(rows.map(([, name, who]) => [name, who]));
  expect(listed).toEqual(new Map([...operations].map(([name, { access }]) => [name, access])));
});

it('the reference lists every operation of the service that is not there', () => {
  const commands = Object.keys(service).flatMap((name) => /^(\w+)Command$/.exec(name)?.[1] ?? []);
  expect(commands.length).toBeGreaterThan(100);
  expect(names(section('missing')).sort()).toEqual(commands.filter((name) => !operations.has(name)).sort());
});

it('every operation is one of the service', () => {
  for (const name of operations.keys()) expect(Object.keys(service)).toContain(`${name}Command`);
});

it('the reference lists every error', () => {
  expect(names(section('errors')).sort()).toEqual([...cognitoErrorCodes].sort());
});

it('the reference says where the words of errors were found, and has them as they are', async () => {
  const rows = [...section('texts').matchAll(/^\| `(.+?)` +\| +(\S.*?) +\|$/gm)];
  expect(rows.length).toBeGreaterThan(40);
  const folder = fileURLToPath(new URL('.', import.meta.url));
  const files = (await readdir(folder, { recursive: true })).filter((file) => /(?<!\.spec)\.ts$/.test(file));
  const sources = (await Promise.all(files.map((file) => read(file)))).join('\n');
  const spoken = sources.replace(/\$\{[^}]*\}/g, '…');
  const unspoken = rows.flatMap(([, text = '']) =>
    [`'${text}'`, `\`${text}\``].some((it) => spoken.includes(it)) ? [] : text,
  );
  expect(unspoken).toEqual([]);
});

it('the reference lists every page and endpoint', () => {
  for (const path of Object.values(paths)) expect(reference).toContain(path);
});

it("the README lists every error of the library's own", () => {
  const rows = [...readme.matchAll(/^\| `([A-Z_]+)` +\|/gm)].map(([, code = '']) => code);
  expect(rows.sort()).toEqual([...localUserPoolErrorCodes].sort());
});
