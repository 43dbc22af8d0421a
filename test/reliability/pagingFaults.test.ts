/** Lists that do not keep to their own paging, and books that change meanwhile, on every provider and both faces. */
import type { SandboxProvider } from '../../sandbox/data/ledger';
import { type Stage, runTable } from './support/runTable';
import { type FaultStand, aimedAt } from './support/stand';
import { BOOKS_OF, targetOf } from './support/targets';
import { type Meanwhile, type PagingRow, pagingFaults } from './tables/pagingFaults';

runTable(pagingFaults, setStage);

const CHANGED = ['LUMEN', 'ORACLE_BRM', 'FLOLIVE', 'ORANGE_BUSINESS'] as const;

async function setStage({ meanwhile }: PagingRow, stand: FaultStand): Promise<Stage> {
	if (meanwhile !== undefined) {
		await stand.break(
			CHANGED.map((provider) => {
				const changes = changesOf(meanwhile, BOOKS_OF[provider], stand);
				return aimedAt(provider, {
					path: targetOf(provider).page(2),
					times: 1,
					effect: 'change',
					with: { changes },
				});
			}),
		);
	}
	return { baseUrls: {}, end: () => undefined };
}

function changesOf(meanwhile: Meanwhile, provider: SandboxProvider, { sandbox }: FaultStand): object {
	const [account] = sandbox.ledger.accounts(provider);
	const bills = sandbox.ledger.bills(provider, account?.id);
	const [first, last] = [bills[0], bills.at(-1)];
	switch (meanwhile) {
		case 'ADDED':
			return { kind: 'new', provider, accountId: account?.id, net: '10', tax: '1', billDate: last?.billDate };
		case 'REMOVED':
			return { kind: 'withdrawn', provider, billId: first?.id };
		case 'MOVED':
			// Lists are by date: what was read on the first page is on the last one, and all between has moved up.
			return { kind: 'revised', provider, billId: first?.id, billDate: last?.billDate };
	}
}
