/** The Terraform JSON of stacks, by name, that an edit works on. */
export type Json = Record<string, unknown>;

/** A change of the stacks' JSON. */
export type Step = (house: House) => void;

/**
 * The stacks of an environment as somebody is about to change them: what is edited is the JSON that they are synthesized
 * to, past the invariants, which would refuse the worst of it.
 */
export class House {
  private readonly stacks: Map<string, Json>;

  /** Copied, and left as they are. */
  constructor(stacks: ReadonlyMap<string, unknown>) {
    this.stacks = new Map([...stacks].map(([name, json]) => [name, structuredClone(json) as Json]));
  }

  get names(): readonly string[] {
    return [...this.stacks.keys()];
  }

  json(stack: string): Json {
    return found(this.stacks.get(stack), stack);
  }

  replace(stack: string, json: Json): void {
    this.stacks.set(stack, json);
  }

  /** What a block holds of a type: `resource`, `aws_lb`. Made where there is none. */
  block(stack: string, block: string, type: string): Json {
    const blocks = (this.json(stack)[block] ??= {}) as Json;
    return (blocks[type] ??= {}) as Json;
  }

  /** @param address `aws_lb.alb` */
  resource(stack: string, address: string): Json {
    const [type = '', name = ''] = address.split('.');
    return found(this.block(stack, 'resource', type)[name] as Json | undefined, `${stack}/${address}`);
  }
}

/** @param path `condition.0.path_pattern`. @param value undefined takes it away */
export const set =
  (stack: string, address: string, path: string, value: unknown): Step =>
  (house) => {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    let at: unknown = house.resource(stack, address);
    for (const key of keys) at = found((at as Json)[key], `${stack}/${address}.${path}`);
    if (value === undefined) delete (at as Json)[last];
    else (at as Json)[last] = structuredClone(value);
  };

/** Edits a text, such as a policy, that has to hold what is replaced. */
export const replaceIn =
  (stack: string, address: string, attribute: string, what: string, by: string): Step =>
  (house) => {
    const resource = house.resource(stack, address);
    resource[attribute] = replaced(String(resource[attribute]), what, by);
  };

export const add =
  (stack: string, address: string, body: Json): Step =>
  (house) => {
    const [type = '', name = ''] = address.split('.');
    house.block(stack, 'resource', type)[name] = structuredClone(body);
  };

export const drop =
  (stack: string, address: string): Step =>
  (house) => {
    const [type = '', name = ''] = address.split('.');
    found(house.resource(stack, address), address);
    const all = house.block(stack, 'resource', type);
    delete all[name];
    // A type without a resource is a block without a label.
    if (Object.keys(all).length === 0) delete (house.json(stack)['resource'] as Json)[type];
  };

/** Another resource like one that is there. */
export const copy =
  (stack: string, from: string, to: string, changes: Json = {}): Step =>
  (house) =>
    add(stack, to, { ...house.resource(stack, from), ...changes })(house);

/** Everywhere in a stack, references too. */
export const everywhere =
  (stack: string, what: string, by: string): Step =>
  (house) =>
    house.replace(stack, JSON.parse(replaced(JSON.stringify(house.json(stack)), what, by)) as Json);

/** The resource goes by another name, and so do the references to it. */
export const rename =
  (stack: string, from: string, to: string): Step =>
  (house) => {
    const [type = '', name = ''] = from.split('.');
    const block = house.block(stack, 'resource', type);
    block[to] = found(block[name], from);
    delete block[name];
    house.replace(
      stack,
      JSON.parse(JSON.stringify(house.json(stack)).replaceAll(`${from}.`, `${type}.${to}.`)) as Json,
    );
  };

/** A top-level block, such as `moved`, `import` or `output`. */
export const block =
  (stack: string, name: string, value: unknown): Step =>
  (house) => {
    const json = house.json(stack);
    const there = json[name];
    json[name] = isJson(there) && isJson(value) ? { ...there, ...value } : value;
  };

/** So that what is protected can be destroyed or replaced at all. */
export const unprotected =
  (stack: string, address: string): Step =>
  (house) => {
    delete house.resource(stack, address)['lifecycle'];
  };

function replaced(text: string, what: string, by: string): string {
  if (!text.includes(what)) throw new Error(`There is no ${what} to edit.`);
  return text.replaceAll(what, by);
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`There is no ${what} to edit.`);
  return value;
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
