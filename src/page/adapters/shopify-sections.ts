import type { CaptureContext } from '../capture/capture-context.js';
import { openScope } from '../capture/open-scope.js';

const WRAPPER = 'shopify-section-';
/** What carries `is-empty` in Dawn and the many themes made of it. */
const MAY_BE_EMPTY = 'cart-drawer, cart-items, cart-drawer-items, #main-cart-footer';
/** Events on which other themes read their cart anew: Prestige, Focal and Warehouse; Impulse, Motion and Expanse. */
const REFRESH_EVENTS = ['cart:refresh', 'cart:build'];

/** A part of the page, the section that renders it anew, and where in the section it is. */
type Part = readonly [target: Element, sectionId: string, within: string];

/** Has the theme's drawer and cart page show the cart as it is now, as the theme does after its own changes. */
export function renderCartSections(context: CaptureContext, isEmpty: boolean): void {
  for (const [target, sectionId, within] of findParts()) {
    loadSection(context, sectionId, (section) => {
      const fresh = section.querySelector(within);
      if (fresh) replaceContents(target, fresh);
      for (const element of document.querySelectorAll(MAY_BE_EMPTY)) element.classList.toggle('is-empty', isEmpty);
    });
  }
  for (const type of REFRESH_EVENTS) document.documentElement.dispatchEvent(new CustomEvent(type, { bubbles: true }));
}

function findParts(): Part[] {
  const wrapped = [...document.querySelectorAll(`[id^="${WRAPPER}"][id*="cart"]`)].map(
    (target): Part => [target, target.id.slice(WRAPPER.length), `[id="${CSS.escape(target.id)}"], .shopify-section`],
  );
  // Dawn puts these two on the page without their wrappers.
  const bare = [
    ['cart-drawer', 'cart-drawer .drawer__inner', '.drawer__inner'],
    ['cart-icon-bubble', '#cart-icon-bubble', '.shopify-section'],
  ].flatMap(([sectionId = '', selector = '', within = '']): Part[] => {
    const target = document.querySelector(selector);
    return target && !wrapped.some(([wrapper]) => wrapper.contains(target)) ? [[target, sectionId, within]] : [];
  });
  return [...wrapped, ...bare];
}

/** Loads a section as a document: it is parsed by the request itself, which Trusted Types allow; its scripts never run. */
function loadSection(context: CaptureContext, sectionId: string, onLoad: (section: Document) => void): void {
  const request = new XMLHttpRequest();
  const { listen, stop } = openScope(context);
  listen(request, 'load error abort', () => {
    stop();
    if (request.status === 200 && request.responseXML) onLoad(request.responseXML);
  });
  request.open('GET', `${location.pathname}?section_id=${encodeURIComponent(sectionId)}`);
  request.responseType = 'document';
  request.send();
}

/** Replaces only what Dawn marks as its contents, where it is marked: the rest holds styles that would flash. */
function replaceContents(target: Element, fresh: Element): void {
  const [held, next] = [target, fresh].map((root) => [...root.querySelectorAll('.js-contents')]);
  const isMarked = held?.length && held.length === next?.length;
  (isMarked ? held : [target]).forEach((element, index) => {
    element.replaceChildren(...document.adoptNode(isMarked ? (next?.[index] ?? fresh) : fresh).childNodes);
  });
}
