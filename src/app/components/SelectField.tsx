import { useId } from 'react';

interface Props<Value extends string> {
  label: string;
  value: Value | '';
  options: readonly { value: Value; name: string }[];
  /** Shown while nothing is chosen. */
  placeholder?: string;
  disabled?: boolean;
  /** Id of the sentence that explains it. */
  describedBy?: string;
  onChange: (value: Value) => void;
}

/** The browser's own select: it works with every keyboard, screen reader and phone. */
export function SelectField<Value extends string>({ label, value, options, placeholder, disabled, describedBy, onChange }: Props<Value>) {
  const id = useId();
  return (
    <div className="field-line">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="select"
        value={value}
        disabled={disabled}
        aria-describedby={describedBy}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {(value === '' || placeholder !== undefined) && (
          <option value="" disabled>
            {placeholder ?? ''}
          </option>
        )}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.name}
          </option>
        ))}
      </select>
    </div>
  );
}
