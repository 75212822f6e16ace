/** Also where it is inside of JSON that is kept as text. */
export function replaceInside(text: string, value: string, real: string): string {
  const [one, other] = [value, real].map((json) => (json.startsWith('"') ? json.slice(1, -1) : json)) as [
    string,
    string,
  ];
  return one === '' ? text : text.replaceAll(one, other);
}
