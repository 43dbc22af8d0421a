/** A bill of 100,000 rates, read to its end on both faces. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { type Decimal, sumDecimals } from '../../providers/model/decimal';
import type { Provider } from '../../providers/model/identity';
import { TelecomBill } from '../../nodes/TelecomBill/TelecomBill.node';
import { executeContext } from '../nodes/support/fakeContext';
import { asked } from './support/graphqlFace';
import { AMPLE_MS } from './support/matrix';
import { hurry, nodeCredentials } from './support/nodeFace';
import { FaultStand } from './support/stand';
import { CONNECTION_OF } from './support/targets';

const RATES = 100_000;
const PAGES = { default: 1_000, max: 1_000 };

let stand: FaultStand;
beforeAll(async () => {
	hurry();
	const pageLimits = { lumen: PAGES, oracleBrm: PAGES, orange: PAGES };
	stand = await FaultStand.start({ accounts: 1, billsPerAccount: 1, ratesPerBill: RATES, pageLimits });
});
afterAll(() => stand.close());

type OneBill = 'lumen' | 'oracleBrm' | 'orangeBusiness';
/** floLIVE has no rates to list. */
const EACH: readonly OneBill[] = ['lumen', 'oracleBrm', 'orangeBusiness'];

async function run(provider: OneBill, parameters: INodeParameters): Promise<readonly IDataObject[]> {
	const node = new TelecomBill();
	const context = executeContext({
		node,
		parameters: { providers: [provider], returnAll: true, simplify: false, ...parameters },
		credentials: nodeCredentials(stand.sandbox),
	});
	const [items = []] = await node.execute.call(context);
	return items.map(({ json }) => json);
}

it.each(EACH)(
	'100,000 rates of %s come out of a node, each once, and add up to their bill',
	async (provider) => {
		const [bill] = await run(provider, { resource: 'bill', operation: 'getAll' });
		const rates = await run(provider, {
			resource: 'billingRate',
			operation: 'getAll',
			bill: { __rl: true, mode: 'key', value: bill?.key as string },
		});
		expect(new Set(rates.map(({ id }) => id)).size).toBe(RATES);
		expect(sumDecimals(rates.map(({ netExact }) => netExact as Decimal))).toBe(bill?.netExact);
	},
	120_000,
);

async function reconciled(provider: Provider): Promise<Answer> {
	const query = `{ bills(filter: { connections: ["${CONNECTION_OF[provider]}"] }) {
		nodes { reconciliation { status rates difference } }
	} }`;
	const { answer } = await asked<Answer>(query, stand.sandbox, { requestTimeoutMs: AMPLE_MS, baseUrls: {} });
	return answer;
}

it('100,000 rates are read for one answer of the graph, and add up to their bill', async () => {
	expect(await reconciled('LUMEN')).toEqual({
		data: { bills: { nodes: [{ reconciliation: { status: 'MATCHES', rates: RATES, difference: '0' } }] } },
	});
}, 120_000);

it.each(['ORACLE_BRM', 'ORANGE_BUSINESS'] as const)(
	'%s, asked for 100 at a time, costs too many requests for one answer of the graph: told, and no sum of a part',
	async (provider) => {
		expect(await reconciled(provider)).toMatchObject({
			data: { bills: { nodes: [{ reconciliation: null }] } },
			errors: [{ extensions: { code: 'RATE_LIMITED', providerCode: 'COST_LIMIT' } }],
		});
	},
	120_000,
);

interface Answer {
	readonly data: unknown;
	readonly errors?: unknown;
}
