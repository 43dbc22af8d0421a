// n8n's editor in headless Chromium, signed in as the owner; screenshots go to `artifacts/n8n/`.
import { type Page, selectors } from 'playwright-core';

import { openBrowser, screenshot as screenshotOf } from '../browser';
import type { Session } from './session';

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
	const browser = await openBrowser();
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
	await screenshotOf(page, `n8n/${name}`);
}
