import { type Finding } from '../../../progress/finding.ts';
import { destination, seen } from '../answer.ts';
import { type Check, failed, ok } from '../check.ts';

const TARGET = '/gatehouse-verify?a=1';

/** The unencrypted port does nothing but send on. */
export const httpRedirect: Check = async ({ expected: { origin, httpPort }, visitor }): Promise<readonly Finding[]> => {
  if (httpPort === undefined) return [];
  const check = 'HTTP';
  const answer = await visitor.ask(new URL(TARGET, `http://${origin.hostname}:${httpPort}`));
  const wanted = new URL(TARGET, origin).href;
  const to = destination(answer);
  if ((answer.status === 301 || answer.status === 302) && to?.href === wanted) {
    return [ok(check, `Port ${httpPort} sends on to ${origin.origin}, to the same path.`)];
  }
  const what = `Port ${httpPort} answers ${seen(answer)}`;
  const mend = `The HTTP listener's only action is a redirect to HTTPS, port ${origin.port || 443}: look at stacks/alb.`;
  if (to === undefined) {
    return [failed(check, `${what}, unencrypted: whoever is on the way reads and changes it.`, mend)];
  }
  return [failed(check, `${what}, and not to the same path of ${origin.origin}: links break, or lead astray.`, mend)];
};
