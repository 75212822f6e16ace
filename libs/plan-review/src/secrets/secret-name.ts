const words = [
  'password|passwd|passphrase|secret|token|credential|credentials|pin',
  '(?:secret|private|access|api|auth|encryption|signing|account|shared|license)[_-]?key|connection[_-]?string',
].join('|');
const secretName = new RegExp(`(?:^|[_.-])(?:${words})s?(?:[_-]?(?:value|plain|text|string|\\d+))?$`, 'i');

/** Values that say something about a secret and are none: a unit, a setting, an address of where it is kept. */
const harmless =
  /^(?:seconds|minutes|hours|days|required|optional|enabled|disabled|REQUIRED|OPTIONAL|ENABLED|DISABLED|true|false|none|\d{1,5}|arn:[a-z-]+:.*|\$\{.*\}|)$/;

/** Whether a text under that name is to be kept back, whatever its form. */
export function namesSecret(name: string, value: string): boolean {
  const snake = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2');
  return secretName.test(snake) && !harmless.test(value);
}
