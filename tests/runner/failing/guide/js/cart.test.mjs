import assert from 'node:assert';
import test, { describe, it } from 'node:test';
import { total } from './cart.mjs';

test('the total of a cart', () => {
  assert.equal(total([300, 150]), 450);
});

describe('an empty cart', () => {
  it('costs nothing', async () => {
    await 0;
    assert.equal(total([]), 0);
  });
});
