import { html } from './html.mjs';

/** Hidden until the shop's script finds that there is no answer yet. */
export function consentBanner() {
  return html`<section class="consent" aria-labelledby="consent-title" data-consent-banner hidden>
<div>
<h2 id="consent-title">May we suggest things that go with your cart?</h2>
<p>To do so, this shop keeps in this browser what you look at and add. The suggestions are worked out here too, and none of it is sent
to us or to anybody else. <a href="/privacy.html">What is kept</a></p>
</div>
<div class="consent-answers">
<button type="button" class="button" data-consent="denied">No thanks</button>
<button type="button" class="button" data-consent="granted">Allow</button>
</div>
</section>`;
}
