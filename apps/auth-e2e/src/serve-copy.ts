import { type Served, serveAuth, stopAll } from './served.ts';
import { copyWorkspace, type WorkspaceCopy } from './workspace-copy.ts';

/** A copy of the workspace that is served. */
export interface ServedCopy {
  readonly copy: WorkspaceCopy;
  readonly served: Served;
  end(): Promise<void>;
}

/**
 * Serves a copy of the workspace. What a start leaves behind that failed is ended and removed.
 *
 * @param prepare edits the copy before
 */
export async function serveCopy(
  prepare: (copy: WorkspaceCopy) => Promise<void> = () => Promise.resolve(),
): Promise<ServedCopy> {
  const copy = await copyWorkspace();
  const end = async (): Promise<void> => {
    await stopAll();
    await copy.remove();
  };
  try {
    await prepare(copy);
    return { copy, served: await serveAuth(copy), end };
  } catch (error) {
    await end();
    throw error;
  }
}
