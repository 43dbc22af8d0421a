// A headless Chromium for the pages that this repository serves; screenshots go to `artifacts/`.
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { type Browser, type Page, chromium } from 'playwright-core';

const ARTIFACTS = join(__dirname, '..', '..', 'artifacts');
const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
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

export function openBrowser(): Promise<Browser> {
	return chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
}

/** @param name with its folder below `artifacts/`, without extension */
export async function screenshot(page: Page, name: string): Promise<void> {
	const path = join(ARTIFACTS, `${name}.png`);
	mkdirSync(dirname(path), { recursive: true });
	await page.screenshot({ path });
}
