import { expect, test } from 'vitest';
import { slidesAddress } from '../../../../client-web/src/screen/slides';

test.each([
  [undefined, null],
  ['javascript:alert(1)', null],
  ['http://example.org/', null],
  ['https://example.org/', 'example.org'],
  ['https://example.org/transport', 'example.org/transport'],
  [`https://example.org/${'a'.repeat(60)}`, ''],
])('of %s a wall shows %j', (link, address) => expect(slidesAddress(link)).toBe(address));
