// The pages of the graph in a real Chromium: the explorer runs the sample queries, from this host alone.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import type { Browser, Page } from 'playwright-core';

import { openBrowser, screenshot } from './browser';
import { newcomersEnvironment } from './runningServer';

const REPOSITORY = join(__dirname, '..', '..');
const READY_MS = 30_000;

let server: ChildProcess;
let origin: string;
let browser: Browser;

beforeAll(async () => {
	execFileSync('npx', ['gulp', 'serve'], { cwd: REPOSITORY, env: newcomersEnvironment(), stdio: 'ignore' });
	server = spawn(process.execPath, ['graphql/dist/cli.js', '--port', '0'], {
		cwd: REPOSITORY,
		env: newcomersEnvironment(),
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	origin = await printedOrigin(server);
	browser = await openBrowser();
}, 120_000);

afterAll(async () => {
	await browser.close();
	server.kill('SIGTERM');
	await once(server, 'exit');
});

async function printedOrigin({ stdout }: ChildProcess): Promise<string> {
	let output = '';
	for await (const chunk of stdout ?? []) {
		output += String(chunk);
		const found = /Start at: (http:\/\/127\.0\.0\.1:\d+)\//.exec(output)?.[1];
		if (found !== undefined) return found;
	}
	throw new Error(`the server printed no address, but: ${output}`);
}

/** A page that keeps what it asked for, and what it complained of. */
async function open(
	path: string,
	colorScheme: 'light' | 'dark',
): Promise<Page & { trouble: string[]; asked: string[] }> {
	const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme, locale: 'en-GB' });
	const page = Object.assign(await context.newPage(), { trouble: [] as string[], asked: [] as string[] });
	page.on('console', (message) => {
		if (message.type() === 'error' || message.type() === 'warning') page.trouble.push(message.text());
	});
	page.on('pageerror', (error) => page.trouble.push(String(error)));
	page.on('request', (request) => page.asked.push(request.url()));
	await page.goto(`${origin}${path}`, { waitUntil: 'load' });
	return page;
}

function strangers(page: { asked: readonly string[] }): readonly string[] {
	return page.asked.filter((url) => !url.startsWith(origin) && !url.startsWith('data:'));
}

/** GraphiQL reads which operation a tab has a moment after the tab is shown. */
async function chosen(page: Page, operation: string): Promise<void> {
	for (let attempt = 0; attempt < 50; attempt += 1) {
		if ((await page.evaluate(`localStorage.getItem('graphiql:operationName')`)) === operation) return;
		await page.waitForTimeout(100);
	}
	throw new Error(`the explorer did not come to ${operation}`);
}

it.each(['light', 'dark'] as const)(
	'the page at / says what this is and leads to the explorer (%s)',
	async (scheme) => {
		const page = await open('/', scheme);
		await screenshot(page, `landing-${scheme}`);
		expect(await page.textContent('h1')).toBe('Telecom Billing GraphQL');
		await page.getByRole('link', { name: 'Open the explorer' }).click();
		await page.waitForURL(`${origin}/explorer`);
		expect(strangers(page)).toEqual([]);
		await page.context().close();
	},
);

it.each(['light', 'dark'] as const)('the explorer runs a sample query (%s)', async (scheme) => {
	const page = await open('/explorer', scheme);
	const tabs = page.locator('.graphiql-tab');
	await tabs.first().waitFor({ timeout: READY_MS });
	expect(await tabs.allInnerTexts()).toEqual(
		['NewestBills', 'BillsDue', 'Spend', 'Charges', 'Accounts', 'Providers'].map((name): unknown =>
			expect.stringContaining(name),
		),
	);
	await page.getByRole('button', { name: /execute query/i }).click();
	await page.locator('.graphiql-response', { hasText: '"amount"' }).waitFor({ timeout: READY_MS });
	await screenshot(page, `explorer-${scheme}`);
	expect(await page.locator('.graphiql-response').innerText()).not.toContain('"errors"');
	expect(strangers(page)).toEqual([]);
	expect(page.trouble).toEqual([]);
	await page.context().close();
});

it('every sample tab of the explorer answers without an error, and the schema is there to read', async () => {
	const page = await open('/explorer', 'light');
	const tabs = page.locator('.graphiql-tab-button');
	await tabs.first().waitFor({ timeout: READY_MS });
	for (let at = 0; at < (await tabs.count()); at += 1) {
		await tabs.nth(at).click();
		await chosen(page, await tabs.nth(at).innerText());
		const answered = page.waitForResponse(
			async (response) =>
				response.url() === `${origin}/graphql` && !(response.request().postData() ?? '').includes('__schema'),
		);
		await page.getByRole('button', { name: /execute query/i }).click();
		expect(await (await answered).json()).toEqual({ data: expect.anything() });
	}
	await page.getByRole('button', { name: /documentation explorer/i }).click();
	await page
		.getByRole('link', { name: 'Query', exact: true })
		.or(page.getByText('Query', { exact: true }))
		.first()
		.click();
	await page.getByText('Bills of all connections in one order.').first().waitFor({ timeout: READY_MS });
	await screenshot(page, 'explorer-documentation');
	expect(strangers(page)).toEqual([]);
	expect(page.trouble).toEqual([]);
	await page.context().close();
});
