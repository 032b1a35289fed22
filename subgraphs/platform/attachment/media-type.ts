import { fileTypeFromBuffer } from 'file-type';

/** What is started by opening it: never anything that belongs to a record. */
const PROGRAMS: ReadonlySet<string> = new Set([
  'application/x-msdownload',
  'application/x-elf',
  'application/x-mach-binary',
  'application/x-sh',
  'application/x-ms-shortcut',
  'application/x-msi',
  'application/x-apple-diskimage',
  'application/java-vm',
  'application/vnd.android.package-archive',
  'application/x-chrome-extension',
]);
const PROGRAM_NAMES = /\.(exe|com|scr|pif|bat|cmd|ps1|vbs|vbe|wsf|hta|lnk|msi|msix|jar|apk|dmg|app|reg|sh)$/i;

/** Text has no marks of its own, so its name tells what it is; nothing else is believed. */
const TEXTS: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  json: 'application/json',
  xml: 'application/xml',
  html: 'text/html',
  htm: 'text/html',
  svg: 'image/svg+xml',
  eml: 'message/rfc822',
  md: 'text/markdown',
};

/**
 * What a file is, by its first bytes and not by what its sender says; null for a program. Plain text is known by being
 * text throughout, everything else that has no marks is `application/octet-stream`.
 */
export async function mediaTypeOf(start: Uint8Array, fileName: string): Promise<string | null> {
  if (PROGRAM_NAMES.test(fileName) || (start[0] === 0x23 && start[1] === 0x21)) return null;
  const found = (await fileTypeFromBuffer(start).catch(() => undefined))?.mime;
  if (found && PROGRAMS.has(found)) return null;
  if (found && found !== 'application/xml') return found;
  const [, ending = ''] = /\.([a-z]+)$/i.exec(fileName) ?? [];
  if (!isText(start)) return 'application/octet-stream';
  return TEXTS[ending.toLowerCase()] ?? found ?? 'text/plain';
}

/** UTF-8, or text of one byte a letter; no control characters but those of lines. */
const isText = (start: Uint8Array): boolean => start.every((byte) => byte >= 0x20 || [9, 10, 12, 13].includes(byte));
