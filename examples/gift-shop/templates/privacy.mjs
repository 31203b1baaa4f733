import { html } from './html.mjs';
import { layout } from './layout.mjs';

export function privacyPage() {
  return layout({
    title: 'What this shop remembers',
    description: 'What this shop keeps in your browser, for how long, and how to see and erase it.',
    script: 'privacy-page.js',
    body: html`<div class="wrap section prose">
<h1>What this shop remembers</h1>
<p class="lead">Your cart, so that it is still there tomorrow. And, only if you allow suggestions, what you look at and buy. All of it in this
browser, none of it with us.</p>

<section class="panel" aria-labelledby="now">
<h2 id="now">In this browser, now</h2>
<p role="status" data-privacy-status>Looking…</p>
<p class="panel-actions">
<button type="button" class="button" data-privacy-export>Show what is kept</button>
<button type="button" class="button" data-privacy-erase>Erase it</button>
<button type="button" class="button" data-consent-open>Change your answer</button>
</p>
<div data-privacy-data hidden>
<p><a class="button" download="kept-by-tansy-and-twine.json" data-privacy-download>Download as JSON</a></p>
<pre tabindex="0" aria-label="What is kept"></pre>
</div>
</section>

<h2>Without suggestions</h2>
<p>Your cart, your answer to our question and your last order are kept in this browser’s storage until you clear it. No script watches what
you look at.</p>

<h2>With suggestions</h2>
<ul>
<li>Kept: which gifts you look at, for how long and how far down, which suggestions you were shown, what you put in the cart, take out and buy.</li>
<li>Kept for: single events 7 days, the visit 30 days, what you bought 13 months. Then this browser deletes it by itself.</li>
<li>Used for: choosing what to show under your cart. A small program in this browser does the choosing.</li>
<li>Sent: none of it. This browser fetches the program and its list of gifts, which are the same files for everybody.</li>
</ul>
<p>When you say no, or change your mind, all of this is erased at once, in every tab.</p>

<h2>When several people use this browser</h2>
<p>They see the same cart and the same suggestions. Erase what is kept before you leave a computer that is not yours.</p>
</div>`,
  });
}
