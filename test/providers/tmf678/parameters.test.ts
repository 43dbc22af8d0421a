import { type ParameterTable, toQuery } from '../../../providers/tmf678/parameters';
import { billingError } from '../support/errors';

const TABLE: ParameterTable = [
	{ name: '@type', kind: 'TEXT', source: '' },
	{ name: 'text', kind: 'TEXT', source: '' },
	{ name: 'id', kind: 'ID', source: '' },
	{ name: 'amount', kind: 'DECIMAL', source: '' },
	{ name: 'at', kind: 'DATE_TIME', source: '' },
	{ name: 'state', kind: 'CHOICE', choices: ['new', 'settled'], source: '' },
	{ name: 'open', kind: 'CHOICE', source: '' },
	{ name: 'flag', kind: 'BOOLEAN', source: '' },
	{ name: 'fields', kind: 'FIELDS', source: '' },
	{ name: 'limit', kind: 'LIMIT', source: '' },
	{ name: 'offset', kind: 'OFFSET', source: '' },
	{ name: 'extra', kind: 'ID', needsType: 'Extended', source: '' },
];

describe('parameters', () => {
	it.each([
		['text', 'A b', 'A b'],
		['id', '0.0.0.1+-bill+1', '0.0.0.1+-bill+1'],
		['amount', 12.5, '12.5'],
		['amount', '0012.50', '12.5'],
		['amount', '12345678901234567.10', '12345678901234567.1'],
		['amount', 0, '0'],
		['at', '2026-01-31T10:00:00Z', '2026-01-31T10:00:00Z'],
		['at', '2026-01-31T10:00:00+02:00', '2026-01-31T08:00:00.000Z'],
		['at', '2026-01-31', '2026-01-31T00:00:00Z'],
		['state', 'settled', 'settled'],
		['flag', false, 'false'],
		['fields', 'billNo, state,billNo', 'id,href,billNo,state'],
		['fields', 'none', 'id,href'],
		['fields', 'href,id', 'id,href'],
		['limit', 1, '1'],
		['offset', 0, '0'],
	])('%s of %j is sent as %j', (name, value, sent) => {
		expect(toQuery({ [name]: value }, TABLE)).toEqual([[name, sent]]);
	});

	it('are sent in the order of the document, and not at all where undefined', () => {
		const names = toQuery({ offset: 1, text: undefined, limit: 2, id: 'x' }, TABLE).map(([name]) => name);
		expect(names).toEqual(['id', 'limit', 'offset']);
	});

	it.each([
		['text', ''],
		['text', '  '],
		['text', 5],
		['id', 'a\r\nb'],
		['amount', 'abc'],
		['amount', Number.NaN],
		['amount', true],
		['at', '31.01.2026'],
		['at', '2026-02-30'],
		['at', '2026-01-31T10:00:00'],
		['at', ' 2026-01-31'],
		['at', 5],
		['state', 'onHold'],
		['state', true],
		['open', 'anything'],
		['flag', 'true'],
		['fields', ''],
		['limit', 0],
		['limit', 1.5],
		['limit', '10'],
		['offset', -1],
		['offset', 0.5],
		['offset', '1'],
	])('%s of %j is refused by its name', async (name, value) => {
		const error = await billingError(() => toQuery({ [name]: value }, TABLE));
		expect(error).toMatchObject({ kind: 'INVALID_REQUEST', parameter: name });
	});

	it('that are unknown are refused with the list of those that are not', async () => {
		const error = await billingError(() => toQuery({ colour: 'red' }, TABLE));
		expect(error).toMatchObject({ kind: 'INVALID_REQUEST', parameter: 'colour' });
		expect(error.hint).toBe(`Parameters are: ${TABLE.map(({ name }) => name).join(', ')}.`);
	});

	it('of an extended type bring it along, and are refused with another', async () => {
		expect(toQuery({ extra: 'x' }, TABLE)).toEqual([
			['@type', 'Extended'],
			['extra', 'x'],
		]);
		expect(toQuery({ extra: 'x', '@type': 'Extended' }, TABLE)).toHaveLength(2);
		const error = await billingError(() => toQuery({ extra: 'x', '@type': 'Plain' }, TABLE));
		expect(error).toMatchObject({ parameter: '@type', hint: 'With extra it must be Extended.' });
	});
});
