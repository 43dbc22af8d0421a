/** Orange's words for a span of days in a filter, for instance `issuedAt=atOrAfter2026-01-01` ("BillingManagement 2.4.0"). */
import { type CalendarDate, toCalendarDate } from '../model/dates';
import { invalidParameter } from '../transport/errors';

export type DateFilter =
	/** Both days count. */
	| { readonly from: CalendarDate; readonly to: CalendarDate }
	/** The last days until now, for instance 30. */
	| { readonly lastDays: number }
	/** Later than the day, which does not count. */
	| { readonly after: CalendarDate }
	| { readonly atOrAfter: CalendarDate }
	/** Earlier than the day, which does not count. */
	| { readonly before: CalendarDate }
	| { readonly atOrBefore: CalendarDate };

/** The word for a span, as the API writes it. @throws BillingError INVALID_REQUEST for what is no day or no span */
export function dateFilterWord(filter: DateFilter, parameter: string): string {
	return checkedDateFilter(wordFor(filter), parameter);
}

function wordFor(filter: DateFilter): string {
	if ('from' in filter) return `${filter.from}/${filter.to}`;
	if ('lastDays' in filter) return `last${filter.lastDays}days`;
	if ('after' in filter) return `after${filter.after}`;
	if ('atOrAfter' in filter) return `atOrAfter${filter.atOrAfter}`;
	return 'before' in filter ? `before${filter.before}` : `atOrBefore${filter.atOrBefore}`;
}

/** A word that a user wrote. @throws BillingError INVALID_REQUEST naming the allowed forms */
export function checkedDateFilter(word: string, parameter: string): string {
	const span = /^([^/]+)\/([^/]+)$/.exec(word);
	if (span !== null) {
		const [from, to] = [dayIn(span[1]), dayIn(span[2])];
		if (from === null || to === null) throw notAWord(word, parameter);
		if (from > to) throw invalidParameter(parameter, `runs from ${from} back to ${to}`, 'Write the earlier day first.');
		return word;
	}
	const lastDays = /^last(\d{1,5})days$/.exec(word);
	if (lastDays !== null && Number(lastDays[1]) > 0) return word;
	const bound = /^(?:after|atOrAfter|before|atOrBefore)(.+)$/.exec(word);
	if (bound === null || dayIn(bound[1]) === null) throw notAWord(word, parameter);
	return word;
}

/** Only `YYYY-MM-DD` itself: the words take no times. */
function dayIn(text: string | undefined): CalendarDate | null {
	const day = toCalendarDate(text);
	return day === text ? day : null;
}

function notAWord(word: string, parameter: string) {
	return invalidParameter(
		parameter,
		`is "${word}"`,
		'Forms are: 2026-01-01/2026-01-31, last30days, after2026-01-01, atOrAfter2026-01-01, before2026-01-01, atOrBefore2026-01-01.',
	);
}
