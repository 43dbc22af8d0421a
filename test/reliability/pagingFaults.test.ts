/** Lists that do not keep to their own paging, and books that change meanwhile, on every provider and both faces. */
import type { SandboxProvider } from '../../sandbox/data/ledger';
import { COLUMNS } from './support/matrix';
import { type Stage, runTable } from './support/runTable';
import { type FaultStand, aimedAt } from './support/stand';
import { BOOKS_OF, targetOf } from './support/targets';
import { type Meanwhile, type PagingRow, pagingFaults } from './tables/pagingFaults';

runTable(pagingFaults, setStage);

/** Which of the account's bills goes or moves. Plain TMF678 has Oracle's books, so both change while either list is read. */
const CHANGED = { LUMEN: 0, ORACLE_BRM: 0, TMF678: 1, FLOLIVE: 0, ORANGE_BUSINESS: 0 } as const;

async function setStage({ meanwhile }: PagingRow, stand: FaultStand): Promise<Stage> {
	if (meanwhile !== undefined) {
		await stand.break(
			COLUMNS.map((provider) => {
				const changes = changesOf(meanwhile, BOOKS_OF[provider], CHANGED[provider], stand);
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

function changesOf(meanwhile: Meanwhile, provider: SandboxProvider, index: number, { sandbox }: FaultStand): object {
	const [account] = sandbox.ledger.accounts(provider);
	const bills = sandbox.ledger.bills(provider, account?.id);
	const [changed, last] = [bills[index], bills.at(-1)];
	switch (meanwhile) {
		case 'ADDED':
			return { kind: 'new', provider, accountId: account?.id, net: '10', tax: '1', billDate: last?.billDate };
		case 'REMOVED':
			return { kind: 'withdrawn', provider, billId: changed?.id };
		case 'MOVED':
			// Lists are by date: what was read on the first page is on the last one, and all between has moved up.
			return { kind: 'revised', provider, billId: changed?.id, billDate: last?.billDate };
	}
}
