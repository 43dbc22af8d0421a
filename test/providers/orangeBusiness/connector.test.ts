/** Orange Business as a BillConnector: bills by id, accounts, documents, the check. */

import { IDS_A_SEARCH } from '../../../providers/orangeBusiness/connector';
import { ORANGE_CAPABILITIES } from '../../../providers/orangeBusiness/capabilities';
import { BILL_FILTERS, RATE_FILTERS } from '../../../providers/capabilities';
import { keyOf } from '../../../providers/model/identity';
import { json, stream } from '../support/scriptedTransport';
import { BASE, type PaperOrange, onPaper, orange, pagesOf } from './orange';
import { PAPER, bodyOf, id } from './paperBills';

describe('bills by id', () => {
	it('one is asked for by id, and may answer with another', async () => {
		const { connector, transport } = orange([json(200, { id: '1013390', type: 'creditNote' })]);
		await expect(connector.billsByIds([id('17006')]).get(keyOf(id('17006')))).resolves.toMatchObject({
			identity: { remoteId: '1013390' },
		});
		expect(transport.sent).toEqual([`GET ${BASE}/bills/17006`]);
	});

	it('several are one search; those that it lacks are not found, each on its own', async () => {
		const { connector, transport } = onPaper(PAPER);
		const found = connector.billsByIds([id('b1'), id('gone'), id('b3'), id('b1')]);
		await expect(found.get(keyOf(id('b1')))).resolves.toMatchObject({ total: { amount: '10' } });
		await expect(found.get(keyOf(id('b3')))).resolves.toMatchObject({ total: { amount: '30' } });
		await expect(found.get(keyOf(id('gone')))).rejects.toMatchObject({ kind: 'NOT_FOUND' });
		expect(transport.requests).toHaveLength(1);
		expect(bodyOf(transport.only)).toEqual({ id: { $in: ['b1', 'gone', 'b3'] } });
	});

	it('more than a search holds are several', async () => {
		const many = Array.from({ length: IDS_A_SEARCH + 5 }, (_, n) => ({ id: `m${n}` }));
		const { connector, transport } = onPaper({ bills: many });
		const found = connector.billsByIds(many.map((row) => id(row.id)));
		await expect(Promise.all(found.values())).resolves.toHaveLength(many.length);
		expect(transport.requests).toHaveLength(2);
	});

	it('longer than a search should be are several', async () => {
		const long = ['a', 'b', 'c'].map((letter) => ({ id: letter.repeat(3_500) }));
		const { connector, transport } = onPaper({ bills: long });
		await Promise.all(connector.billsByIds(long.map((row) => id(row.id))).values());
		expect(transport.requests.map((request) => JSON.stringify(bodyOf(request)).length > 8_000)).toEqual([false, false]);
	});

	it('a search that broke off finds nothing out', async () => {
		const { connector } = orange(json(200, [{ id: 'b1' }], { 'x-total-count': '9' }));
		await expect(connector.billsByIds([id('b1'), id('b2')]).get(keyOf(id('b2')))).rejects.toMatchObject({
			kind: 'PROTOCOL',
		});
	});
});

describe('accounts', () => {
	it('are listed, and filtered here but for one id', async () => {
		const { connector, transport } = onPaper(PAPER);
		const names = async (query: object) =>
			(await pagesOf(connector.accounts(query))).flatMap(({ items }) => items.map(({ name }) => name));
		expect(await names({})).toEqual(['Paris', 'Lyon', 'Pau']);
		expect(await names({ nameLike: 'P*' })).toEqual(['Paris', 'Pau']);
		expect(await names({ ids: ['A2', 'A3'] })).toEqual(['Lyon', 'Pau']);
		expect(await names({ ids: ['A2'] })).toEqual(['Lyon']);
		expect(transport.sent.at(-1)).toBe(`GET ${BASE}/billingAccounts?id=A2&offset=0&limit=100`);
	});

	const byIds = (paper: PaperOrange, ...ids: readonly string[]) => {
		const made = onPaper(paper);
		return { ...made, found: made.connector.accountsByIds(ids.map(id)) };
	};

	it('one by id is asked for by id', async () => {
		const { found, transport } = byIds(PAPER, 'A1');
		await expect(found.get(keyOf(id('A1')))).resolves.toMatchObject({ name: 'Paris' });
		expect(transport.sent).toEqual([`GET ${BASE}/billingAccounts/A1`]);
	});

	it('several are one list; one that is not in it is not found', async () => {
		const { found, transport } = byIds(PAPER, 'A1', 'A2', 'gone');
		await expect(found.get(keyOf(id('A2')))).resolves.toMatchObject({ name: 'Lyon' });
		await expect(found.get(keyOf(id('gone')))).rejects.toMatchObject({ kind: 'NOT_FOUND' });
		expect(transport.requests).toHaveLength(1);
	});

	it('of a long list are asked for by id once that is fewer requests', async () => {
		const accounts = Array.from({ length: 450 }, (_, n) => ({ id: `A${n}` }));
		const { found, transport } = byIds({ accounts }, 'A1', 'A2', 'A440');
		await Promise.all(found.values());
		expect(transport.sent).toEqual([
			`GET ${BASE}/billingAccounts?offset=0&limit=100`,
			`GET ${BASE}/billingAccounts/A440`,
		]);
		const many = byIds({ accounts }, 'A1', 'A101', 'A102', 'A103', 'A104', 'A105');
		await Promise.all(many.found.values());
		expect(many.transport.requests).toHaveLength(2);
	});

	it('that a list without a total has not shown yet are asked for by id', async () => {
		const accounts = Array.from({ length: 150 }, (_, n) => ({ id: `A${n}` }));
		const { found, transport } = byIds({ accounts, announcesTotal: false }, 'A1', 'A140');
		await Promise.all(found.values());
		expect(transport.sent.at(-1)).toBe(`GET ${BASE}/billingAccounts/A140`);
	});
});

describe('documents', () => {
	const file = (text: string) => stream(200, [text]);

	it('of a bill are its PDF', async () => {
		const { connector, transport } = orange([file('%PDF-1')]);
		await expect(connector.document({ scope: '', billId: 'b1', documentId: 'pdf' })).resolves.toMatchObject({
			mediaType: 'application/pdf',
		});
		expect(transport.only).toMatchObject({ url: `${BASE}/bills/b1`, headers: { accept: 'application/pdf' } });
	});

	it('without a bill are reports', async () => {
		const { connector, transport } = orange([file('a;b\n')]);
		await expect(connector.document({ scope: '', billId: '', documentId: 'R1+2.csv' })).resolves.toMatchObject({
			mediaType: 'text/csv',
		});
		expect(transport.only.url).toBe(`${BASE}/reports/R1%2B2.csv`);
	});

	it('of another name are not there', async () => {
		const { connector } = orange([]);
		await expect(connector.document({ scope: '', billId: 'b1', documentId: 'xml' })).rejects.toMatchObject({
			kind: 'NOT_FOUND',
		});
	});
});

it('the check asks for one bill', async () => {
	const { connector, transport } = onPaper(PAPER);
	await connector.check();
	expect(transport.sent).toEqual([`GET ${BASE}/bills?limit=1`]);
});

it('settings that cannot be meant are refused', () => {
	expect(() => orange([], { baseUrl: 'orange' })).toThrow("'baseUrl'");
	expect(() => orange([], { fields: { colour: 'x' } as never })).toThrow("'fields'");
});

it('the capabilities name every filter and hold together', () => {
	expect(Object.keys(ORANGE_CAPABILITIES.billFilters)).toEqual([...BILL_FILTERS]);
	expect(Object.keys(ORANGE_CAPABILITIES.rateFilters ?? {})).toEqual([...RATE_FILTERS]);
});
