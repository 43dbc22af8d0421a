/** A server that answers less than ours is not measured. */
import { isSame, refuseErrors, refuseLess } from '../../../bench/graph/answers';

const OURS = JSON.stringify({
	data: {
		bills: { nodes: [{ dueDate: '2026-01-01', rates: { nodes: [{ net: 1 }, { net: null }] } }, { dueDate: null }] },
	},
});
const hive = (rates: number): string =>
	JSON.stringify({
		data: {
			lumen: [
				{ paymentDueDate: '2026-01-01', rates: Array.from({ length: rates }, () => ({ taxExcludedAmount: null })) },
			],
			fleet: { content: [{ dueDate: null }, { dueDate: null }] },
		},
	});

it('rates that are missing are noticed, whatever the answer calls them', () => {
	expect(() => refuseLess(hive(1), OURS)).toThrow('It has 1 rates where ours has 2');
	expect(() => refuseLess(hive(2), OURS)).not.toThrow();
});

it('bills that are missing are noticed, and more of them are not held against a server', () => {
	expect(() => refuseLess('{"data":{"bills":[]}}', OURS)).toThrow('It has 0 bills where ours has 2');
	expect(() => refuseLess(hive(2), OURS)).not.toThrow();
});

it('an answer with errors, or without data, is none', () => {
	expect(() => refuseErrors('{"data":{"bills":[]},"errors":[{"message":"No"}]}')).toThrow('There is no whole answer');
	expect(() => refuseErrors('{"data":null}')).toThrow('There is no whole answer');
	expect(() => refuseErrors('{"data":{"bills":[]}}')).not.toThrow();
});

it('a line break at the end makes no other answer', () => {
	expect(isSame('{"data":1}\n', '{"data":1}')).toBe(true);
	expect(isSame('{"data": 1}', '{"data":1}')).toBe(false);
});
