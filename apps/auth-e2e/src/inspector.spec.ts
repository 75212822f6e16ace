import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type BrowserContext, type Page } from 'playwright-core';

import { obstacles } from './accessibility.ts';
import { enter, takePictures } from './browser.ts';
import { Stage } from './stage.ts';
import { demoUser } from './users.ts';

let stage: Stage;
let visitor: BrowserContext;
/** Of the application, and of the inspector. */
let page: Page;
let inspector: Page;

beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());
beforeEach(async () => {
  ({ visitor, page } = await stage.visit());
  inspector = await visitor.newPage();
  await inspector.goto(stage.served.inspectorUrl());
  await inspector.getByRole('status').getByText('live').waitFor();
});
afterEach(() => visitor.close());

const rows = () => inspector.getByRole('region', { name: /^Requests/ }).getByRole('button');
const detail = () => inspector.getByRole('region', { name: 'The request that is chosen' });
const row = (text: RegExp) => rows().filter({ hasText: text }).first();

async function signedIn(): Promise<void> {
  await enter(page, `${stage.url}/`, await demoUser('alice'));
}

describe('the inspector', () => {
  it('shows the listeners, and each request as it passes', async () => {
    expect(await inspector.getByText('Closed: login first').count()).toBeGreaterThan(0);
    await inspector.getByText('None yet.').waitFor();
    await signedIn();
    await row(/302.*GET.*\/oauth2\/idpresponse/).waitFor();
    await row(/200.*GET.*\/(?!oauth2)/).waitFor();
    const before = await rows().count();
    await page.goto(`${stage.url}/api/me?tab=2`);
    await row(/200.*GET.*\/api\/me/).waitFor();
    expect(await rows().count()).toBeGreaterThan(before);
    // Announced to who does not see the list.
    expect(await inspector.locator('[aria-live=polite]').textContent()).toMatch(/^GET \/\S* ?: \d{3}$/);
  });

  it('is used with the keyboard alone', async () => {
    await signedIn();
    await page.goto(`${stage.url}/api/me`);
    await row(/200.*\/api\/me/).waitFor();
    // The browser asks for the page's icon too, whenever it likes: rows may come in above.
    await row(/200.*\/api\/me/).focus();
    const from = await inspector.evaluateHandle(() => document.activeElement?.closest('li'));
    const isFocused = (neighbour: 'self' | 'below'): Promise<boolean> =>
      inspector.evaluate(
        ([item, which]) => {
          const expected = which === 'below' ? item?.nextElementSibling : item;
          return expected?.contains(document.activeElement) ?? false;
        },
        [from, neighbour] as const,
      );
    await inspector.keyboard.press('ArrowDown');
    expect(await isFocused('below')).toBe(true);
    await inspector.keyboard.press('ArrowUp');
    expect(await isFocused('self')).toBe(true);
    await row(/200.*\/api\/me/).focus();
    await inspector.keyboard.press('Enter');
    expect(await row(/200.*\/api\/me/).getAttribute('aria-pressed')).toBe('true');
    expect(await detail().innerText()).toMatch(/authentication\s+a session[\s\S]*default rule: matched/);
    await inspector.getByText('default rule', { exact: false }).first().waitFor();
  });

  it('decodes tokens, and shows nobody a token or a cookie', async () => {
    await signedIn();
    await page.goto(`${stage.url}/api/me`);
    await row(/200.*\/api\/me/).click();
    expect(await detail().innerText()).toMatch(/x-amzn-oidc-data[\s\S]*"alg": "ES256"[\s\S]*"email": "alice@/);
    const sent = await inspector.content();
    // A token as it is sent: its header in Base64, and more after the dot.
    expect(sent).not.toMatch(/eyJ[\w-]{10,}=*\./);
    const cookies = (await visitor.cookies(stage.url)).filter(({ value }) => value.length > 20);
    expect(cookies.length).toBeGreaterThan(0);
    for (const { value } of cookies) expect(sent).not.toContain(value.slice(0, 40));
  });

  it('puts up no barriers, light or dark, on a desk or a phone', async () => {
    await signedIn();
    // With all that there may be to show: a session, and tokens.
    await row(/200\s*GET\s*\/\s*\d+ ms/).click();
    expect(await detail().innerText()).toContain('x-amzn-oidc-data');
    for (const width of [1280, 390]) {
      await inspector.setViewportSize({ width, height: 844 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await inspector.emulateMedia({ colorScheme });
        expect(await obstacles(inspector)).toEqual([]);
        const scrolls = await inspector.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(scrolls).toBeLessThanOrEqual(0);
      }
    }
    await takePictures(inspector, 'inspector');
  });
});
