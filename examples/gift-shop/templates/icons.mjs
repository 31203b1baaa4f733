import { html } from './html.mjs';

const icon = (drawing) =>
  html`<svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${drawing}</svg>`;

export const searchIcon = icon(html`<circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/>`);
export const cartIcon = icon(
  html`<path d="M4.5 9h15l-1.6 10.500H6.100z"/><path d="M8.5 9 11 4M15.5 9 13 4M9.5 13v3M14.5 13v3"/>`,
);
export const plusIcon = icon(html`<path d="M12 6v12M6 12h12"/>`);
export const minusIcon = icon(html`<path d="M6 12h12"/>`);
export const tickIcon = icon(html`<path d="m5 12.5 4.5 4.500L19 7.5"/>`);
export const vanIcon = icon(
  html`<path d="M2.5 6.500h11v9.500h-11zM13.5 10h4l3.5 3v3h-7.500z"/><circle cx="7" cy="17.5" r="1.8"/><circle cx="17" cy="17.5" r="1.8"/>`,
);
export const giftIcon = icon(
  html`<path d="M4 9.500h16v3.500H4zM5.5 13h13v7h-13zM12 9.500V20M12 9.500C9 9.5 7 8 7.5 6.2 8 4.5 11 5 12 9.500c1-4.5 4-5 4.5-3.300C17 8 15 9.5 12 9.500z"/>`,
);
export const homeIcon = icon(html`<path d="M4 11.5 12 5l8 6.500M6.5 10v9.500h11V10M10.5 19.500v-5h3v5"/>`);
export const sprig = html`<svg class="sprig" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true"><circle cx="16" cy="16" r="16" fill="var(--brand)"/><g fill="none" stroke="#fffdf6" stroke-width="1.7" stroke-linecap="round"><path d="M16 26V13M16 22c-3.5 0-5.5-2-5.5-5M16 19.500c3.5 0 5.5-2 5.5-5"/></g><g fill="var(--gold)"><circle cx="16" cy="10" r="3.2"/><circle cx="10.3" cy="13.5" r="2.4"/><circle cx="21.7" cy="11.5" r="2.4"/></g></svg>`;
