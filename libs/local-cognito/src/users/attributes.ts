import { z } from 'zod';
import { standardAttributes } from '../settings/standard-attributes.ts';
import { type AttributeSettings, type UserPoolSettings } from '../settings/user-pool-settings.ts';
import { type Attributes } from './user.ts';

/** Who sets an attribute: its owner may not say that an address is verified. */
export type AttributeAuthor = 'administrator' | 'owner' | 'seed';

const longest = 2048;
/** cognito-idp API: phone numbers are E.164. */
const phoneNumber = /^\+[1-9]\d{4,14}$/;
const emailAddress = z.regexes.email;
const verifiedFlags = ['email_verified', 'phone_number_verified'];

/**
 * What is wrong with attributes that somebody wants to set, in Cognito's words where they are known.
 *
 * @param current what the user has already; `undefined` for somebody new, of whom required attributes are demanded
 */
export function attributesProblem(
  wanted: Attributes,
  { attributes: schema }: Pick<UserPoolSettings, 'attributes'>,
  author: AttributeAuthor,
  current?: Attributes,
): string | undefined {
  for (const [name, value] of Object.entries(wanted)) {
    const problem = attributeProblem(name, value, schema, author, current);
    if (problem !== undefined) return problem;
  }
  const missing = schema.filter(({ required, name }) => required && (wanted[name] ?? current?.[name] ?? '') === '');
  // An administrator may make a user without them (AdminCreateUser); whoever signs up has to give them.
  if (current !== undefined || author !== 'owner' || missing.length === 0) return undefined;
  return `Attributes did not conform to the schema: ${missing.map(({ name }) => `${name}: The attribute is required`).join('\n')}\n`;
}

function attributeProblem(
  name: string,
  value: string,
  schema: readonly AttributeSettings[],
  author: AttributeAuthor,
  current: Attributes | undefined,
): string | undefined {
  const settings = schema.find((attribute) => attribute.name === name);
  if (!standardAttributes.has(name) && !settings) return notConform(name, 'Attribute does not exist in the schema.\n');
  if (name === 'sub' || (author === 'owner' && verifiedFlags.includes(name))) {
    return `Cannot modify the non-mutable attribute ${name}`;
  }
  if (current && settings && !settings.mutable && current[name] !== undefined && current[name] !== value) {
    return `user.${name}: Attribute cannot be updated.\n`;
  }
  if (value.length > longest) return notConform(name, `String must be no longer than ${longest} characters`);
  if (name === 'email' && !emailAddress.test(value)) return 'Invalid email address format.';
  if (name === 'phone_number' && !phoneNumber.test(value)) return 'Invalid phone number format.';
  if (verifiedFlags.includes(name) && !['true', 'false'].includes(value)) return `Invalid value for ${name}`;
  return settings && schemaProblem(value, settings);
}

function schemaProblem(
  value: string,
  { name, type, minimum = -Infinity, maximum = Infinity }: AttributeSettings,
): string | undefined {
  if (type === 'Number') {
    const number = Number(value);
    if (value.trim() === '' || !Number.isInteger(number)) return notConform(name, 'Must be a number\n');
    return number < minimum || number > maximum ? notConform(name, 'Number is out of its range\n') : undefined;
  }
  if (type === 'Boolean') {
    return ['true', 'false'].includes(value) ? undefined : notConform(name, 'Must be true or false\n');
  }
  if (value.length < minimum) return notConform(name, `String must be at least ${minimum} characters\n`);
  return value.length > maximum ? notConform(name, `String must be no longer than ${maximum} characters\n`) : undefined;
}

function notConform(name: string, what: string): string {
  return `Attributes did not conform to the schema: ${name}: ${what}`;
}
