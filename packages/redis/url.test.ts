import { expect, test } from 'vitest';
import { readRedisUrl } from './url.ts';

test.each([
  ['redis://localhost:6379', { kind: 'one' }],
  ['rediss://user:secret@redis.example/2', { kind: 'one' }],
  [
    'redis+sentinel://a:1,b/main',
    {
      kind: 'sentinel',
      hosts: [
        { host: 'a', port: 1 },
        { host: 'b', port: 26_379 },
      ],
      isSecure: false,
      name: 'main',
      db: 0,
    },
  ],
  [
    'rediss+sentinel://:p%40ss:word@[::1]:7/main/3',
    {
      kind: 'sentinel',
      hosts: [{ host: '::1', port: 7 }],
      isSecure: true,
      name: 'main',
      db: 3,
      password: 'p@ss:word',
    },
  ],
  [
    'redis+cluster://valeo:secret@a,b:7001',
    {
      kind: 'cluster',
      hosts: [
        { host: 'a', port: 6_379 },
        { host: 'b', port: 7_001 },
      ],
      isSecure: false,
      username: 'valeo',
      password: 'secret',
    },
  ],
])('%s is read', (text, target) => {
  expect(readRedisUrl(text)).toEqual(target);
});

test.each([
  'http://localhost',
  'redis+sentinel://a:1',
  'redis+sentinel://a:99999/main',
  'redis+sentinel://a,,b/main',
  'redis+cluster://a:1/2',
  'redis+cluster://',
  'localhost:6379',
])('%s is none', (text) => {
  expect(readRedisUrl(text)).toBeNull();
});
