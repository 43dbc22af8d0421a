/** Answers that fail: statuses, broken bodies, other bodies than were asked for. */
import { AMPLE_MS, type FaultRow, type FaultTable, type PageNumber, type Target } from '../support/matrix';
import { always, onPage, once, status } from '../support/rules';

const PAGES = { first: 1, middle: 2, last: 3 } as const satisfies Record<string, PageNumber>;

const ORANGE_SPIKE = { code: 53, message: 'Too many requests', description: 'Spike arrest' };

/** Answers in the words of Orange's gateway, which no other provider has. */
const ORANGE_ONLY = {
	LUMEN: { why: 'the code is Orange’s' },
	ORACLE_BRM: { why: 'the code is Orange’s' },
	TMF678: { why: 'the code is Orange’s' },
	FLOLIVE: { why: 'the code is Orange’s' },
} as const;

const inThreeSeconds = (): string => new Date(Date.now() + 3_000).toUTCString();

const failures: readonly FaultRow[] = [
	{ what: 'Nothing', faults: () => [], outcomes: { all: 'ALL_ROWS' } },
	...Object.entries(PAGES).flatMap(([which, number]): readonly FaultRow[] => [
		{
			what: `500 on the ${which} page, every time`,
			faults: onPage(number, status(500)),
			outcomes: { all: 'UNAVAILABLE' },
		},
		{ what: `500 on the ${which} page, once`, faults: once(number, status(500)), outcomes: { all: 'ALL_ROWS' } },
	]),
	{ what: '503 on every page', faults: always(status(503)), outcomes: { all: 'UNAVAILABLE' } },
	{
		// A server may mean by it that the list ends here; what it announced says otherwise.
		what: '404 on the middle page',
		faults: onPage(2, status(404)),
		outcomes: { all: 'INCOMPLETE', except: { LUMEN: 'NOT_FOUND', FLOLIVE: 'NOT_FOUND' } },
	},
	{ what: '400 on the last page', faults: onPage(3, status(400)), outcomes: { all: 'INVALID_REQUEST' } },
	{ what: '403 on the middle page', faults: onPage(2, status(403)), outcomes: { all: 'FORBIDDEN' } },
];

const tooMany: readonly FaultRow[] = [
	{ what: '429 once, without Retry-After', faults: once(2, status(429)), outcomes: { all: 'ALL_ROWS' } },
	{
		what: '429 once, Retry-After in seconds',
		faults: once(2, status(429, { 'retry-after': '2' })),
		outcomes: { all: 'ALL_ROWS' },
		leastPauseMs: 2_000,
	},
	{
		what: '429 once, Retry-After as a date',
		faults: (target) => once(2, status(429, { 'retry-after': inThreeSeconds() }))(target),
		outcomes: { all: 'ALL_ROWS' },
		leastPauseMs: 1_000,
	},
	{ what: '429 every time', faults: onPage(2, status(429)), outcomes: { all: 'RATE_LIMITED' } },
	{
		what: '429, Retry-After of an hour',
		faults: onPage(1, status(429, { 'retry-after': '3600' })),
		outcomes: { all: 'RATE_LIMITED' },
	},
	{
		what: 'Orange’s code 53 once, as 403',
		faults: once(2, status(403, {}, ORANGE_SPIKE)),
		outcomes: { all: 'ALL_ROWS', except: ORANGE_ONLY },
		leastPauseMs: 1_000,
	},
	{
		what: 'Orange’s code 53 once, as 429',
		faults: once(2, status(429, {}, ORANGE_SPIKE)),
		outcomes: { all: 'ALL_ROWS', except: ORANGE_ONLY },
		leastPauseMs: 1_000,
	},
	{
		what: 'Orange’s code 53 every time, as 403',
		faults: onPage(2, status(403, {}, ORANGE_SPIKE)),
		outcomes: { all: 'RATE_LIMITED', except: ORANGE_ONLY },
	},
];

const JSON_TYPE = { 'content-type': 'application/json' };

/** An answer whose list of bills is this JSON. */
function listIs(json: string, code = 200, headers: Readonly<Record<string, string>> = {}): FaultRow['faults'] {
	const bodyFor = ({ list }: Target): string =>
		list.reduceRight((inner, name) => `{${JSON.stringify(name)}:${inner}}`, json);
	return (target) => onPage(2, status(code, { ...JSON_TYPE, ...headers }, bodyFor(target)))(target);
}

/** Answers in the envelope that no other provider has. */
const FLOLIVE_ONLY = {
	LUMEN: { why: 'the envelope is floLIVE’s' },
	ORACLE_BRM: { why: 'the envelope is floLIVE’s' },
	TMF678: { why: 'the envelope is floLIVE’s' },
	ORANGE_BUSINESS: { why: 'the envelope is floLIVE’s' },
} as const;

const noLists: readonly FaultRow[] = [
	...['"none"', '7', 'true'].map((json): FaultRow => ({
		what: `\`${json}\` in place of the list, with 200`,
		faults: listIs(json),
		outcomes: { all: 'PROTOCOL' },
	})),
	{ what: '`{}` with 200', faults: onPage(2, status(200, JSON_TYPE, '{}')), outcomes: { all: 'PROTOCOL' } },
	...[
		'{"errorMessage":"Database is down"}',
		'{"errorCode":null,"errorMessage":"Database is down","content":null}',
		'{"errorCode":"","errorMessage":"Database is down","content":[]}',
	].map((json): FaultRow => ({
		what: `floLIVE’s \`${json}\` with 200`,
		faults: onPage(2, status(200, JSON_TYPE, json)),
		outcomes: { all: 'PROTOCOL', except: FLOLIVE_ONLY },
		words: /Database is down/,
	})),
	...[300, 302, 307].map((code): FaultRow => ({
		what: `A redirect (${code}) to a sign-in page, with an empty list as its body`,
		faults: listIs('[]', code, { location: 'https://sso.example.com/login' }),
		outcomes: { all: 'PROTOCOL' },
		words: /sso\.example\.com/,
	})),
	{
		what: 'Status 300 without an address, with an empty list as its body',
		faults: listIs('[]', 300),
		outcomes: { all: 'PROTOCOL' },
	},
];

const bodies: readonly FaultRow[] = [
	{
		what: 'Body cut short, every time',
		faults: onPage(2, { effect: 'truncate' }),
		outcomes: { all: 'PROTOCOL' },
	},
	{
		what: 'Empty body with 200',
		faults: onPage(2, { effect: 'truncate', with: { bytes: 0 } }),
		outcomes: { all: 'PROTOCOL' },
	},
	{
		what: 'JSON of another content type',
		faults: always({ effect: 'contentType', with: { value: 'text/html' } }),
		outcomes: { all: 'ALL_ROWS' },
	},
	{
		what: 'HTML page with 200',
		faults: onPage(2, { effect: 'html' }),
		outcomes: { all: 'PROTOCOL' },
		words: /web page/,
	},
	{
		what: 'HTML page with 502',
		faults: onPage(2, { effect: 'html', with: { status: 502 } }),
		outcomes: { all: 'UNAVAILABLE' },
	},
	{
		what: 'JSON that is no list, with 200',
		faults: onPage(2, { effect: 'answer', with: { status: 200, body: { rows: 'none' } } }),
		outcomes: { all: 'PROTOCOL' },
	},
	{
		what: 'null with 200',
		faults: onPage(3, {
			effect: 'answer',
			with: { status: 200, headers: { 'content-type': 'application/json' }, body: 'null' },
		}),
		outcomes: { all: 'PROTOCOL' },
	},
	{ what: 'Broken gzip', faults: onPage(2, { effect: 'brokenGzip' }), outcomes: { all: 'PROTOCOL' } },
	{
		what: 'A redirect to another host',
		faults: onPage(2, status(302, { location: 'https://elsewhere.example/' })),
		outcomes: { all: 'PROTOCOL' },
	},
];

export const httpFaults: FaultTable = {
	title: 'Answers that fail',
	intro: 'Bills are read in three requests: by page, or by account where a provider lists them so.',
	requestTimeoutMs: AMPLE_MS,
	rows: [...failures, ...tooMany, ...bodies, ...noLists],
};
