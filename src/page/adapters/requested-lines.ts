import { isWhole } from '../check-value.js';
import { textOf } from './stated-values.js';
import { idAt, listAt, valueAt } from './value-at.js';

/** Units of one variant that a page asks Shopify to add. */
export interface RequestedLine {
  readonly itemId: string;
  readonly quantity: number;
}

const FIELD = /^(?:items\[(\w*)\]\[(id|quantity)\]|(id|quantity))$/;

/** Reads what `cart/add.js` is asked for, in the address, a form's entries, or a text of JSON or `a=b&c=d`; nothing where it is neither. */
export async function requestedLines({ searchParams }: URL, body: unknown): Promise<RequestedLine[]> {
  try {
    const sent: unknown = await body;
    if (typeof sent === 'string' && /^\s*\{/.test(sent)) return fromJson(JSON.parse(sent));
    const fields = typeof sent === 'string' ? [...new URLSearchParams(sent)] : listAt({ sent }, 'sent');
    return fromFields([...searchParams, ...(fields as [string, unknown][])]);
  } catch {
    return []; // a body that cannot be read: the cart itself will show what was added
  }
}

function fromJson(sent: unknown): RequestedLine[] {
  const items = listAt(sent, 'items');
  return (items.length ? items : [sent]).flatMap((item) => toLine(idAt(item, 'id'), valueAt(item, 'quantity')));
}

function fromFields(fields: readonly (readonly [string, unknown])[]): RequestedLine[] {
  const items = new Map<string, Record<string, unknown>>();
  for (const [name, value] of fields) {
    const [, index = '', inItem, alone] = FIELD.exec(name) ?? [];
    const field = inItem ?? alone;
    if (field) items.set(index, { ...items.get(index), [field]: value });
  }
  return [...items.values()].flatMap((item) => toLine(idAt(item, 'id'), item['quantity']));
}

function toLine(itemId: string | undefined, stated: unknown): RequestedLine[] {
  const quantity = Number(textOf(stated ?? 1));
  return itemId && isWhole(quantity, 1) ? [{ itemId, quantity }] : [];
}
