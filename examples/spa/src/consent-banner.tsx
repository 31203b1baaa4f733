import { shop, useShop } from './shop-store.js';

/** Asks until there is an answer; the footer asks again. */
export function ConsentBanner({ isOpen, onAnswer }: { readonly isOpen: boolean; readonly onAnswer: () => void }) {
  const { consent } = useShop();
  if (consent !== 'pending' && !isOpen) return null;
  const answer = (given: 'granted' | 'denied') => () => {
    shop.answerConsent(given);
    onAnswer();
  };
  return (
    <section className="consent" aria-labelledby="consent-title">
      <div>
        <h2 id="consent-title">May we suggest things that go with your cart?</h2>
        <p>
          To do so, this shop keeps in this browser what you look at and add. The suggestions are worked out here too, and none of
          it is sent to us or to anybody else.
        </p>
      </div>
      <div className="consent-answers">
        <button type="button" className="button" data-consent="denied" onClick={answer('denied')}>
          No thanks
        </button>
        <button type="button" className="button" data-consent="granted" onClick={answer('granted')}>
          Allow
        </button>
      </div>
    </section>
  );
}
