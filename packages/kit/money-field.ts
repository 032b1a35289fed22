/** Resolver of a `Money` field: the row's decimal with its own currency, or euros where the row has none. */
export const money =
  <Property extends string>(property: Property) =>
  (row: { readonly [P in Property]: string | null } & { readonly currency?: string }) => {
    const amount: string | null = row[property];
    return amount === null ? null : { amount, currency: row.currency ?? 'EUR' };
  };

/** Resolver of a reference to an entity of another domain: only its id is known here. */
export const reference =
  <Property extends string>(property: Property) =>
  (row: { readonly [P in Property]: string | null }) => {
    const id: string | null = row[property];
    return id === null ? null : { id };
  };
