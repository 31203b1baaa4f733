// In: the document's schema.org microdata and RDFa. Out: facts of its products, and the item a page is about. Page thread; it adds nothing.
import { openScope } from '../capture/open-scope.js';
import { watchMutations } from '../capture/watch-mutations.js';
import type { CreatePlatformSource } from './platform-source.js';
import { isProduct, MAX_PRODUCTS, type PageProduct, toProduct } from './schema-org-facts.js';
import type { Node } from './stated-values.js';

/** How a syntax writes that an element is a thing, of which type, and which property of the thing around it. */
interface Syntax {
  readonly scope: string;
  readonly type: string;
  readonly property: string;
}
const MICRODATA: Syntax = { scope: 'itemscope', type: 'itemtype', property: 'itemprop' };
const RDFA: Syntax = { scope: 'typeof', type: 'typeof', property: 'property' };
const SCOPES =
  '[itemscope][itemtype*="schema.org/Product"],[typeof~="Product"],[typeof~="ProductGroup"],[typeof*="schema:Product"]';

/** Properties of one thing that are read, and things within things. */
const MAX_PROPERTIES = 300;
const MAX_DEPTH = 4;
/** A text longer than this, characters, is none that a card shows. */
const MAX_CHARACTERS = 3_000;

interface Described extends PageProduct {
  readonly element: Element;
  readonly syntax: Syntax;
}

/** Reads the products that elements describe, again whenever the page changes; one main product is what the page is about. */
export const createMicrodataSource: CreatePlatformSource = (context) => ({
  start(sink) {
    const { guard, onStop, stop } = openScope(context);
    const lastFacts = new WeakMap<Element, string>();
    let currentId: string | undefined;
    const read = guard(() => {
      const products = describedIn(context.window.document);
      const news = products.filter(({ element, facts }) => {
        const text = JSON.stringify(facts);
        const isNew = lastFacts.get(element) !== text;
        lastFacts.set(element, text);
        return isNew;
      });
      const facts = news.flatMap((product) => product.facts);
      const itemIds = news.map(({ itemId }) => itemId);
      if (facts.length) sink.products(facts, itemIds);
      const main = mainOf(products);
      if (main && main.itemId !== currentId) sink.page({ itemId: main.itemId, aliases: main.itemIds.slice(1) });
      currentId = main?.itemId;
    });
    onStop(watchMutations(context, ['itemprop', 'itemtype', 'content', 'property', 'typeof'], read));
    read();
    return stop;
  },
});

function describedIn(document: Document): Described[] {
  return [...document.querySelectorAll(SCOPES)].slice(0, MAX_PRODUCTS).flatMap((element) => {
    const syntax = element.matches('[itemscope]') ? MICRODATA : RDFA;
    const vocabulary = element.closest('[vocab]')?.getAttribute('vocab') ?? '';
    const isOther = syntax === RDFA && !/schema\.org/.test(vocabulary) && !element.matches('[typeof*="schema:"]');
    const node = isOther ? undefined : toNode(element, syntax, MAX_DEPTH);
    const product = node && isProduct(node['@type']) && toProduct(node);
    return product ? [{ ...product, element, syntax }] : [];
  });
}

/** The one product that is not listed, nor part of another: a page that describes several is a list, and about none. */
function mainOf(products: readonly Described[]): Described | undefined {
  const roots = products.filter(({ element, syntax }) => {
    const property = element.getAttribute(syntax.property);
    return property === null || /(^|[:/])mainEntity$/.test(property);
  });
  const [first, ...others] = roots;
  return first && others.every(({ itemIds }) => itemIds.some((itemId) => first.itemIds.includes(itemId))) ? first : undefined;
}

/** Reads a thing as JSON-LD would write it. */
function toNode(scope: Element, syntax: Syntax, depth: number): Node {
  const node: Record<string, unknown[]> = Object.create(null);
  node['@type'] = (scope.getAttribute(syntax.type) ?? '').split(/\s+/);
  const properties = [...scope.querySelectorAll(`[${syntax.property}]`)].filter(
    (element) => element.parentElement?.closest(`[${syntax.scope}]`) === scope,
  );
  for (const element of properties.slice(0, MAX_PROPERTIES)) {
    const names = (element.getAttribute(syntax.property) ?? '').split(/\s+/).map((name) => name.replace(/^.*[/:]/, ''));
    const isThing = element.hasAttribute(syntax.scope);
    for (const name of names) {
      const value = isThing ? (depth > 0 ? toNode(element, syntax, depth - 1) : undefined) : textIn(element, name);
      if (value) node[name] = [...(node[name] ?? []), value];
    }
  }
  return node;
}

/** The attribute that holds an element's value, where that is not its text. */
const VALUE_ATTRIBUTES: Readonly<Record<string, string>> = {
  LINK: 'href',
  AREA: 'href',
  IMG: 'src',
  SOURCE: 'src',
  OBJECT: 'data',
  DATA: 'value',
  METER: 'value',
  TIME: 'datetime',
};

function textIn(element: Element, name: string): string | undefined {
  // A link names a product by its text, whatever the specification says of its address.
  const attribute = element.matches('a') && /^(url|image|availability)$/.test(name) ? 'href' : VALUE_ATTRIBUTES[element.tagName];
  const stated =
    element.getAttribute('content') ?? element.getAttribute('resource') ?? (attribute && element.getAttribute(attribute));
  const value = stated ?? (element.textContent ?? '').slice(0, MAX_CHARACTERS).replace(/\s+/g, ' ');
  return value.startsWith('data:') ? undefined : value.trim();
}
