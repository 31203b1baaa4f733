// The gift shop's icons, as components.
import type { ReactNode } from 'react';

function Icon({ children }: { readonly children: ReactNode }) {
  return (
    <svg
      className="icon"
      viewBox="0 0 24 24"
      width="24"
      height="24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const CartIcon = () => (
  <Icon>
    <path d="M4.5 9h15l-1.6 10.5H6.100zM8.5 9 11 4M15.5 9 13 4M9.5 13v3M14.5 13v3" />
  </Icon>
);

export const PlusIcon = () => (
  <Icon>
    <path d="M12 6v12M6 12h12" />
  </Icon>
);

export const MinusIcon = () => (
  <Icon>
    <path d="M6 12h12" />
  </Icon>
);

export const TickIcon = () => (
  <Icon>
    <path d="m5 12.5 4.5 4.5L19 7.5" />
  </Icon>
);

export const SearchIcon = () => (
  <Icon>
    <circle cx="11" cy="11" r="6.5" />
    <path d="m16 16 4.5 4.5" />
  </Icon>
);

export const Sprig = () => (
  <svg className="sprig" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
    <circle cx="16" cy="16" r="16" fill="var(--primary)" />
    <g fill="none" stroke="var(--on-primary)" strokeWidth="1.7" strokeLinecap="round">
      <path d="M16 26V13M16 22c-3.5 0-5.5-2-5.5-5M16 19.5c3.5 0 5.5-2 5.5-5" />
    </g>
    <g fill="var(--gold)">
      <circle cx="16" cy="10" r="3.2" />
      <circle cx="10.3" cy="13.5" r="2.4" />
      <circle cx="21.7" cy="11.5" r="2.4" />
    </g>
  </svg>
);
