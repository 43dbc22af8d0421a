/** A text field's value without blanks around it; undefined for one left empty. Expressions may give numbers. */
export function filledText(value: unknown): string | undefined {
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	return text === '' ? undefined : text;
}
