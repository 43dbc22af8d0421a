/** Who a key belongs to, and that finding out takes the same work for every key. */
import crypto, { createHash } from 'node:crypto';

import { ApiKeys } from '../../../../graphql/server/access/apiKeys';

const NAMES = ['one', 'two', 'three', 'four'];
const keys = new ApiKeys(
	NAMES.map((id) => ({
		id,
		sha256: createHash('sha256').update(`key of ${id}`).digest('hex'),
		connections: ['*'],
		accounts: ['*'],
		mask: [],
		metrics: false,
	})),
);

it.each(NAMES)('knows the key of %s', (id) => {
	expect(keys.find(`key of ${id}`)?.id).toBe(`key:${id}`);
});

it.each(['', 'key of', 'key of one ', createHash('sha256').update('key of one').digest('hex')])(
	'knows nobody by %j',
	(key) => {
		expect(keys.find(key)).toBeNull();
	},
);

it.each(['key of one', 'key of four', 'nobody'])(
	'compares %j with every key, whole, in time that tells nothing',
	(key) => {
		const compare = jest.spyOn(crypto, 'timingSafeEqual');
		keys.find(key);
		expect(compare.mock.calls.map(([given, known]) => [given.byteLength, known.byteLength])).toEqual(
			NAMES.map(() => [32, 32]),
		);
		compare.mockRestore();
	},
);
