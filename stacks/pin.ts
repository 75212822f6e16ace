import { type TerraformElement } from 'cdktf';

/**
 * Fixes the logical id of a resource, the second half of its address. An address is an interface: a change of it
 * destroys the resource and makes another. Use it where the construct's id has to differ, because a resource of
 * another type already bears the name.
 */
export function pin<Element extends TerraformElement>(element: Element, logicalId: string): Element {
  element.overrideLogicalId(logicalId);
  return element;
}
