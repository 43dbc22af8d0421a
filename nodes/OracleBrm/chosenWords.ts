/** What a field with choices holds, in the model's words. */
import { invalidParameter } from '../shared/core';
import { listed } from '../shared/fields';

/**
 * Undefined where nothing is chosen. Expressions may give one word as text: it is never taken for no choice, which would
 * leave the filter out.
 * @param words the model's words by those that workflows store
 * @throws BillingError INVALID_REQUEST for a word that the field does not offer
 */
export function chosenWords<Word>(
	value: unknown,
	words: Readonly<Record<string, Word>>,
	displayName: string,
): readonly Word[] | undefined {
	const known = new Map(Object.entries(words));
	return listed(value)?.map((word) => {
		const found = known.get(word);
		if (found !== undefined) return found;
		throw invalidParameter(displayName, `has "${word}"`, `Choose from: ${[...known.keys()].join(', ')}.`);
	});
}
