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
	if (place?.kind === 'TLS') return behindTls(place, sandbox.url);
	const isNameAsked = [place, tokenPlace].some((one) => one?.kind === 'UNKNOWN_HOST');
	const lookup = isNameAsked ? withoutThatName(new URL(NOWHERE.UNKNOWN_HOST).hostname) : null;
	return {
		baseUrls: place === undefined ? {} : allAt(NOWHERE[place.kind]),
		...(tokenPlace === undefined ? {} : { tokenOrigin: NOWHERE[tokenPlace.kind] }),
		end: () => lookup?.mockRestore(),
	};
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
): Promise<Stage> {
	const front = await startTlsFront(sandboxUrl, certificate);
	const trust = isAuthorityKnown ? trustTestAuthority() : null;
	return {
		baseUrls: allAt(front.url),
		end: () => {
			trust?.mockRestore();
			front.close();
		},
	};
}
