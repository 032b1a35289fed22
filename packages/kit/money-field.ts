/** Resolver of a `Money` field: the row's decimal with its own currency, or euros where the row has none. */
export const money =
  <Property extends string>(property: Property) =>
  <Row extends { readonly [P in Property]: string | null } & { readonly currency?: string }>(row: Row) => {
    const amount: string | null = row[property];
    const value = amount === null ? null : { amount, currency: row.currency ?? 'EUR' };
    return value as Row[Property] extends string ? NonNullable<typeof value> : typeof value;
  };

/** Resolver of a reference to an entity of another domain: only its id is known here. */
export const reference =
  <Property extends string>(property: Property) =>
  (row: { readonly [P in Property]: string | null }) => {
    const id: string | null = row[property];
    return id === null ? null : { id };
  };
