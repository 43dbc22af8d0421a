/** How often connectors are asked, and that no key waits for another. */
import { bulk, single } from '../../../graphql/loaders/factory';
import type { LocalId } from '../../../providers/model/identity';
import { forEachKey } from '../../../providers/query/byKey';
import { BillingError } from '../../../providers/transport/errors';
import { encodeGlobalId } from '../../../graphql/globalId';
import { Graph } from '../support/graph';
import { MemoryConnector, type MemoryOptions } from '../support/memoryConnector';
import { account, bill, rate } from '../support/records';

const id = (remoteId: string): LocalId => ({ scope: '', remoteId });

function memory(connection: string, options: Partial<MemoryOptions> = {}): MemoryConnector {
	const bills = ['1', '2', '3'].map((remoteId) => bill({ identity: { connection, remoteId } }));
	const rates = bills.map(({ identity }) =>
		rate({ identity: { connection, remoteId: `r${identity.remoteId}` }, bill: identity }),
	);
	return new MemoryConnector({ connection, bills, rates, ...options });
}

describe('a bulk loader', () => {
	it('asks once for all keys of a tick, and once for a key asked twice', async () => {
		const asked: string[][] = [];
		const loader = bulk<LocalId, string>((ids) => {
			asked.push(ids.map(({ remoteId }) => remoteId));
			return forEachKey(ids, async ({ remoteId }) => remoteId.toUpperCase());
		});
		const values = await Promise.all([loader.load(id('a')), loader.load(id('b')), loader.load(id('a'))]);
		expect(values).toEqual(['A', 'B', 'A']);
		await loader.load(id('b'));
		expect(asked).toEqual([['a', 'b']]);
	});

	it('settles each key on its own: the slowest holds nobody, one failure is one key', async () => {
		let release: () => void = () => undefined;
		const slow = new Promise<void>((resolve) => {
			release = resolve;
		});
		const settled: string[] = [];
		const loader = bulk<LocalId, string>((ids) =>
			forEachKey(ids, async ({ remoteId }) => {
				if (remoteId === 'slow') await slow;
				if (remoteId === 'bad') throw new BillingError({ kind: 'NOT_FOUND', message: 'none' });
				return remoteId;
			}),
		);
		const load = async (key: string): Promise<void> => {
			await loader.load(id(key)).then(
				(value) => settled.push(value),
				(error: unknown) => settled.push((error as BillingError).kind),
			);
		};
		const held = load('slow');
		await Promise.all([load('quick'), load('bad')]);
		expect(settled).toEqual(['quick', 'NOT_FOUND']);
		release();
		await held;
		expect(settled).toEqual(['quick', 'NOT_FOUND', 'slow']);
	});

	it('does not ask for what it was told to remember', async () => {
		const work = jest.fn((ids: readonly LocalId[]) => forEachKey(ids, async () => 'asked'));
		const loader = bulk<LocalId, string>(work);
		loader.remember(id('a'), 'known');
		expect(await loader.load(id('a'))).toBe('known');
		expect(work).not.toHaveBeenCalled();
	});

	it('rejects a key that the connector forgot', async () => {
		await expect(bulk<LocalId, string>(() => new Map()).load(id('a'))).rejects.toThrow('gave no result for "a"');
	});
});

it('a single loader asks once a key, and for each key apart', async () => {
	const work = jest.fn(async ({ remoteId }: LocalId) => remoteId);
	const loader = single(work);
	await Promise.all([loader.load(id('a')), loader.load(id('a')), loader.load(id('b'))]);
	expect(work.mock.calls).toEqual([[id('a')], [id('b')]]);
});

describe('a page of bills with their rates', () => {
	const QUERY = '{ bills(first: 50) { nodes { remoteId rates(first: 5) { nodes { remoteId bill { remoteId } } } } } }';

	interface Data {
		readonly bills: { readonly nodes: readonly { readonly rates: unknown }[] };
	}

	it('asks each connection once for all its bills, and for no bill again', async () => {
		const connectors = [memory('brm'), memory('orange')];
		const { data, errors } = await new Graph(connectors).ask<Data>(QUERY);
		expect(errors).toEqual([]);
		expect(data.bills.nodes).toHaveLength(6);
		for (const connector of connectors) {
			expect(connector.callsOf('bills')).toHaveLength(1);
			expect(connector.callsOf('ratesByBills')).toHaveLength(1);
			expect(connector.callsOf('ratesByBills')[0]).toHaveLength(3);
			expect(connector.callsOf('billsByIds')).toEqual([]);
		}
	});

	it('has rates null where the provider has none, without asking', async () => {
		const fleet = memory('fleet', { capabilities: { rateFields: null } });
		const { data, errors } = await new Graph([fleet]).ask<Data>(QUERY);
		expect(errors).toEqual([]);
		expect(data.bills.nodes.map(({ rates }) => rates)).toEqual([null, null, null]);
		expect(fleet.callsOf('ratesByBills')).toEqual([]);
	});

	it("has one bill's rates null when they fail, with an error at their place, and the others' whole", async () => {
		const connector = memory('brm').hinder('ratesByBills', (key) => {
			if (key === '2') throw new BillingError({ kind: 'UNAVAILABLE', message: 'down', connection: 'brm' });
		});
		const { data, errors } = await new Graph([connector]).ask<Data>(QUERY);
		expect(data.bills.nodes.map(({ rates }) => rates === null)).toEqual([false, true, false]);
		expect(errors.map(({ path }) => path)).toEqual([['bills', 'nodes', 1, 'rates']]);
	});

	it('gives up rates that hang, after the time limit', async () => {
		const connector = memory('brm').hinder('ratesByBills', (key) =>
			key === '2' ? new Promise<void>(() => undefined) : undefined,
		);
		const { data, errors } = await new Graph([connector], { timeoutMs: 50 }).ask<Data>(QUERY);
		expect(data.bills.nodes.map(({ rates }) => rates === null)).toEqual([false, true, false]);
		expect(errors[0]?.originalError).toMatchObject({ kind: 'TIMEOUT', connection: 'brm' });
	});
});

describe("a bill's account", () => {
	const NAMES = '{ bills { nodes { billingAccount { id remoteId name } } } }';

	interface Data {
		readonly bills: { readonly nodes: readonly { readonly billingAccount: { readonly name: string | null } }[] };
	}

	function unnamed(): MemoryConnector {
		const bills = ['1', '2', '3'].map((remoteId) =>
			bill({ identity: { connection: 'orange', remoteId }, billingAccount: { id: 'A1', number: null, name: null } }),
		);
		const accounts = [account({ identity: { connection: 'orange' }, name: 'From the list' })];
		return new MemoryConnector({ connection: 'orange', bills, accounts });
	}

	it('costs nothing where the bill bears its name', async () => {
		const connector = memory('brm');
		const { data } = await new Graph([connector]).ask<Data>(NAMES);
		expect(data.bills.nodes[0]?.billingAccount.name).toBe('Account one');
		expect(connector.callsOf('accountsByIds')).toEqual([]);
	});

	it('is asked for once where it does not', async () => {
		const connector = unnamed();
		const { data, errors } = await new Graph([connector]).ask<Data>(NAMES);
		expect(errors).toEqual([]);
		expect(data.bills.nodes.map(({ billingAccount }) => billingAccount.name)).toEqual(Array(3).fill('From the list'));
		expect(connector.callsOf('accountsByIds')).toEqual([[{ scope: '', remoteId: 'A1' }]]);
	});

	it('costs nothing where only its id is wanted', async () => {
		const connector = unnamed();
		await new Graph([connector]).ask(
			'{ bills { nodes { billingAccount { id remoteId provider connection { id } } } } }',
		);
		expect(connector.callsOf('accountsByIds')).toEqual([]);
	});

	it('is not asked for where the provider has no account list', async () => {
		const base = unnamed();
		const connector = new MemoryConnector({
			connection: 'orange',
			bills: base.records,
			capabilities: { accounts: 'FROM_BILLS' },
		});
		const { data, errors } = await new Graph([connector]).ask<Data>(NAMES);
		expect(errors).toEqual([]);
		expect(data.bills.nodes[0]?.billingAccount.name).toBeNull();
		expect(connector.callsOf('accountsByIds')).toEqual([]);
	});
});

describe('nodes', () => {
	const QUERY = 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Rate { bill { remoteId } } } }';
	const billId = (connection: string, remoteId: string): string =>
		encodeGlobalId({ type: 'Bill', connection, id: id(remoteId) });

	interface Data {
		readonly nodes: readonly ({ readonly __typename: string; readonly id: string } | null)[];
	}

	it('asks each connection once, gives them in the order asked for, and null with an error for what is missing', async () => {
		const connectors = [
			memory('brm'),
			memory('orange', { accounts: [account({ identity: { connection: 'orange' } })] }),
		];
		const ids = [
			billId('orange', '2'),
			billId('brm', '1'),
			billId('brm', '99'),
			billId('orange', '1'),
			encodeGlobalId({ type: 'BillingAccount', connection: 'orange', remoteId: 'A1' }),
			encodeGlobalId({ type: 'Rate', connection: 'brm', id: id('r3'), bill: id('3') }),
		];
		const { data, errors } = await new Graph(connectors).ask<Data>(QUERY, { ids });
		expect(data.nodes.map((node) => node?.id ?? null)).toEqual(ids.map((text, at) => (at === 2 ? null : text)));
		expect(data.nodes.map((node) => node?.__typename)).toEqual([
			'Bill',
			'Bill',
			undefined,
			'Bill',
			'BillingAccount',
			'Rate',
		]);
		expect(errors.map(({ path }) => path)).toEqual([['nodes', 2]]);
		expect(connectors[0]?.callsOf('billsByIds')[0]).toHaveLength(2);
		expect(connectors[1]?.callsOf('billsByIds')).toHaveLength(1);
		expect(connectors[0]?.callsOf('rates')).toEqual([{ bill: id('3'), ids: ['r3'] }]);
	});

	it('refuses more than 100', async () => {
		const ids = Array.from({ length: 101 }, (_, at) => billId('brm', `${at}`));
		const connector = memory('brm');
		const { errors } = await new Graph([connector]).ask(QUERY, { ids });
		expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', parameter: 'ids' });
		expect(connector.calls).toEqual([]);
	});
});
