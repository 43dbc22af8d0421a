/** What is proven apart from the tables: each by the test of this name in this file. */
export interface Proof {
	readonly what: string;
	readonly comesOut: string;
	readonly file: string;
	readonly test: string;
}

export const OTHER_PROOFS: readonly Proof[] = [
	{
		what: 'An on-demand bill is ordered (Oracle BRM), and any of 23 faults strikes',
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
		what: '100,000 rates of one bill',
		comesOut: 'all of them, each once, adding up to the bill, on both faces',
		file: 'manyRates.test.ts',
		test: '100,000 rates',
	},
];
