import { ORDER_FAULTS } from './orderFaults';

/** What is proven apart from the tables: each by the test of this name in this file. */
export interface Proof {
	readonly what: string;
	readonly comesOut: string;
	readonly file: string;
	readonly test: string;
}

export const OTHER_PROOFS: readonly Proof[] = [
	{
		what: `An on-demand bill is ordered (Oracle BRM), and any of ${String(ORDER_FAULTS.length)} faults strikes`,
		comesOut: 'the order is sent once; an error after which the bill may exist says so',
		file: 'neverTwice.test.ts',
		test: 'is sent once',
	},
	{
		what: 'The trigger’s process ends inside a poll, before anything came out',
		comesOut: 'the next poll gives the same events with the same keys',
		file: 'triggerCrash.test.ts',
		test: 'inside a poll',
	},
	{
		what: 'The trigger’s process ends after events came out, before n8n saved its state',
		comesOut: 'the same events come again, with the same idempotency keys',
		file: 'triggerCrash.test.ts',
		test: 'before its state was saved',
	},
	{
		what: 'n8n’s durable scheduler starts two polls at once, each with its own copy of what the trigger remembers',
		comesOut: 'both give the same events, with the same idempotency keys; the next poll gives none',
		file: 'triggerCrash.test.ts',
		test: 'two polls at once',
	},
	{
		what: 'A provider fails inside a poll',
		comesOut: 'nothing is lost: the next poll gives what this one could not read, once',
		file: 'triggerCrash.test.ts',
		test: 'a provider fails',
	},
	{
		what: 'The machine’s clock is put forward or back, by an hour, by ten days, by thirty years, to 1970, or is years ahead at first, and right again',
		comesOut: 'nothing is lost, no event comes twice',
		file: 'triggerCrash.test.ts',
		test: 'a clock that',
	},
	{
		what: 'Charge lines (Lumen, Oracle BRM, TMF678 v4, Orange Business) over three pages: a page fails or is lost, the offset is ignored, the same page comes for ever, a line comes twice',
		comesOut: 'every line once where the fault passes; else a failure, or the word that not all were read',
		file: 'ratePages.test.ts',
		test: 'no list that could be taken for whole',
	},
	{
		what: 'The same lists from servers that give other numbers of lines than were asked for, or a missing, wrong or changing total (Oracle BRM, TMF678 v4, Orange Business, which announce one)',
		comesOut: 'every line once; where the total is wrong or changes, the word that not all were read',
		file: 'ratePages.test.ts',
		test: 'whatever the limit',
	},
	{
		what: 'Charge lines of Lumen API v1 from a server that gives fewer than the documented 1,000 at a time',
		comesOut:
			'a short list without a word, since no answer shows it; the reconciliation with the bill differs by what is missing',
		file: 'ratePages.test.ts',
		test: 'the short list shows by nothing in it',
	},
	{
		what: 'A bill with the same id in two accounts (Lumen, floLIVE)',
		comesOut:
			'both where they differ, each under its account; one where they are the same, and the word that it came twice',
		file: 'sharedIds.test.ts',
		test: 'in two accounts',
	},
	{
		what: '100,000 rates of one bill, in n8n (Lumen, Oracle BRM, Orange Business) and in one answer of GraphQL (Lumen)',
		comesOut: 'all of them, each once, adding up to the bill',
		file: 'manyRates.test.ts',
		test: '100,000 rates',
	},
	{
		what: '100,000 rates of one bill in one answer of GraphQL (Oracle BRM, Orange Business), at 100 a request',
		comesOut: '`RATE_LIMITED`: one question may cost 600 requests; no sum of a part',
		file: 'manyRates.test.ts',
		test: 'too many requests for one answer',
	},
	{
		what: 'The rows of these tables in which n8n’s own OAuth2, HTTP library or errors have a say, in a real n8n (Oracle BRM by n8n’s OAuth2, floLIVE by sign-in)',
		comesOut: 'what their cells say, in words of ours, and no secret in the execution’s data',
		file: '../e2e/n8n/faults.test.ts',
		test: 'in n8n as it is installed',
	},
	{
		what: 'A real n8n, started with `NODE_EXTRA_CA_CERTS`, reads from a server whose certificate that authority has signed',
		comesOut: 'all rows; a certificate of another host, or one that signed itself, is refused all the same',
		file: '../e2e/n8n/faults.test.ts',
		test: 'in an n8n to which NODE_EXTRA_CA_CERTS makes an authority known',
	},
];
