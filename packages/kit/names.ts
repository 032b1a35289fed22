/** `issuedOn` to `ISSUED_ON`, as enums of the graph name fields. */
export const constantCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
