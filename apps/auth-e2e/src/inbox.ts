import { type Page } from 'playwright-core';

import { type Served } from './served.ts';

/** Texts of the mails that the local pool has for an address, the newest first, at the page that is printed. */
export async function mailsTo(page: Page, served: Served, address: string): Promise<readonly string[]> {
  await page.goto(served.inboxUrl());
  const mails = await page.locator('ol.mails > li').allInnerTexts();
  return mails.filter((mail) => mail.includes(`to ${address},`));
}
