import { type Credentials } from '../browser.ts';
import { nextSecond } from '../next-second.ts';
import { type ServedCopy, serveCopy } from '../serve-copy.ts';
import { type Served } from '../served.ts';
import { demoUser } from '../users.ts';
import { type WorkspaceCopy } from '../workspace-copy.ts';
import { type HeaderLine } from './raw-request.ts';
import { Visitor } from './visitor.ts';

/** What is attacked, with two people who are signed in. */
export class Siege {
  private constructor(
    private readonly serving: ServedCopy,
    readonly users: Readonly<Record<'alice' | 'bob', Credentials>>,
    /** An administrator's browser. */
    readonly alice: Visitor,
    /** The browser of somebody else. */
    readonly bob: Visitor,
  ) {}

  /** @param prepare edits the workspace before it is served */
  static async begin(prepare: (copy: WorkspaceCopy) => Promise<void> = () => Promise.resolve()): Promise<Siege> {
    const serving = await serveCopy(async (copy) => {
      // So that a session takes more than one cookie.
      await copy.edit('apps/auth/users.local.json', (users) =>
        users.replaceAll(' Example"', ` Example${' the Long'.repeat(200)}"`),
      );
      await prepare(copy);
    });
    try {
      const users = { alice: await demoUser('alice'), bob: await demoUser('bob') };
      const signedIn = async (user: Credentials): Promise<Visitor> => signIn(serving.served, user);
      return new Siege(serving, users, await signedIn(users.alice), await signedIn(users.bob));
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

  /** Where everybody comes in: the load balancer. */
  get url(): string {
    return this.served.url;
  }

  /** Another browser of bob's, with a sign-in that can be ended without ending the other's. */
  async bobAgain(): Promise<Visitor> {
    await nextSecond();
    return signIn(this.served, this.users.bob);
  }

  /** A header with a visitor's session. */
  session(visitor: Visitor): readonly HeaderLine[] {
    return [['Cookie', visitor.cookieHeader(this.url)]];
  }

  async end(): Promise<void> {
    await this.serving.end();
  }
}

async function signIn(served: Served, user: Credentials): Promise<Visitor> {
  const visitor = new Visitor();
  await visitor.signIn(`${served.url}/`, user);
  return visitor;
}
