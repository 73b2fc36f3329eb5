import dgram from 'node:dgram';
import { lookup } from 'node:dns/promises';
import http from 'node:http';
import net from 'node:net';
import test from 'node:test';

const failed = (emitter) => new Promise((_, reject) => emitter.on('error', reject));

test('connect', () => failed(net.connect(80, '192.0.2.1')));
test('ask', () => failed(http.get('http://192.0.2.1/')));
test('look up', () => lookup('name.example'));
test('send', () => dgram.createSocket('udp4').send('x', 53, '192.0.2.1'));
