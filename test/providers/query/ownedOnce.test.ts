/** One list given for two accounts must not double what is owed. */
import { ownedOnce } from '../../../providers/query/ownedOnce';
import { bill } from '../../graphql/support/records';

const of = (scope: string, remoteId: string, raw = { id: remoteId, amount: 1 }) =>
	bill({ identity: { scope, remoteId }, raw });

it('shows a bill that two accounts are said to have once, and says so', () => {
	const own = ownedOnce();
	const first = own([of('A', '1'), of('A', '2')]);
	const second = own([of('B', '1'), of('B', '3')]);
	expect(first).toEqual({ bills: [of('A', '1'), of('A', '2')], reasons: [], notices: [] });
	expect(second).toEqual({
		bills: [of('B', '3')],
		reasons: [],
		notices: ['Bill 1 came for account A and for B; it is shown for A.'],
	});
});

it('does not take a list for the account that has no bill of its own: it may be the other one given again', () => {
	const own = ownedOnce();
	own([of('A', '1'), of('A', '2')]);
	expect(own([of('B', '1'), of('B', '2')])).toEqual({
		bills: [],
		reasons: [
			'every bill that came for account B came for A too, so its own may be missing; if the two share all their bills, name only A',
		],
		notices: [],
	});
	expect(own([])).toEqual({ bills: [], reasons: [], notices: [] });
});

it('keeps bills of two accounts that share a number and nothing else', () => {
	const own = ownedOnce();
	own([of('A', '1')]);
	expect(own([of('B', '1', { id: '1', amount: 2 })])).toMatchObject({
		bills: [{ identity: { scope: 'B' } }],
		reasons: [],
		notices: [],
	});
});
