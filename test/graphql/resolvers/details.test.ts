/** `Bill.details`: what only one provider gives, typed; and `Bill.reconciliation`. */
import type { JsonObject } from '../../../providers/model/json';
import type { Provider } from '../../../providers/model/identity';
import { BillingError } from '../../../providers/transport/errors';
import { Graph } from '../support/graph';
import { MemoryConnector } from '../support/memoryConnector';
import { SandboxGraph } from '../support/sandboxGraph';
import { bill, euros, rate } from '../support/records';

const DETAILS = `{ bills { nodes { details {
	__typename
	... on LumenBillDetails { accountCurrency invoiceCurrency statementDate currentCharges { amount currency } totalAmountDue { amount currency } }
	... on OracleBillDetails { href recordType financialAccount { id name } paymentMethod { id name } billingCycle { id name } }
	... on Tmf678BillDetails { href recordType baseType schemaLocation financialAccount { id } paymentMethod { id name } }
	... on FloLiveBillDetails { customerId creationTime billingCycleStart billingCycleEnd }
	... on OrangeBillDetails { sendingFormat customer { id name segment } createdAt updatedAt }
} } } }`;

async function detailsOf(provider: Provider, raw: JsonObject, scope = ''): Promise<unknown> {
	const connection = 'one';
	const records = [bill({ identity: { connection, provider, scope }, raw })];
	const { data, errors } = await new Graph([new MemoryConnector({ connection, bills: records })]).ask<{
		bills: { nodes: { details: unknown }[] };
	}>(DETAILS);
	expect(errors).toEqual([]);
	return data.bills.nodes[0]?.details;
}

describe('details', () => {
	it('of Lumen are its two currencies, and the statement of API v2', async () => {
		const statement = {
			documentSummaryDetails: {
				statementDate: '2021-07-01T00:00:00',
				currencyCode: 'USD',
				billCharges: { currentCharges: '12.50', totalAmountDue: 99.01 },
			},
		};
		expect(await detailsOf('LUMEN', { CurrencyCode: 'usd', invoiceCurrencyCode: 'EUR' })).toEqual({
			__typename: 'LumenBillDetails',
			accountCurrency: 'USD',
			invoiceCurrency: 'EUR',
			statementDate: null,
			currentCharges: null,
			totalAmountDue: null,
		});
		expect(await detailsOf('LUMEN', statement)).toMatchObject({
			statementDate: '2021-07-01',
			currentCharges: { amount: '12.5', currency: 'USD' },
			totalAmountDue: { amount: '99.01', currency: 'USD' },
		});
	});

	it('of Oracle BRM are its references, the billing cycle of extended types among them', async () => {
		const raw = {
			href: 'https://brm/1',
			'@type': 'CustomerBillOracle',
			financialAccount: null,
			paymentMethod: { id: 'PM', name: 'Invoice', href: null },
			billingCycleSpecification: { id: '0.0.0.1+-billinfo+1', name: 'Monthly' },
		};
		expect(await detailsOf('ORACLE_BRM', raw)).toEqual({
			__typename: 'OracleBillDetails',
			href: 'https://brm/1',
			recordType: 'CustomerBillOracle',
			financialAccount: null,
			paymentMethod: { id: 'PM', name: 'Invoice' },
			billingCycle: { id: '0.0.0.1+-billinfo+1', name: 'Monthly' },
		});
	});

	it('of a plain TMF678 server are the members that every resource may have', async () => {
		expect(await detailsOf('TMF678', { '@baseType': 'Entity', '@schemaLocation': 'https://schema' })).toMatchObject({
			__typename: 'Tmf678BillDetails',
			baseType: 'Entity',
			schemaLocation: 'https://schema',
			href: null,
		});
	});

	it('of floLIVE are instants, under either of the names that its document has', async () => {
		const raw = {
			creationTime: '2026-01-05T10:00:00.977Z',
			billingCycleStartDate: '2025-12-01T00:00:00Z',
			billingCycleEndTime: '2025-12-31T23:59:59.977Z',
		};
		expect(await detailsOf('FLOLIVE', raw, '20100')).toEqual({
			__typename: 'FloLiveBillDetails',
			customerId: '20100',
			creationTime: '2026-01-05T10:00:00.977Z',
			billingCycleStart: '2025-12-01T00:00:00Z',
			billingCycleEnd: '2025-12-31T23:59:59.977Z',
		});
	});

	it('of Orange Business are how it is sent and to whom', async () => {
		const raw = {
			sendingFormat: 'paper',
			customer: { id: 9999, name: 'ACME Corp', segment: 'int' },
			createdAt: '2026-01-05T10:00:00Z',
		};
		expect(await detailsOf('ORANGE_BUSINESS', raw)).toEqual({
			__typename: 'OrangeBillDetails',
			sendingFormat: 'paper',
			customer: { id: '9999', name: 'ACME Corp', segment: 'int' },
			createdAt: '2026-01-05T10:00:00Z',
			updatedAt: null,
		});
		expect(await detailsOf('ORANGE_BUSINESS', {})).toMatchObject({ customer: null, sendingFormat: null });
	});

	it('of the sandbox are those of each provider', async () => {
		const shown = await SandboxGraph.start({ billsPerAccount: 2, ratesPerBill: 1 });
		const { data } = await shown.graph.ask<{ bills: { nodes: { details: { __typename: string } }[] } }>(DETAILS);
		await shown.close();
		const details = data.bills.nodes.map((node) => node.details);
		expect(details).toContainEqual(expect.objectContaining({ __typename: 'LumenBillDetails', invoiceCurrency: 'USD' }));
		expect(details).toContainEqual(
			expect.objectContaining({
				__typename: 'OracleBillDetails',
				paymentMethod: expect.objectContaining({ name: 'Invoice' }),
			}),
		);
		expect(details).toContainEqual(
			expect.objectContaining({ __typename: 'FloLiveBillDetails', creationTime: expect.stringMatching(/\.977Z$/) }),
		);
		expect(details).toContainEqual(
			expect.objectContaining({
				__typename: 'OrangeBillDetails',
				customer: { id: '9999', name: 'ACME Corp', segment: 'int' },
			}),
		);
	});
});

describe('reconciliation', () => {
	const RECONCILE =
		'{ bills { nodes { reconciliation { status rates difference checks { name ok } lineCounts { reason lines } lines { reason id } } } } }';
	const header = bill({ net: euros('3'), tax: euros('1'), total: euros('4') });
	const lines = ['a', 'b'].map((remoteId) =>
		rate({ identity: { remoteId }, net: euros('1.5'), tax: euros('0.5'), gross: euros('2') }),
	);

	it('holds the bill against all of its rates', async () => {
		const connector = new MemoryConnector({ connection: 'brm', bills: [header], rates: lines });
		const { data, errors } = await new Graph([connector]).ask(RECONCILE);
		expect(errors).toEqual([]);
		expect(data).toMatchObject({
			bills: {
				nodes: [
					{
						reconciliation: {
							status: 'MATCHES',
							rates: 2,
							difference: '0',
							lineCounts: [
								{ reason: 'LARGEST', lines: 2 },
								{ reason: 'NET_PLUS_TAX_DIFFERS', lines: 0 },
								{ reason: 'POSSIBLE_DUPLICATE', lines: 1 },
							],
						},
					},
				],
			},
		});
	});

	it('checks the header alone where the provider has no rates', async () => {
		const capabilities = { rateFields: null, rateFilters: null };
		const connector = new MemoryConnector({ connection: 'brm', bills: [header], capabilities });
		const { data } = await new Graph([connector]).ask(RECONCILE);
		expect(data).toMatchObject({ bills: { nodes: [{ reconciliation: { status: 'PARTLY_CHECKED', rates: 0 } }] } });
		expect(connector.callsOf('ratesByBills')).toEqual([]);
	});

	it('is null, with an error beside it, where the rates cannot be read', async () => {
		const connector = new MemoryConnector({ connection: 'brm', bills: [header] });
		connector.fail('ratesByBills', new BillingError({ kind: 'UNAVAILABLE', message: 'Down' }));
		const { data, errors } = await new Graph([connector]).ask(RECONCILE);
		expect(data).toEqual({ bills: { nodes: [{ reconciliation: null }] } });
		expect(errors).toHaveLength(1);
	});
});
