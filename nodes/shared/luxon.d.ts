/** What is used of Luxon, which n8n hosts and which is published without types. */
declare module 'luxon' {
	export class DateTime {
		static fromISO(text: string, options: { zone: string }): DateTime;
		readonly isValid: boolean;
		toISODate(): string | null;
		toISO(options?: { suppressMilliseconds?: boolean }): string | null;
	}
}
