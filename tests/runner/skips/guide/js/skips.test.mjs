import test from 'node:test';

test('works', () => {});
test('skipped', { skip: 'not today' }, () => {});
test('skips itself', (t) => t.skip('not here'));
test.todo('to be done');
