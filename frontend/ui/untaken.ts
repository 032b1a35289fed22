/**
 * What someone typed into a combobox of a form without choosing a match; null where every choice was made. The field is marked as
 * wrong and has the focus: saving would lose what stands there.
 */
export function untakenText(form: HTMLElement | null): string | null {
  const field = form?.querySelector<HTMLInputElement>('[data-untaken]');
  if (!field) return null;
  // Being left is what marks it.
  field.blur();
  field.focus();
  field.scrollIntoView({ block: 'center' });
  return field.value.trim();
}
