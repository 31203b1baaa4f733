import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Lines of a page's code blocks that a shop owner pastes: what the browser's console runs is no part of a shop. */
function pastedLines(platform: string): string[] {
  const page = readFileSync(new URL(`../../docs/quick-start/${platform}.md`, import.meta.url), 'utf8');
  const blocks = [...page.matchAll(/```(?:html|php|liquid)\n([\s\S]*?)```/g)].map(([, code = '']) => code);
  return blocks
    .flatMap((code) => code.split('\n'))
    .filter((line) => line.trim() !== '' && !/^\s*(<!--|\/\/|\{%-? comment)/.test(line));
}

describe('the quick start of a platform', () => {
  it.each(['shopify', 'woocommerce', 'ga4', 'adobe'])('asks %s for the script tag and at most two lines more', (platform) => {
    const lines = pastedLines(platform);
    const tags = lines.filter((line) => line.includes('auto.js'));
    expect(tags).toHaveLength(1);
    expect(lines.length - tags.length).toBeLessThanOrEqual(2);
    expect(lines.some((line) => line.includes('<tillside-suggestions'))).toBe(true);
  });
});
