import { ratesBehind } from '../../../graphql/connections/ratesBehind';
import { RatesLoader } from '../../../graphql/loaders/ratesLoader';
import type { BillHandle, RateList } from '../../../providers/connector';
import { type LocalKey, keyOf } from '../../../providers/model/identity';
import { BillingError } from '../../../providers/transport/errors';
import { rate } from '../support/records';

const BILL: BillHandle = { scope: '', remoteId: 'b', billDate: null, accountId: null, number: null };
const RATES = Array.from({ length: 10 }, (_, index) => rate({ identity: { remoteId: `r${index}` } }));

/** A loader over what a provider holds, and the spans that it was asked for. */
function loaderOf(give: (from: number, first: number | undefined) => RateList) {
	const asked: (readonly [number, number | undefined])[] = [];
	const loader = new RatesLoader((bills, { from, first }) => {
		asked.push([from, first]);
		const list = new Promise<RateList>((resolve) => resolve(give(from, first)));
		return new Map<LocalKey, Promise<RateList>>(bills.map((bill) => [keyOf(bill), list]));
	});
	return { loader, asked };
}

const spanOf = (from: number, first: number | undefined): RateList => ({
	rates: RATES.slice(from, first),
	from,
	total: RATES.length,
	complete: true,
	reasons: [],
});
const idsOf = ({ rates }: RateList) => rates.map(({ identity }) => identity.remoteId);

describe("a bill's rates behind a place", () => {
	it('are read from the rate that came last, which is not given again', async () => {
		const { loader, asked } = loaderOf(spanOf);
		const list = await ratesBehind({ position: 6, remoteId: 'r5' }, 8, loader, BILL);
		expect(idsOf(list)).toEqual(['r6', 'r7']);
		expect(list.from).toBe(6);
		expect(asked).toEqual([[5, 8]]);
	});

	it('are found in a list that the provider gives from its start only', async () => {
		const { loader } = loaderOf((_from, first) => ({
			rates: RATES.slice(0, first),
			total: 10,
			complete: true,
			reasons: [],
		}));
		expect(idsOf(await ratesBehind({ position: 6, remoteId: 'r5' }, 8, loader, BILL))).toEqual(['r6', 'r7']);
	});

	it('are read from the start where the number no longer leads to the rate', async () => {
		// A row that the provider gives twice counts once in a list, and twice in an offset.
		const { loader, asked } = loaderOf((from, first) =>
			from === 0 ? spanOf(0, first) : { ...spanOf(from - 1, first), from },
		);
		expect(idsOf(await ratesBehind({ position: 6, remoteId: 'r5' }, 8, loader, BILL))).toEqual(['r6', 'r7']);
		expect(asked.map(([from]) => from)).toEqual([5, 0]);
	});

	it('are refused where the rates changed', async () => {
		const { loader, asked } = loaderOf(spanOf);
		const refused = ratesBehind({ position: 6, remoteId: 'gone' }, 8, loader, BILL);
		await expect(refused).rejects.toMatchObject({ extensions: { code: 'BAD_CURSOR' } });
		expect(asked.map(([from]) => from)).toEqual([5, 0]);
	});

	it('are refused where the list has become shorter than the place, which a provider may call not found', async () => {
		const { loader } = loaderOf((from, first) => {
			if (from > 0) throw new BillingError({ kind: 'NOT_FOUND', message: 'No such page' });
			return { ...spanOf(0, first), rates: RATES.slice(0, 3) };
		});
		const refused = ratesBehind({ position: 6, remoteId: 'r5' }, 8, loader, BILL);
		await expect(refused).rejects.toMatchObject({ extensions: { code: 'BAD_CURSOR' } });
	});

	it('share one read with another page of the same bill in the same query', async () => {
		const { loader, asked } = loaderOf(spanOf);
		const [first, second] = await Promise.all([
			ratesBehind({ position: 3, remoteId: 'r2' }, 5, loader, BILL),
			ratesBehind({ position: 6, remoteId: 'r5' }, 8, loader, BILL),
		]);
		expect([idsOf(first), idsOf(second)]).toEqual([
			['r3', 'r4'],
			['r6', 'r7'],
		]);
		expect(asked).toEqual([[2, 8]]);
	});
});
