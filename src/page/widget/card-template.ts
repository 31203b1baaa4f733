import type { CardParts } from './card-parts.js';
import { adoptStyles } from './adopt-styles.js';
import { element } from './element.js';

/**
 * Makes cards of a shop's own `<template slot="card">`: its elements with `data-bind="title|price|reason|image|link|add"` are filled, all as
 * text. Its `<style>` elements become a sheet of the shadow root, which a strict CSP lets through.
 */
export function createTemplateParts(template: HTMLTemplateElement, root: ShadowRoot): (tag: 'li' | 'div') => CardParts {
  const layout = document.importNode(template.content, true);
  for (const style of layout.querySelectorAll('style')) {
    style.remove();
    adoptStyles(root, style.textContent ?? '');
  }
  return (tag) => {
    const card = element(tag, { part: 'card custom' }, layout.cloneNode(true));
    const find = (name: string): HTMLElement => card.querySelector<HTMLElement>(`[data-bind~="${name}"]`) ?? element('span', {});
    const image = find('image');
    const button = find('add');
    if (!button.matches('button')) button.setAttribute('role', 'button');
    return {
      card,
      link: find('link'),
      name: find('title'),
      price: find('price'),
      reason: find('reason'),
      button,
      picture: image,
      letter: element('span', {}),
      image: image instanceof HTMLImageElement ? image : element('img', {}),
    };
  };
}
