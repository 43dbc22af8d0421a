/** A provider's words, compared whatever their case, spaces and punctuation. */

/** Lower case, letters and digits only: `Credit Note`, `credit-note` and `creditNote` are one word. */
export function compact(text: string): string {
	return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}
