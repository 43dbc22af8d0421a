// n8n's editor in headless Chromium, signed in as the owner; screenshots go to `artifacts/`.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { type Browser, chromium, type Page, selectors } from 'playwright-core';

import type { Session } from './session';

const ARTIFACTS = join(__dirname, '..', '..', '..', 'artifacts', 'n8n');
const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium';
/** As root and without a network Chromium needs these, and looks up nobody's hosts. */
const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

export interface Editor {
	readonly page: Page;
	/** Opens a page of n8n, for instance `/workflow/new`. */
	open(path: string): Promise<void>;
	close(): Promise<void>;
}

// n8n's spelling of the attribute that `getByTestId` looks for.
selectors.setTestIdAttribute('data-test-id');

/** A window of 1440 x 900, in a browser of its own. */
export async function openEditor({ url, authCookie, browserId }: Session): Promise<Editor> {
	const browser: Browser = await chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
	const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
	await context.addCookies([{ name: 'n8n-auth', value: authCookie, url }]);
	await context.addInitScript({ content: `localStorage.setItem('n8n-browserId', ${JSON.stringify(browserId)})` });
	const page = await context.newPage();
	return {
		page,
		open: async (path) => {
			await page.goto(`${url}${path}`, { waitUntil: 'load' });
		},
		close: () => browser.close(),
	};
}

/** @param name without folder and extension */
export async function screenshot(page: Page, name: string): Promise<void> {
	mkdirSync(ARTIFACTS, { recursive: true });
	await page.screenshot({ path: join(ARTIFACTS, `${name}.png`) });
}
