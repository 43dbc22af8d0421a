/** What an answer must be before its server is measured: a wrong one may well be the faster. */

/** Members that every bill and every rate has once, in our answers and in those of Hive Gateway. */
const MEMBERS = { bills: /"(?:dueDate|paymentDueDate)":/g, rates: /"(?:net|taxExcludedAmount)":/g };

/** @throws Error for an answer without data, or with errors */
export function refuseErrors(answer: string): void {
	const { data, errors } = JSON.parse(answer) as { readonly data?: unknown; readonly errors?: unknown };
	if (!data || errors !== undefined) throw new Error(`There is no whole answer: ${answer.slice(0, 500)}`);
}

/** @throws Error for an answer with fewer bills or rates than ours, in whatever form it has them */
export function refuseLess(answer: string, ours: string): void {
	for (const [name, member] of Object.entries(MEMBERS)) {
		const count = (text: string): number => text.match(member)?.length ?? 0;
		if (count(answer) < count(ours)) throw new Error(`It has ${count(answer)} ${name} where ours has ${count(ours)}`);
	}
}

/** But for white space at the ends. */
export function isSame(answer: string, ours: string): boolean {
	return answer.trim() === ours.trim();
}
