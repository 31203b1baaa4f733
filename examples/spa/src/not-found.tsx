import { listHref } from './router.js';
import { useTitle } from './use-title.js';

export function NotFound() {
  useTitle('Not found');
  return (
    <div className="wrap section">
      <h1>There is nothing here</h1>
      <p>
        <a className="button button-primary" href={listHref()}>
          See all gifts
        </a>
      </p>
    </div>
  );
}
