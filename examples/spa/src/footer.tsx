export function Footer({ onConsentOpen }: { readonly onConsentOpen: () => void }) {
  return (
    <footer className="site-footer">
      <div className="wrap site-footer-columns">
        <section aria-labelledby="footer-privacy">
          <h2 id="footer-privacy">Your privacy</h2>
          <p>
            <button type="button" className="link" onClick={onConsentOpen}>
              Change your mind about suggestions
            </button>
          </p>
        </section>
        <section className="site-footer-note" aria-labelledby="footer-about">
          <h2 id="footer-about">A demo</h2>
          <p>
            The <a href="/">gift shop</a> as a single-page app. Nothing is sold here. Names and prices are those of a real gift
            shop of 2010–11 (<a href="https://doi.org/10.24432/C5BW33">Chen, D. 2015, Online Retail</a>). Pictures, departments
            and stock are ours.
          </p>
        </section>
      </div>
    </footer>
  );
}
