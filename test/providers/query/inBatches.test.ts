/** Batches of ids: all of them once, in order, none too large. */
import fc from 'fast-check';

import { inBatches } from '../../../providers/query/inBatches';

const ids = (remoteIds: readonly string[]) => remoteIds.map((remoteId) => ({ scope: '', remoteId }));

it('hold every id once, in order, no more of them than fit, and no batch that would fit into the one before', () => {
	const property = fc.property(
		fc.array(fc.string({ unit: 'binary', maxLength: 12 })),
		fc.integer({ min: 1, max: 6 }),
		fc.integer({ min: 1, max: 60 }),
		(texts, most, bytes) => {
			const batches = inBatches(ids(texts), { ids: most, bytes });
			expect(batches.flat().map(({ remoteId }) => remoteId)).toEqual(texts);
			const size = (batch: readonly { remoteId: string }[]): number =>
				batch.reduce((sum, { remoteId }) => sum + Buffer.byteLength(JSON.stringify(remoteId)) + 1, 0);
			batches.forEach((batch, index) => {
				expect(batch.length).toBeGreaterThan(0);
				expect(batch.length).toBeLessThanOrEqual(most);
				if (batch.length > 1) expect(size(batch)).toBeLessThanOrEqual(bytes);
				const before = batches[index - 1];
				if (before !== undefined && before.length < most) {
					expect(size([...before, batch[0]!])).toBeGreaterThan(bytes);
				}
			});
		},
	);
	fc.assert(property);
});

it('of nothing are none', () => {
	expect(inBatches([], { ids: 2, bytes: 10 })).toEqual([]);
});
