/** A block of Terraform's JSON: an object. */
export type Block = Readonly<Record<string, unknown>>;

/** A stack as it is deployed: the object of its `cdk.tf.json`. */
export interface SynthesizedStack {
  readonly name: string;
  readonly json: Block;
}

/** A resource of a synthesized stack. */
export interface Resource {
  readonly stack: string;
  readonly type: string;
  readonly name: string;
  /** `<stack>: <type>.<name>`, as messages name it. */
  readonly address: string;
  readonly body: Block;
}

/**
 * The blocks under a key. Terraform's JSON writes one block as an object and several as an array of objects, and takes
 * either for either (JSON configuration syntax, "Nested Block Mapping").
 */
export function blocks(parent: Block, key: string): readonly Block[] {
  const value = parent[key];
  return (Array.isArray(value) ? value : [value]).filter(isBlock);
}

/** Every resource of a stack, however its JSON is nested. */
export function resourcesOf({ name: stack, json }: SynthesizedStack): readonly Resource[] {
  return blocks(json, 'resource').flatMap((types) =>
    Object.keys(types).flatMap((type) =>
      blocks(types, type).flatMap((named) =>
        Object.keys(named).flatMap((name) =>
          blocks(named, name).map((body) => ({ stack, type, name, address: `${stack}: ${type}.${name}`, body })),
        ),
      ),
    ),
  );
}

function isBlock(value: unknown): value is Block {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
