import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { type Page } from 'playwright-core';

import { type WorkspaceCopy } from './workspace-copy.ts';

/** Texts of the mails that the local pool has for an address, the newest first. */
export async function mailsTo(page: Page, copy: WorkspaceCopy, address: string): Promise<readonly string[]> {
  const file = join(copy.root, '.gatehouse', 'local', 'user-pool', 'administrator.json');
  const { inboxKey } = JSON.parse(await readFile(file, 'utf8')) as { readonly inboxKey: string };
  await page.goto(`https://gatehouse-local.auth.localhost:${copy.poolPort}/inbox?key=${inboxKey}`);
  const mails = await page.locator('ol.mails > li').allInnerTexts();
  return mails.filter((mail) => mail.includes(`to ${address},`));
}
