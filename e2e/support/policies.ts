// In: docs/csp.md. Out: its policies, for this test's hosts: what the page recommends is what the tests run.
import { readFileSync } from 'node:fs';

const text = readFileSync('docs/csp.md', 'utf8');

/** Reads the policy under a heading of docs/csp.md. @param hosts the origins that stand for those of the page */
export function policyOf(heading: string, hosts: { readonly shop: string; readonly cdn?: string }): Record<string, string> {
  const [, section = ''] = text.split(`### ${heading}\n`);
  const policy = /```http\nContent-Security-Policy: (.+)\n```/.exec(section.split('\n## ')[0]?.split('\n### ')[0] ?? '')?.[1];
  if (!policy) throw new Error(`docs/csp.md has no policy under "${heading}".`);
  const ours = policy.replaceAll('https://shop.example', hosts.shop).replaceAll('https://cdn.example', hosts.cdn ?? '');
  return { 'content-security-policy': ours };
}

/** The same policy, with one of its directives allowing nothing. */
export function restricted(directive: string, policy: Record<string, string>): Record<string, string> {
  const before = policy['content-security-policy'] as string;
  const after = before.replace(new RegExp(`(^|; )${directive} [^;]*`), `$1${directive} 'none'`);
  if (after === before) throw new Error(`There is no ${directive} in ${before}.`);
  return { 'content-security-policy': after };
}
