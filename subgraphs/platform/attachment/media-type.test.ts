import { expect, test } from 'vitest';
import { mediaTypeOf } from './media-type.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');

test.each([
  ['rechnung.pdf', '%PDF-1.7\n%âãÏÓ\n', 'application/pdf'],
  ['foto.jpg', '\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01', 'image/jpeg'],
  ['bild.png', '\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00', 'image/png'],
  ['liste.csv', 'Nr;Name\n1;Müller\n', 'text/csv'],
  ['xrechnung.xml', '<?xml version="1.0"?><Invoice/>', 'application/xml'],
  ['notiz.txt', 'Hallo', 'text/plain'],
  ['seite.html', '<script>alert(1)</script>', 'text/html'],
  ['daten.bin', '\x00\x01\x02\x03', 'application/octet-stream'],
])('%s is known by its bytes', async (name, content, expected) => {
  expect(await mediaTypeOf(bytes(content), name)).toBe(expected);
});

test('the name of a file does not make it what it is not', async () => {
  expect(await mediaTypeOf(bytes('<script>alert(1)</script>'), 'harmlos.png')).toBe('text/plain');
  expect(await mediaTypeOf(bytes('%PDF-1.7\n'), 'harmlos.png')).toBe('application/pdf');
});

test('programs are refused, by their bytes and by their names', async () => {
  expect(await mediaTypeOf(bytes('MZ\x90\x00\x03\x00'), 'rechnung.pdf')).toBeNull();
  expect(await mediaTypeOf(bytes('\x7fELF\x02\x01\x01'), 'rechnung')).toBeNull();
  expect(await mediaTypeOf(bytes('#!/bin/sh\nrm -rf /'), 'rechnung.txt')).toBeNull();
  expect(await mediaTypeOf(bytes('@echo off'), 'Rechnung.pdf.BAT')).toBeNull();
});
