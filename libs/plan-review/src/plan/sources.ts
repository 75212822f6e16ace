import { z } from 'zod';
import { type Source } from '../model.ts';

const block = z.record(z.string(), z.record(z.string(), z.unknown()));
const documented = z.looseObject({
  '//': z.looseObject({ metadata: z.looseObject({ path: z.string() }) }),
});

/**
 * Where the resources of a synthesized `cdk.tf.json` come from: the path of each construct, which CDKTF leaves there.
 *
 * @param file what they are written in, relative to the workspace
 */
export function sourcesOf(configuration: unknown, file?: string): ReadonlyMap<string, Source> {
  const resources = block.safeParse((configuration as { readonly resource?: unknown } | undefined)?.resource);
  if (!resources.success) return new Map();
  return new Map(
    Object.entries(resources.data).flatMap(([type, bodies]) =>
      Object.entries(bodies).flatMap(([name, body]) => {
        const parsed = documented.safeParse(body);
        if (!parsed.success) return [];
        return [
          [
            `${type}.${name}`,
            { construct: parsed.data['//'].metadata.path, ...(file === undefined ? {} : { file }) },
          ] as const,
        ];
      }),
    ),
  );
}
