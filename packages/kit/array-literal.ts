/**
 * An array parameter as PostgreSQL writes it. The driver asks every element what it is and replaces twice in every text; a bulk
 * call has tens of thousands of elements, which are numbers, nulls and texts without anything to escape.
 */
export function arrayLiteral(values: readonly unknown[]): unknown {
  let literal = '{';
  for (let index = 0; index < values.length; index++) {
    if (index > 0) literal += ',';
    const value = values[index];
    if (typeof value === 'string') literal += quoted(value);
    else if (value === null || value === undefined) literal += 'NULL';
    else if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') literal += value;
    // Anything else is left to the driver.
    else return values;
  }
  return `${literal}}`;
}

const quoted = (text: string): string =>
  text.includes('"') || text.includes('\\') ? `"${text.replace(/["\\]/g, '\\$&')}"` : `"${text}"`;
