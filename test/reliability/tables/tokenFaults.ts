/** Tokens that end too soon, and token servers in trouble. */
import { AMPLE_MS, type FaultRow, type FaultTable } from '../support/matrix';
import { always, onPage, onToken, once, status } from '../support/rules';

const NO_TOKEN = {
	TMF678: { why: 'asked without a token here; where it takes one, the code that gets it is Oracle BRM’s' },
} as const;
/** The answer to a sign-in says nothing of this. */
const NOT_SAID = { ...NO_TOKEN, FLOLIVE: { why: 'a sign-in tells neither type nor end' } } as const;

const EXPIRED = { code: '42', message: 'Access token expired', description: 'Ask for a new one' };
const FLOLIVE_EXPIRED = { errorCode: 'GLOBAL_1003', errorMessage: 'Token expired', content: null, pageable: null };

function expiredWith(code: number): FaultRow['faults'] {
	return (target) => once(2, status(code, {}, target.provider === 'FLOLIVE' ? FLOLIVE_EXPIRED : EXPIRED))(target);
}

function rewritten(path: string, how: Readonly<Record<string, unknown>>): FaultRow['faults'] {
	return onToken({ effect: 'rewrite', with: { path, ...how } });
}

const ended: readonly FaultRow[] = [
	{
		what: 'Tokens end on the middle page',
		faults: once(2, { effect: 'expireTokens' }),
		outcomes: { all: 'ALL_ROWS', except: NO_TOKEN },
	},
	{ what: 'Expired, as 401', faults: expiredWith(401), outcomes: { all: 'ALL_ROWS', except: NO_TOKEN } },
	{ what: 'Expired, as 403', faults: expiredWith(403), outcomes: { all: 'ALL_ROWS', except: NO_TOKEN } },
	{
		what: 'Expired, as an error body with 200',
		faults: expiredWith(200),
		outcomes: { all: 'ALL_ROWS', except: NO_TOKEN },
	},
	{ what: '401 every time', faults: onPage(2, status(401)), outcomes: { all: 'AUTH', except: NO_TOKEN } },
	{
		what: 'Expired, as 403, every time',
		faults: always(status(403, {}, EXPIRED)),
		outcomes: { all: 'FORBIDDEN', except: { ...NO_TOKEN, ORANGE_BUSINESS: 'AUTH' } },
	},
];

const answers: readonly FaultRow[] = [
	{
		what: 'Token server slow',
		faults: onToken({ effect: 'latency', with: { ms: 300 } }),
		outcomes: { all: 'ALL_ROWS', except: NO_TOKEN },
	},
	{ what: 'Token server answers 503', faults: onToken(status(503)), outcomes: { all: 'AUTH', except: NO_TOKEN } },
	{
		what: 'Token server answers 503 once',
		faults: onToken({ ...status(503), times: 1 }),
		outcomes: { all: 'ALL_ROWS', except: NO_TOKEN },
	},
	{
		what: 'Token server refuses the client',
		faults: onToken(status(401, {}, { error: 'invalid_client', error_description: 'Unknown client' })),
		outcomes: { all: 'AUTH', except: NO_TOKEN },
	},
	{
		what: 'Token server resets the connection',
		faults: onToken({ effect: 'reset' }),
		outcomes: { all: 'AUTH', except: NO_TOKEN },
	},
	{
		what: 'Token server answers HTML with 200',
		faults: onToken({ effect: 'html' }),
		outcomes: { all: 'AUTH', except: NO_TOKEN },
	},
	{
		what: 'Token server answers without a token',
		faults: onToken({ effect: 'answer', with: { status: 200, body: {} } }),
		outcomes: { all: 'AUTH', except: NO_TOKEN },
	},
	...['"mac"', 'null'].map((json) => ({
		what: `\`token_type\` is ${json}`,
		faults: rewritten('token_type', { json }),
		outcomes: { all: 'ALL_ROWS', except: NOT_SAID } as const,
	})),
	{
		what: '`token_type` is "BearerToken"',
		faults: rewritten('token_type', { json: '"BearerToken"' }),
		outcomes: { all: 'ALL_ROWS', except: { ...NOT_SAID, LUMEN: { why: 'writes `BearerToken` anyway' } } },
	},
	...['"3600"', '0', '-1', '"soon"'].map((json) => ({
		what: `\`expires_in\` is ${json}`,
		faults: rewritten('expires_in', { json }),
		outcomes: { all: 'ALL_ROWS', except: NOT_SAID } as const,
	})),
	{
		what: '`expires_in` is absent',
		faults: rewritten('expires_in', { removed: true }),
		outcomes: { all: 'ALL_ROWS', except: NOT_SAID },
	},
];

export const tokenFaults: FaultTable = {
	title: 'Tokens',
	intro: 'A plain TMF678 server is asked without a token here, as test systems are.',
	requestTimeoutMs: AMPLE_MS,
	rows: [...ended, ...answers],
};
