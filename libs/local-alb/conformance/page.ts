import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { format, resolveConfig } from 'prettier';

import { collectCitations } from './citations.ts';
import { renderConformance } from './render.ts';

const sources = fileURLToPath(new URL('../src', import.meta.url));
const page = fileURLToPath(new URL('../../../docs/reference/conformance.md', import.meta.url));

/** The page as it has to be. */
export async function expectedPage(): Promise<string> {
  const written = renderConformance(await collectCitations(sources));
  return format(written, { ...(await resolveConfig(page)), filepath: page });
}

export async function writtenPage(): Promise<string> {
  return readFile(page, 'utf8');
}

export async function writePage(): Promise<void> {
  await writeFile(page, await expectedPage());
}
