// The part of jQuery that WooCommerce's classic scripts speak: events of its own that no native listener hears, `.data()` with its types.
(() => {
  const handlers = new WeakMap();
  const stored = new WeakMap();

  class List extends Array {
    on(types, ...rest) {
      const handler = rest.pop();
      const [selector] = rest;
      for (const type of types.split(' ')) {
        for (const node of this) {
          const [name, namespace] = type.split('.');
          const entry = { name, namespace, handler, selector };
          handlers.set(node, [...(handlers.get(node) ?? []), entry]);
          // Native events reach jQuery's handlers; what jQuery triggers stays its own.
          entry.native = (event) => run(node, entry, event, []);
          node.addEventListener(name, entry.native);
        }
      }
      return this;
    }
    off(types, handler) {
      const names = types.split(' ').map((type) => type.split('.'));
      for (const node of this) {
        const kept = (handlers.get(node) ?? []).filter((entry) => {
          const isGone = names.some(([name, space]) => (!name || name === entry.name) && (!space || space === entry.namespace));
          if (!isGone || (handler && handler !== entry.handler)) return true;
          node.removeEventListener(entry.name, entry.native);
          return false;
        });
        handlers.set(node, kept);
      }
      return this;
    }
    trigger(type, args = []) {
      for (const target of this) {
        const event = {
          type,
          target,
          isPropagationStopped: false,
          stopPropagation: () => (event.isPropagationStopped = true),
          preventDefault() {},
        };
        for (
          let node = target;
          node && !event.isPropagationStopped;
          node = node.parentNode ?? (node === document ? window : null)
        ) {
          for (const entry of handlers.get(node) ?? []) if (entry.name === type && !entry.selector) run(node, entry, event, args);
        }
      }
      return this;
    }
    data(name, value) {
      const [node] = this;
      if (value !== undefined) stored.set(node, { ...stored.get(node), [name]: value });
      const text = node?.getAttribute(`data-${name}`) ?? undefined;
      return stored.get(node)?.[name] ?? (text !== undefined && `${+text}` === text ? +text : text);
    }
    attr(name) {
      return this[0]?.getAttribute(name) ?? undefined;
    }
    is(selector) {
      return this.some((node) => node.matches(selector));
    }
  }

  function run(node, entry, event, args) {
    const self = entry.selector ? event.target.closest?.(entry.selector) : node;
    if (!self || entry.handler.call(self, event, ...args) !== false) return;
    event.preventDefault();
    event.stopPropagation();
  }

  function jQuery(target) {
    if (typeof target === 'function') {
      if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', () => target(jQuery));
      else target(jQuery);
      return jQuery(document);
    }
    const nodes =
      typeof target === 'string' ? document.querySelectorAll(target) : target instanceof List ? target : target ? [target] : [];
    return List.from(nodes);
  }
  jQuery.fn = List.prototype;
  window.jQuery = jQuery;
})();
