/**
 * The name of a zone in which all of some names can be made: their longest common parent.
 *
 * @param names host names, at least one
 */
export function zoneNameOf([first = '', ...others]: readonly string[]): string {
  const labels = parent(first).split('.');
  const isCommon = (zone: string): boolean =>
    others.every((name) => parent(name) === zone || name.endsWith(`.${zone}`));
  for (let from = 0; from < labels.length; from += 1) {
    const zone = labels.slice(from).join('.');
    if (isCommon(zone)) return zone;
  }
  return '';
}

function parent(name: string): string {
  return name.slice(name.indexOf('.') + 1);
}
