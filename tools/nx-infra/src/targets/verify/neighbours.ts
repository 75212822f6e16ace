/** Beyond the first public path, so many are tried with the fewer variants. */
const MORE_PATHS = 4;

/** Paths of operations and of mishaps, which are public by accident more often than on purpose. */
const COMMON = [
  '/admin',
  '/health/live',
  '/health/ready',
  '/metrics',
  '/.env',
  '/.git/config',
  '/api',
  '/oauth2/',
] as const;

/**
 * Paths that are not public and that a careless rule, proxy or router takes for one that is: ALB rules compare
 * literally and with case, applications often do not.
 *
 * @param open the public paths
 * @param isOpen whether a path is public
 */
export function neighbours(open: readonly string[], isOpen: (path: string) => boolean): readonly string[] {
  const [first, ...others] = open;
  const all = [
    ...COMMON,
    ...(first === undefined ? [] : variants(first)),
    ...others.slice(0, MORE_PATHS).flatMap((path) => fewVariants(path)),
  ];
  return [...new Set(all)].filter((path) => !isOpen(path));
}

function variants(path: string): readonly string[] {
  const inner = path.slice(1);
  return [
    ...fewVariants(path),
    `/${path}`,
    `/.${path}`,
    `/gatehouse-verify/..${path}`,
    `/gatehouse-verify/%2e%2e${path}`,
    `${path}/..%2fadmin`,
    `${path};admin`,
    `${path}%2f`,
    ...(inner === '' ? [] : [`/%${inner.charCodeAt(0).toString(16)}${inner.slice(1)}`]),
    `/gatehouse-verify${path}`,
  ];
}

function fewVariants(path: string): readonly string[] {
  return [`${path}/`, `${path}x`, path.toUpperCase(), `${path}/../admin`];
}
