import { ListenerError } from '../errors.ts';
import { type Listener, type ListenerRequest, type Rule } from '../model.ts';
import { compiledRules, meets } from './compiled-rules.ts';
import { RequestView } from './request-view.ts';

/**
 * The rule that handles a request: the first, in the listener's order, all of whose conditions hold.
 *
 * - Host, header names and values, and query strings match in any case; path and method in the case written.
 * - `*` stands for any number of characters, `?` for one, in host, path, header value, and query key and value; `\*` and
 *   `\?` are the characters themselves in a query condition.
 * - A header sent several times meets a condition when one of its fields does.
 * - Text with characters outside visible ASCII meets no condition.
 * - Path and query are compared as sent: nothing is decoded or normalised.
 *
 * Source: User Guide, "Listener rules" and "Rule condition types".
 *
 * @throws ListenerError `INVALID_SOURCE_IP`, `NO_DEFAULT_RULE`, `RULE_NOT_READ`
 */
export function matchRule(listener: Listener, request: ListenerRequest): Rule {
  const view = new RequestView(request);
  for (const compiled of compiledRules(listener)) {
    const { rule } = compiled;
    if (rule.unread !== undefined) throw notRead(rule);
    if (meets(view, compiled)) return rule;
  }
  throw new ListenerError('NO_DEFAULT_RULE', listener.address, {
    what: 'No rule of the listener matches, and it has no default rule',
    why: 'Every listener of AWS has one, so this is not one that was read completely',
    mend: 'Let its last rule have the priority "default" and no conditions',
  });
}

function notRead(rule: Rule): ListenerError {
  return new ListenerError('RULE_NOT_READ', rule.address, {
    what: `No earlier rule matches, and this one could not be read: ${rule.unread?.join('; ') ?? ''}`,
    why: 'Whether it takes the request, and what it does with it, cannot be told',
    mend: 'Mend the rule, or write it without what is not known here',
  });
}
