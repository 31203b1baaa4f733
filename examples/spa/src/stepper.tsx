import { MinusIcon, PlusIcon } from './icons.js';

const MAX_QUANTITY = 99;

export interface StepperProps {
  readonly quantity: number;
  readonly onChange: (quantity: number) => void;
  readonly isDisabled?: boolean;
}

/** How many: 1–99. */
export function Stepper({ quantity, onChange, isDisabled = false }: StepperProps) {
  const change = (value: number) => onChange(Math.min(MAX_QUANTITY, Math.max(1, Math.round(value) || 1)));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has a frame of its own, this is the shop's
    <div className="stepper" role="group" aria-label="Quantity">
      <button type="button" aria-label="One less" disabled={isDisabled || quantity <= 1} onClick={() => change(quantity - 1)}>
        <MinusIcon />
      </button>
      <input
        type="number"
        min="1"
        max={MAX_QUANTITY}
        inputMode="numeric"
        aria-label="Quantity"
        value={quantity}
        disabled={isDisabled}
        onChange={(event) => change(event.target.valueAsNumber)}
      />
      <button type="button" aria-label="One more" disabled={isDisabled} onClick={() => change(quantity + 1)}>
        <PlusIcon />
      </button>
    </div>
  );
}
