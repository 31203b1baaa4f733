/** Text as HTML shows it: titles come from shops and may hold anything. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** 0.1234 → `12.3 %`, never broken between the two. */
export function percent(share: number, digits = 1): string {
  return `${(100 * share).toFixed(digits)}\u00a0%`;
}

/** A table that scrolls by itself on a narrow screen. The first column is text, the others are figures. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[], tag: 'td' | 'th') =>
    `<tr>${cells.map((cell, i) => (i === 0 ? `<th scope="${tag === 'th' ? 'col' : 'row'}">` : `<${tag}>`) + escapeHtml(cell) + (i === 0 ? '</th>' : `</${tag}>`)).join('')}</tr>`;
  const body = rows.map((row) => line(row, 'td')).join('');
  return `<div class="scroll" tabindex="0"><table><thead>${line(head, 'th')}</thead><tbody>${body}</tbody></table></div>`;
}
