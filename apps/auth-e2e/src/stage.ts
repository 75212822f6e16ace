import { type Browser, type BrowserContext, type Page } from 'playwright-core';

import { launchBrowser, newVisitor } from './browser.ts';
import { type ServedCopy, serveCopy } from './serve-copy.ts';
import { type Served } from './served.ts';
import { type WorkspaceCopy } from './workspace-copy.ts';

/** What the tests of a file play on: a copy of the workspace that is served, and a browser. */
export class Stage {
  private constructor(
    private readonly serving: ServedCopy,
    readonly browser: Browser,
  ) {}

  /** @param prepare edits the copy before it is served */
  static async open(prepare?: (copy: WorkspaceCopy) => Promise<void>): Promise<Stage> {
    const serving = await serveCopy(prepare);
    try {
      return new Stage(serving, await launchBrowser());
    } catch (error) {
      await serving.end();
      throw error;
    }
  }

  get copy(): WorkspaceCopy {
    return this.serving.copy;
  }

  get served(): Served {
    return this.serving.served;
  }

  /** The application's origin. */
  get url(): string {
    return this.served.url;
  }

  /** Somebody whom nobody knows yet. */
  async visit(): Promise<{ readonly visitor: BrowserContext; readonly page: Page }> {
    const visitor = await newVisitor(this.browser);
    return { visitor, page: await visitor.newPage() };
  }

  async close(): Promise<void> {
    await this.serving.end();
    await this.browser.close();
  }
}
