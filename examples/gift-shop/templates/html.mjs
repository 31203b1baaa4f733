// In: values of any kind. Out: HTML in which every value that is not markup is escaped.

/** Text that is markup already and goes in as it is. */
class Markup {
  constructor(text) {
    this.text = text;
  }

  toString() {
    return this.text;
  }
}

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** @param {unknown} value */
export function escapeHtml(value) {
  return String(value).replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

/** Template tag: escapes what is interpolated, except markup and lists of it; `false`, `null` and `undefined` are nothing. */
export function html(strings, ...values) {
  return new Markup(String.raw({ raw: strings }, ...values.map(toText)));
}

function toText(value) {
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.map(toText).join('');
  return value === undefined || value === null || value === false ? '' : escapeHtml(value);
}

/** A JSON-LD script; `<` is written so that no title can end it. */
export function jsonLd(data) {
  return new Markup(`<script type="application/ld+json">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`);
}
