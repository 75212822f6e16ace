import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

import { nextSecond } from './next-second.ts';
import { WORKSPACE } from './workspace-copy.ts';

const SCREENSHOTS = join(WORKSPACE, 'artifacts', 'e2e');

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How long a page may take to show what is looked for, on a machine that is busy with other things. */
const PATIENCE_MS = 20_000;

/** The Chromium that `CHROME_PATH` names (`npm test` finds one), else Debian's. */
export async function launchBrowser(): Promise<Browser> {
  await mkdir(SCREENSHOTS, { recursive: true });
  const executablePath = process.env['CHROME_PATH'] ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, headless: true, args: ARGUMENTS });
}

/** A browser profile of its own: no cookies, and no objection to a certificate made on this machine. */
export async function newVisitor(browser: Browser): Promise<BrowserContext> {
  const visitor = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1280, height: 800 } });
  visitor.setDefaultTimeout(PATIENCE_MS);
  return visitor;
}

/** Signs in on the hosted login page, wherever the browser was sent from. */
export async function signIn(page: Page, { email, password }: Credentials): Promise<void> {
  await page.getByLabel(/e-?mail/i).fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: /sign in/i }).click();
}

/** Asks for a page, signs in on the way to it, and waits until it is there. */
export async function enter(page: Page, address: string, credentials: Credentials): Promise<void> {
  await page.goto(address);
  await signIn(page, credentials);
  await page.waitForURL(address);
}

/** Signs out on a page of the application, and waits until whoever signs in next is told apart. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /sign out/i }).click();
  await page.waitForURL('**/logged-out');
  await nextSecond();
}

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** Keeps a picture of the page as an artefact, on a desk and a phone, light and dark. */
export async function takePictures(page: Page, name: string): Promise<void> {
  for (const [device, viewport] of [
    ['desk', { width: 1280, height: 800 }],
    ['phone', { width: 390, height: 844 }],
  ] as const) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({
        path: join(SCREENSHOTS, `${name}-${device}-${colorScheme}.png`),
        animations: 'disabled',
      });
    }
  }
}
