/** Stands in a plan's JSON where Terraform marks a value as sensitive. */
export const SENSITIVE = '(sensitive)';

type Json = Readonly<Record<string, unknown>>;

/**
 * `terraform show -json` without what is secret: the values that Terraform or the provider marks as sensitive, in
 * everything that the plan knows (values before and after, drift, outputs, variables).
 */
export function redactPlan(plan: unknown): unknown {
  return isJson(plan) ? { ...(redacted(plan) as Json), ...variables(plan) } : plan;
}

function redacted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redacted);
  if (!isJson(value)) return value;
  return { ...each(value), ...marked(value) };
}

function each(json: Json): Json {
  return Object.fromEntries(Object.entries(json).map(([key, item]) => [key, redacted(item)]));
}

/** What the marks beside a value say about it (JSON output format, "Change Representation" and "Values Representation"). */
function marked(json: Json): Json {
  const { before, after, before_sensitive, after_sensitive, values, sensitive_values, value, sensitive } = json;
  return {
    ...('before_sensitive' in json ? { before: masked(before, before_sensitive) } : {}),
    ...('after_sensitive' in json ? { after: masked(after, after_sensitive) } : {}),
    ...('sensitive_values' in json ? { values: masked(values, sensitive_values) } : {}),
    ...(sensitive === true && 'value' in json ? { value: masked(value, true) } : {}),
  };
}

function masked(value: unknown, marks: unknown): unknown {
  if (marks === true) return value === null || value === undefined ? value : SENSITIVE;
  if (Array.isArray(value) && Array.isArray(marks)) return value.map((item, index) => masked(item, marks[index]));
  if (isJson(value) && isJson(marks)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, masked(item, marks[key])]));
  }
  return value;
}

/** Values of variables carry no mark; their declarations do. */
function variables(plan: Json): Json {
  const given = plan['variables'];
  if (!isJson(given)) return {};
  const declared = at(plan, 'configuration', 'root_module', 'variables');
  return {
    variables: Object.fromEntries(
      Object.entries(given).map(([name, item]) => [
        name,
        at(declared, name)?.['sensitive'] === true ? { value: SENSITIVE } : item,
      ]),
    ),
  };
}

function at(value: unknown, ...path: readonly string[]): Json | undefined {
  const found = path.reduce<unknown>((json, key) => (isJson(json) ? json[key] : undefined), value);
  return isJson(found) ? found : undefined;
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
