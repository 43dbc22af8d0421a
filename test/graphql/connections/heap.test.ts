/** The heap hands out the smallest first, whatever goes in and when. */
import fc from 'fast-check';

import { Heap } from '../../../graphql/connections/heap';

it('hands out everything in order, with pushes and pops mixed', () => {
	const property = fc.property(fc.array(fc.option(fc.integer({ min: -5, max: 5 }))), (steps) => {
		const heap = new Heap<number>((left, right) => left - right);
		const model: number[] = [];
		for (const step of steps) {
			if (step === null) {
				expect(heap.pop()).toBe(model.shift());
			} else {
				heap.push(step);
				model.push(step);
				model.sort((left, right) => left - right);
			}
			expect(heap.size).toBe(model.length);
		}
		while (model.length > 0) expect(heap.pop()).toBe(model.shift());
		expect(heap.pop()).toBeUndefined();
	});
	fc.assert(property);
});
