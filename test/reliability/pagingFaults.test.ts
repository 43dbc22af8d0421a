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
	return meanwhile === 'REMOVED'
		? { kind: 'withdrawn', provider, billId: bills[0]?.id }
		: { kind: 'new', provider, accountId: account?.id, net: '10', tax: '1', billDate: bills.at(-1)?.billDate };
}
