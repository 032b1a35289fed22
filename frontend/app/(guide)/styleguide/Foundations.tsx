import type { CSSProperties } from 'react';
import { language } from '#i18n/server.ts';

const roles = [
  'canvas',
  'surface',
  'surface-2',
  'surface-3',
  'raised',
  'fg',
  'fg-muted',
  'fg-subtle',
  'line',
  'line-strong',
  'line-control',
  'accent',
  'accent-text',
  'accent-soft',
  'focus',
  'row-selected',
  'inverse',
  'data-1',
  'data-2',
  'data-3',
];
const meanings = ['ok', 'warn', 'danger', 'info'].flatMap((name) => [name, `${name}-bg`, `${name}-fg`]);
const ramps = {
  n: [0, 25, 50, 100, 150, 200, 300, 400, 500, 600, 700, 800, 850, 900, 950, 1000],
  petrol: [50, 100, 200, 300, 400, 500, 600, 700, 800, 900],
};
const sizes = ['3xl', '2xl', 'xl', 'lg', 'md', 'sm', 'xs', '2xs'];

const colour = (name: string) => ({ '--c': `var(--${name})` }) as CSSProperties;

export function Colours() {
  return (
    <>
      {[roles, meanings].map((names) => (
        <div className="swatches" key={names[0]}>
          {names.map((name) => (
            <div className="swatch" key={name}>
              <i style={colour(name)} />
              <code>{name}</code>
            </div>
          ))}
        </div>
      ))}
      {Object.entries(ramps).map(([name, steps]) => (
        <div className="ramp" key={name} title={name}>
          {steps.map((step) => (
            <i key={step} style={colour(`${name}-${step}`)} />
          ))}
        </div>
      ))}
    </>
  );
}

export async function Type() {
  const { format } = await language();
  return (
    <div>
      {sizes.map((size) => (
        <div className="type-row" key={size}>
          <code>text-{size}</code>
          <span className="tabn" style={{ fontSize: `var(--text-${size})`, fontWeight: 600 }}>
            {format.money('9009852.97')}
          </span>
        </div>
      ))}
    </div>
  );
}
