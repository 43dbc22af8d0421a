/** Connections that fail, on every provider and both faces. */
import dns from 'node:dns';

import { COLUMNS, type BaseUrls } from './support/matrix';
import { type Stage, runTable } from './support/runTable';
import type { FaultStand } from './support/stand';
import { startTlsFront, trustTestAuthority } from './support/tlsFront';
import { type NetworkRow, NOWHERE, type Place, networkFaults } from './tables/networkFaults';

runTable(networkFaults, setStage);

const PATHS = {
	LUMEN: '/lumen',
	ORACLE_BRM: '/brm/customerBillManagement/v4',
	TMF678: '/tmf-api/customerBillManagement/v4',
	FLOLIVE: '/flolive',
	ORANGE_BUSINESS: '/orange/billing/b2b/v1',
} as const;

function allAt(origin: string): BaseUrls {
	return Object.fromEntries(COLUMNS.map((provider) => [provider, `${origin}${PATHS[provider]}`]));
}

async function setStage({ place, tokenPlace }: NetworkRow, { sandbox }: FaultStand): Promise<Stage> {
	const opened = { api: await open(place, sandbox.url), token: await open(tokenPlace, sandbox.url) };
	return {
		baseUrls: place === undefined ? {} : allAt(opened.api.origin),
		tokenOrigin: opened.token.origin,
		end: () => {
			opened.api.close();
			opened.token.close();
		},
	};
}

interface Opened {
	readonly origin: string;
	close(): void;
}

async function open(place: Place | undefined, sandboxUrl: string): Promise<Opened> {
	switch (place?.kind) {
		case undefined:
			return { origin: sandboxUrl, close: () => undefined };
		case 'CLOSED_PORT':
			return { origin: NOWHERE.CLOSED_PORT, close: () => undefined };
		case 'UNKNOWN_HOST': {
			const lookup = withoutThatName(new URL(NOWHERE.UNKNOWN_HOST).hostname);
			return { origin: NOWHERE.UNKNOWN_HOST, close: () => lookup.mockRestore() };
		}
		case 'TLS':
			return behindTls(place, sandboxUrl);
	}
}

/** No name service is asked: whether this machine has one, and how long it takes, says nothing of us. */
function withoutThatName(host: string): jest.SpyInstance {
	const known = dns.lookup as unknown as (...given: readonly unknown[]) => void;
	const answered = (...given: readonly unknown[]): void => {
		if (given[0] !== host) {
			known(...given);
			return;
		}
		const answer = given.at(-1) as (error: NodeJS.ErrnoException) => void;
		answer(Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' }));
	};
	return jest.spyOn(dns, 'lookup').mockImplementation(answered);
}

async function behindTls(
	{ certificate, isAuthorityKnown }: Extract<Place, { kind: 'TLS' }>,
	sandboxUrl: string,
): Promise<Opened> {
	const front = await startTlsFront(sandboxUrl, certificate);
	const trust = isAuthorityKnown ? trustTestAuthority() : null;
	return {
		origin: front.url,
		close: () => {
			trust?.mockRestore();
			front.close();
		},
	};
}
