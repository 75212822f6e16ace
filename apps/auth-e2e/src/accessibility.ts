import axe from 'axe-core';
import { type Page } from 'playwright-core';

/**
 * What keeps people from using a page, by the rules of axe-core (WCAG 2.2, levels A and AA, and best practices), with
 * the elements it is about. It runs beside the page's own policy, which lets no script in.
 */
export async function obstacles(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { passes, violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(document),
  );
  // Of a page that it cannot see, it would have nothing to say.
  if (passes.length <= 10) throw new Error(`${page.url()}: only ${passes.length} rules found anything to look at`);
  return violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ target }) => target).join(', ')})`);
}
