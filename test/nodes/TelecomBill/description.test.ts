/** What n8n is told about the two nodes: complete, consistent, and true of what comes out. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { type INodeExecutionData, type INodeParameters, type INodeProperties, NodeHelpers } from 'n8n-workflow';

import { TelecomBill } from '../../../nodes/TelecomBill/TelecomBill.node';
import { TelecomBillTrigger } from '../../../nodes/TelecomBill/TelecomBillTrigger.node';
import { operations } from '../../../nodes/TelecomBill/actions';
import { execute, pollContext } from '../support/fakeContext';
import { schemaOf } from '../support/schemaOf';

const FOLDER = join(__dirname, '../../../nodes/TelecomBill');
const node = new TelecomBill();
const { properties, credentials = [] } = node.description;

const valuesOf = (property: INodeProperties | undefined) =>
	(property?.options ?? []).flatMap((option) => ('value' in option ? [String(option.value)] : []));

describe('the description', () => {
	it('offers exactly the operations that there are, each with an action and a description', () => {
		const resource = properties.find(({ name }) => name === 'resource');
		const offered = Object.fromEntries(
			valuesOf(resource).map((value) => {
				const operation = properties.find(
					({ name, displayOptions }) => name === 'operation' && displayOptions?.show?.resource?.includes(value),
				);
				for (const option of operation?.options ?? []) {
					expect(option).toMatchObject({
						action: expect.any(String),
						description: expect.stringMatching(/\. Read-only\.$/),
					});
				}
				return [value, valuesOf(operation).sort()];
			}),
		);
		expect(offered).toEqual(
			Object.fromEntries(Object.entries(operations).map(([name, table]) => [name, Object.keys(table).sort()])),
		);
	});

	it('shows fields by parameters that exist', () => {
		const names = new Set(properties.map(({ name }) => name));
		for (const { displayOptions } of properties) {
			for (const name of Object.keys(displayOptions?.show ?? {})) expect(names).toContain(name);
		}
	});

	it('asks for one credential of each provider, and keeps a provider that needs none', () => {
		const choices = valuesOf(properties.find(({ name }) => name === 'providers'));
		const needing = credentials.flatMap(({ displayOptions }) => displayOptions?.show?.providers ?? []);
		expect(new Set(credentials.map(({ name }) => name)).size).toBe(6);
		expect(choices.filter((choice) => !needing.includes(choice))).toEqual(['sample']);
	});

	it('is usable as a tool; its trigger is not', () => {
		expect(node.description.usableAsTool).toBe(true);
		expect(new TelecomBillTrigger().description.usableAsTool).toBeUndefined();
	});

	it.each(['TelecomBill', 'TelecomBillTrigger'])('has a codex and both icons for %s', (name) => {
		const codex = JSON.parse(readFileSync(join(FOLDER, `${name}.node.json`), 'utf8')) as { node: string };
		const { description } = name === 'TelecomBill' ? node : new TelecomBillTrigger();
		expect(codex.node).toBe(`n8n-nodes-telecom-billing.${description.name}`);
		expect(description.icon).toEqual({ light: 'file:telecomBill.svg', dark: 'file:telecomBill.dark.svg' });
		for (const icon of ['telecomBill.svg', 'telecomBill.dark.svg']) expect(existsSync(join(FOLDER, icon))).toBe(true);
	});

	it('has defaults with which the sample bills come out', () => {
		const defaults = NodeHelpers.getNodeParameters(properties, {}, true, false, null, node.description);
		expect(defaults).toMatchObject({ providers: ['sample'], resource: 'bill', operation: 'getAll', simplify: true });
	});
});

const bill = (value: string) => ({ bill: { __rl: true, mode: 'key', value } });
const days = { ratesOf: 'days', billDateFrom: '2026-01-01', billDateTo: '2026-12-31' };
const SAMPLES: Record<string, INodeParameters> = {
	'bill/download': bill('ORANGE_BUSINESS::SAMPLE-OB-2001'),
	'bill/get': bill('LUMEN:SAMPLE-5-AAAA0001:SAMPLE-L-1002'),
	'bill/getAll': {},
	'bill/reconcile': bill('ORACLE_BRM::SAMPLE-0.0.0.1%2B-bill%2B101'),
	'billingAccount/getAll': {},
	'billingRate/getAll': days,
	'billingRate/summarize': days,
};

function expectShipped(schema: string, items: readonly INodeExecutionData[]): void {
	const file = join(FOLDER, '__schema__', `${schema}.json`);
	const drawn = schemaOf(items.map(({ json }) => json));
	// UPDATE_SCHEMAS=1 writes them anew.
	if (process.env.UPDATE_SCHEMAS === '1') writeFileSync(file, `${JSON.stringify(drawn, null, 2)}\n`);
	expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(drawn);
}

describe.each(Object.entries(SAMPLES))('the output schema of %s', (path, more) => {
	it('is that of the simplified output', async () => {
		const [resource = '', operation = ''] = path.split('/');
		const parameters = { providers: ['sample'], resource, operation, ...more };
		expectShipped(`v1.0.0/${path}`, await execute({ node, parameters }));
	});
});

it('ships the output schema of the trigger, which has neither resource nor operation', async () => {
	const trigger = new TelecomBillTrigger();
	const output = await trigger.poll.call(
		pollContext({ node: trigger, parameters: { providers: ['sample'] }, mode: 'manual' }),
	);
	expectShipped('v1.0.0', output?.[0] ?? []);
});
