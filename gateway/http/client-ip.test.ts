import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { createClientIp, holderOf, readNetwork } from './client-ip.ts';

const ask = (peer: string, forwarded?: string, proxies: string[] = ['10.1.0.0/16', '2001:db8::/32', '192.0.2.7']) =>
  createClientIp(proxies)({
    socket: { remoteAddress: peer },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  } as unknown as IncomingMessage);

test.each([
  ['no proxy', '203.0.113.5', undefined, '203.0.113.5'],
  ['the front on this machine', '127.0.0.1', '203.0.113.5', '203.0.113.5'],
  ['the front on this machine, over IPv6', '::1', '203.0.113.5', '203.0.113.5'],
  ['a load balancer on another machine', '10.1.2.3', '203.0.113.5', '203.0.113.5'],
  ['one whose connection is of both kinds', '::ffff:10.1.2.3', '203.0.113.5', '203.0.113.5'],
  ['one that is reached over IPv6', '2001:db8::1', '2a00::5', '2a00::5'],
  ['several in a row', '10.1.2.3', '203.0.113.5, 192.0.2.7,10.1.9.9', '203.0.113.5'],
  ['one that names ports', '10.1.2.3', '203.0.113.5:4711', '203.0.113.5'],
  ['one that names ports over IPv6', '10.1.2.3', '[2a00::5]:4711', '2a00::5'],
  ['a client within the network of the proxies', '10.1.2.3', '10.1.7.7', '10.1.7.7'],
])('the client is found behind %s', (_, peer, forwarded, client) => {
  expect(ask(peer, forwarded)).toBe(client);
});

test.each([
  ['who is no proxy', '203.0.113.5', '6.6.6.6', '203.0.113.5'],
  ['who is in a network next to it', '10.2.0.1', '6.6.6.6', '10.2.0.1'],
  ['before what the proxy added', '10.1.2.3', '6.6.6.6, 203.0.113.5', '203.0.113.5'],
  ['in the name of a proxy', '10.1.2.3', '6.6.6.6, 10.1.2.3, 203.0.113.5', '203.0.113.5'],
  ['that is no address', '10.1.2.3', 'localhost', '10.1.2.3'],
  ['that is nothing', '10.1.2.3', ' , ', '10.1.2.3'],
  ['in another form of an address', '10.1.2.3', '6.6.6.6, 0x7f.1', '10.1.2.3'],
])('nobody is believed %s', (_, peer, forwarded, client) => {
  expect(ask(peer, forwarded)).toBe(client);
});

test.each(['10.0.0.0/0', '10.0.0.0/33', '::/0', '10.0.0', 'proxy', '', '10.0.0.1/', '10.0.0.1/8/8', '*'])(
  '%j is no network of proxies',
  (text) => {
    expect(readNetwork(text)).toBeNull();
    expect(() => createClientIp([text])).toThrow('no address or network');
  },
);

test.each([
  ['203.0.113.5', '203.0.113.5'],
  ['2001:db8:1:2::5', '2001:db8:1:2::/64'],
  ['2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::5', '2001:db8:1:2::/64'],
  ['2001:db8::5', '2001:db8:0:0::/64'],
  ['2001:db8:0:0:1::', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['', ''],
])('%j has the share of %j', (address, holder) => {
  expect(holderOf(address)).toBe(holder);
});
