/** Whether PostgreSQL can keep a text: it takes neither a zero byte nor half of a surrogate pair. */
export const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();
