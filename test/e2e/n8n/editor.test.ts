// Our nodes in n8n's editor: what each operation asks for, a run with its output beside, and the examples on the canvas.
import type { INodeParameters } from 'n8n-workflow';
import type { Locator } from 'playwright-core';

import { type RunningSandbox, startSandbox } from '../../../sandbox/server';
import { type Editor, openEditor, screenshot } from './browser';
import { CREDENTIAL_TYPES, demoCredentials } from './demoCredentials';
import { exampleWorkflows, withCredentials } from './examples';
import type { N8n } from './n8n';
import { PACKAGE } from './package';
import type { Credential } from './rest';
import { sharedN8n } from './sharedN8n';

/** By node, then by resource and operation: the fields below those two. */
const FIELDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	telecomBill: {
		'Bill: Download': 'Bill, Put Output File in Field, Options',
		'Bill: Get': 'Bill, Simplify',
		'Bill: Get Many': 'Return All, Limit, Simplify, Filters, Options',
		'Bill: Reconcile': 'Bill',
		'Billing Account: Get Many': 'Return All, Limit, Options',
		'Billing Rate: Get Many': 'Rates Of, Bill, Return All, Limit, Simplify, Filters, Options',
		'Billing Rate: Summarize': 'Rates Of, Bill, Group By, Filters, Options',
	},
	lumen: {
		'Bill: Download': 'Billing Account, Bill, Put Output File in Field',
		'Bill: Get': 'Billing Account, Bill, Simplify',
		'Bill: Get Many': 'Billing Account, Return All, Limit, Simplify, Filters, Options',
		'Billing Rate: Get Many': 'Billing Account, Return All, Limit, Simplify, Filters, Options',
		'Billing Rate: Summarize': 'Billing Account, Group By, Filters, Options',
		'Service Charge: Get Many': 'Billing Account, Bill, Return All, Limit, Simplify, Options',
	},
	oracleBrm: {
		'Bill: Download': 'Bill, Put Output File in Field, Options',
		'Bill: Get': 'Bill, Simplify, Options',
		'Bill: Get Many': 'Return All, Limit, Simplify, Filters, Filter Conditions, Options, Sort',
		'Billing Rate: Get': 'Rate ID, Simplify, Options',
		'Billing Rate: Get Many': 'Return All, Limit, Simplify, Filters, Options',
		'Billing Rate: Summarize': 'Group By, Filters, Options',
		'On-Demand Bill: Create': 'Billing Account, Simplify, Additional Fields',
		'On-Demand Bill: Get': 'On-Demand Bill ID, Simplify, Options',
		'On-Demand Bill: Get Many': 'Return All, Limit, Simplify, Filters, Options',
	},
	floLive: {
		'Invoice: Download': 'Customer, Invoice, Put Output File in Field, Options',
		'Invoice: Get': 'Customer, Invoice, Simplify',
		'Invoice: Get Many': 'Customer, Return All, Limit, Simplify, Filters, Options',
	},
	orangeBusiness: {
		'Async Job: Get': 'Job',
		'Bill: Download': 'Bill, Put Output File in Field, Options',
		'Bill: Get': 'Bill, Simplify, Options',
		'Bill: Get Many': 'Find By, Return All, Limit, Simplify, Filters, Options, Sort',
		'Bill Item: Get Many': 'Bill, Return All, Limit, Simplify, Filters, Options, Sort',
		'Billing Account: Get': 'Billing Account, Simplify, Options',
		'Billing Account: Get Many': 'Return All, Limit, Simplify, Filters, Options, Sort',
		'Counter: Get Many': 'Group By, Return All, Limit, Filters, Options, Sort',
		'Installed Offer: Get Many': 'Return All, Limit, Filters, Options, Sort',
		'Report: Download': 'Report Kind, Report, Output, Put Output File in Field, Options',
		'Report: Get Many': 'Report Kind, Return All, Limit, Filters, Options, Sort',
		'Status: Get': '',
	},
};

/** n8n offers it wherever a credential can sign requests of the HTTP Request node. */
const OF_N8N = 'Custom API Call';

let n8n: N8n;
let sandbox: RunningSandbox;
let editor: Editor;
let credentials: readonly Credential[];

beforeAll(async () => {
	n8n = await sharedN8n();
	sandbox = await startSandbox();
	editor = await openEditor(n8n.rest.session);
	const forms = demoCredentials(sandbox);
	credentials = await Promise.all(
		CREDENTIAL_TYPES.map((type) => n8n.credential(type, forms[type].data, forms[type].name)),
	);
});

afterAll(async () => {
	await editor.close();
	await sandbox.close();
});

describe.each(Object.entries(FIELDS))('%s', (node, fieldsOf) => {
	test('runs, with what people read first in its table, and asks for what each operation needs', async () => {
		const isMerged = node === 'telecomBill';
		const providers = ['lumen', 'oracleBrm', 'floLive', 'orangeBusiness'];
		const panel = await openNode(node, isMerged ? { providers, limit: 10 } : { limit: 10 });
		expect((await run(`node-${node}`)).slice(0, 2)).toEqual(isMerged ? ['provider', 'number'] : ['number', 'type']);

		const shown: Record<string, string> = {};
		for (const resource of await choicesOf('resource')) {
			await choose('resource', resource);
			for (const operation of await choicesOf('operation')) {
				await choose('operation', operation);
				const labels = await labelsOf(panel);
				shown[`${resource}: ${operation}`] = labels.slice(labels.indexOf('Operation') + 1).join(', ');
			}
		}
		expect(shown).toEqual(fieldsOf);
	});
});

test('Telecom Bill: Providers stays in sight, with one credential for each that is chosen', async () => {
	const panel = await openNode('telecomBill', {});
	expect(await panel.getByTestId('credentials-label').count()).toBe(0);
	await pick('providers', 'Lumen');
	await pick('providers', 'Orange Business');
	await editor.page.keyboard.press('Escape');
	expect(await panel.getByTestId('parameter-input-providers').isVisible()).toBe(true);
	expect(await panel.getByTestId('credentials-label').allInnerTexts()).toEqual([
		'Credential for Lumen OAuth2 API',
		'Credential for Orange Business OAuth2 API',
	]);
});

test('Telecom Bill: the bill to check is picked from a list, and the check says what was compared', async () => {
	await openNode('telecomBill', { providers: ['oracleBrm'], operation: 'reconcile' });
	const { page } = editor;
	await page.getByTestId('resource-locator-bill').getByTestId('rlc-input').click();
	const items = page.getByTestId('rlc-item').filter({ visible: true });
	await items.first().waitFor();
	await screenshot(page, 'node-telecomBill-list');
	expect(await items.first().innerText()).toMatch(/^B1-\d+ · \d{4}-\d\d-\d\d · [\d.]+ KWD · Oracle BRM$/);
	await items.first().click();
	expect(await run('node-telecomBill-reconcile')).toEqual(
		expect.arrayContaining(['status', 'differenceExact', 'checks']),
	);
});

test('Telecom Bill Trigger: its promises are in sight, and a test event comes out', async () => {
	const panel = await openNode('telecomBillTrigger', {
		providers: ['lumen', 'orangeBusiness'],
		events: ['new', 'revised', 'dueSoon'],
		firstRun: 'days',
	});
	expect(await labelsOf(panel)).toEqual([
		'Poll Times',
		'Mode',
		'Providers',
		'Trigger On',
		'Days Before Due',
		'On First Run',
		'Last Days',
		'Simplify',
		'Options',
	]);
	expect(await panel.getByText('never come out again').isVisible()).toBe(true);
	expect((await run('node-telecomBillTrigger')).slice(0, 3)).toEqual(['event', 'provider', 'number']);
});

test.each(exampleWorkflows())('$name: on the canvas, without a warning on any node', async (workflow) => {
	const { page } = editor;
	const saved = await n8n.rest.createWorkflow(withCredentials(workflow, credentials));
	await editor.open(`/workflow/${saved.id}`);
	await page.getByTestId('canvas-node').first().waitFor();
	await page.getByTestId('zoom-to-fit').click();
	await page.waitForTimeout(1_000);
	await screenshot(page, `example-${workflow.name.slice(0, 1)}`);
	expect(await page.getByTestId('node-issues').count()).toBe(0);
});

/** Opens the panel of a node, alone in a workflow. */
async function openNode(node: string, parameters: INodeParameters): Promise<Locator> {
	const saved = await n8n.rest.createWorkflow({
		name: `Editor: ${node}`,
		nodes: [
			{
				id: 'node',
				name: node.replace(/[A-Z]/g, ' $&').replace(/^./, (first) => first.toUpperCase()),
				type: `${PACKAGE}.${node}`,
				typeVersion: 1,
				position: [0, 0],
				parameters,
				credentials: Object.fromEntries(credentials.map(({ id, name, type }) => [type, { id, name }])),
			},
		],
		connections: {},
	});
	await editor.open(`/workflow/${saved.id}/node`);
	const panel = editor.page.getByTestId('node-parameters').filter({ visible: true }).first();
	await panel.waitFor();
	return panel;
}

/** "Execute step", or "Fetch Test Event". @returns the columns of the table that comes out */
async function run(shot: string): Promise<readonly string[]> {
	const { page } = editor;
	await page.getByTestId('node-execute-button').click();
	const output = page.getByTestId('output-panel');
	await output.locator('th').first().waitFor();
	// The mouse off the button, whose tip would lie over the table.
	await page.mouse.move(0, 0);
	await page.getByText('Node executed successfully').waitFor({ state: 'hidden' });
	await screenshot(page, shot);
	return (await output.locator('th').allInnerTexts()).map((text) => text.trim()).filter((text) => text !== '');
}

async function labelsOf(panel: Locator): Promise<readonly string[]> {
	const texts = await panel.getByTestId('input-label').filter({ visible: true }).allInnerTexts();
	return texts.map((text) => text.split('\n')[0]?.trim() ?? '');
}

async function choicesOf(field: string): Promise<readonly string[]> {
	const { page } = editor;
	await page.getByTestId(`parameter-input-${field}`).click();
	await options().first().waitFor();
	const choices = await options().allInnerTexts();
	await page.keyboard.press('Escape');
	await options().first().waitFor({ state: 'hidden' });
	return choices.filter((choice) => choice !== OF_N8N);
}

/** Of a field that takes one choice: its list closes. */
async function choose(field: string, name: string): Promise<void> {
	await pick(field, name);
	await options().first().waitFor({ state: 'hidden' });
	await editor.page.waitForTimeout(200);
}

async function pick(field: string, name: string): Promise<void> {
	if ((await options().count()) === 0) await editor.page.getByTestId(`parameter-input-${field}`).click();
	await options()
		.filter({ hasText: whole(name) })
		.click();
}

/** The choices of the list that is open. */
function options(): Locator {
	return editor.page.getByRole('option').filter({ visible: true }).locator('.option-headline');
}

/** `getByText` looks inside an element, and these are the elements. */
function whole(text: string): RegExp {
	return new RegExp(`^\\s*${text.replace(/[^\w\s]/g, '\\$&')}\\s*$`);
}
