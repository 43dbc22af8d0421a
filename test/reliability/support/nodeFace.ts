/** The Telecom Bill node, as n8n runs it, asked for all bills of all five providers; requests go out over real HTTP. */
import type { ICredentialDataDecryptedObject, INodeExecutionData } from 'n8n-workflow';

import { n8nClock } from '../../../nodes/shared/clock';
import { TelecomBill } from '../../../nodes/TelecomBill/TelecomBill.node';
import type { BillState, BillType } from '../../../providers/model/billWords';
import type { Provider } from '../../../providers/model/identity';
import type { ErrorKind } from '../../../providers/transport/errors';
import { DEMO_CREDENTIALS } from '../../../sandbox/demoCredentials';
import type { RunningSandbox } from '../../../sandbox/server';
import { executeContext } from '../../nodes/support/fakeContext';
import type { CredentialType } from '../../nodes/support/fakeHttp';
import { type Addresses, type Asking, COLUMNS } from './matrix';
import { INCOMPLETE_WORDS, type Observation, type Reading, type SeenRow } from './observation';

export type NodeCredentials = Partial<Record<CredentialType, ICredentialDataDecryptedObject>>;

/** As users fill them in. Those of a test are used up by it: tokens stay in them. */
export function nodeCredentials(
	{ url, ledger }: RunningSandbox,
	{ baseUrls, tokenOrigin = url, lumenApiVersion = 'v1' }: Addresses = { baseUrls: {} },
): NodeCredentials {
	const { lumen, oracleBrm, floLive, orange } = DEMO_CREDENTIALS;
	const idsOf = (provider: 'lumen' | 'floLive'): string =>
		ledger
			.accounts(provider)
			.map(({ id }) => id)
			.join(', ');
	return {
		lumenOAuth2Api: {
			environment: 'own',
			baseUrl: baseUrls.LUMEN ?? `${url}/lumen`,
			accessTokenUrl: `${tokenOrigin}/lumen/oauth/v2/token`,
			billingAccounts: idsOf('lumen'),
			apiVersion: lumenApiVersion,
			...lumen,
		},
		oracleBrmOAuth2Api: {
			baseUrl: baseUrls.ORACLE_BRM ?? `${url}/brm/customerBillManagement/v4`,
			dialect: 'ORACLE_BRM',
			accessTokenUrl: `${tokenOrigin}/idcs/oauth2/v1/token`,
			clientId: oracleBrm.clientId,
			clientSecret: oracleBrm.clientSecret,
			scope: oracleBrm.scope,
		},
		oracleBrmApi: {
			baseUrl: baseUrls.TMF678 ?? `${url}/tmf-api/customerBillManagement/v4`,
			dialect: 'TMF678',
			authentication: 'none',
		},
		floLiveApi: {
			baseUrl: baseUrls.FLOLIVE ?? `${url}/flolive`,
			customerIds: idsOf('floLive'),
			authentication: 'login',
			loginUrl: `${tokenOrigin}/flolive/login`,
			username: floLive.username,
			password: floLive.password,
			usernameField: 'username',
			passwordFieldId: 'password',
			tokenPathId: 'data.token',
			sessionToken: '',
		},
		orangeBusinessOAuth2Api: {
			baseUrl: baseUrls.ORANGE_BUSINESS ?? `${url}/orange/billing/b2b/v1`,
			accessTokenUrl: `${tokenOrigin}/orange/oauth/v3/token`,
			...orange,
		},
	};
}

/** Pauses take no time from here on, and are told to `note`. */
export function hurry(note: (ms: number) => void = () => undefined): void {
	jest.spyOn(n8nClock, 'sleep').mockImplementation(async (ms) => note(ms));
}

/** An answer may take so many requests' timeouts, as long as it goes on. */
const ANSWER_TIMEOUTS = 3;
/** How long the node bears silence; what it waits for longer is an answer that goes on. */
const LONGEST_SILENCE_MS = 60_000;

const nativeTimeout = AbortSignal.timeout.bind(AbortSignal);

function boundWaits(requestTimeoutMs: number): void {
	jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
		const timeouts = ms > LONGEST_SILENCE_MS ? ANSWER_TIMEOUTS : 1;
		return nativeTimeout(Math.min(ms, timeouts * requestTimeoutMs));
	});
}

export async function readByNode(sandbox: RunningSandbox, asking: Asking): Promise<Reading> {
	const { requestTimeoutMs } = asking;
	const pauses: number[] = [];
	boundWaits(requestTimeoutMs);
	hurry((ms) => pauses.push(ms));
	const node = new TelecomBill();
	const context = executeContext({
		node,
		parameters: {
			providers: ['lumen', 'oracleBrm', 'oracleBrmOther', 'floLive', 'orangeBusiness'],
			resource: 'bill',
			operation: 'getAll',
			returnAll: true,
			simplify: false,
			options: { ifProviderFails: 'report' },
		},
		credentials: nodeCredentials(sandbox, asking),
	});
	context.recorded.http.longestWaitMs = requestTimeoutMs;
	const start = performance.now();
	const [items = []] = await node.execute.call(context);
	const tookMs = performance.now() - start;
	const seen = COLUMNS.map((provider) => [provider, observed(items, provider)]);
	return { seen: Object.fromEntries(seen) as Reading['seen'], pauses, tookMs };
}

interface Failure {
	readonly kind: ErrorKind;
	readonly message: string;
	readonly hint: string | null;
}

function observed(items: readonly INodeExecutionData[], provider: Provider): Observation {
	const own = items.map(({ json }) => json).filter((json) => json.provider === provider);
	const rows = own.filter((json) => json.error === undefined) as unknown as readonly BillColumns[];
	const failure = own.find((json) => json.error !== undefined)?.error as Failure | undefined;
	return {
		outcome: failure === undefined ? 'ALL_ROWS' : outcomeOf(failure),
		rows: rows.map(seenRow),
		words: failure === undefined ? '' : `${failure.message}\n${failure.hint ?? ''}`,
	};
}

interface BillColumns {
	readonly id: string;
	readonly billDate: string | null;
	readonly totalExact: string | null;
	readonly currency: string | null;
	readonly type: BillType;
	readonly state: BillState;
}

/** The column says the currency of all amounts; where the total is missing, of the others. */
function seenRow({ totalExact, currency, id, billDate, type, state }: BillColumns): SeenRow {
	return { id, billDate, total: totalExact, currency: totalExact === null ? null : currency, type, state };
}

function outcomeOf({ kind, message }: Failure): Observation['outcome'] {
	return message.includes(INCOMPLETE_WORDS) ? 'INCOMPLETE' : kind;
}
