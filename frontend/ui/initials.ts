/** Two letters for a person, by name or e-mail address. */
export function initials(name: string): string {
  const [first = '', second = ''] = name.split(/[\s._@-]+/);
  return (first.charAt(0) + (second.charAt(0) || first.charAt(1))).toUpperCase();
}
