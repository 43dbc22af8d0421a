/** How the sources of a trigger share its memory. */
import fc from 'fast-check';

import { type CalendarDate, addDays } from '../../../../nodes/shared/core';
import {
	type SeenBill,
	type SourceState,
	NOTHING_REMEMBERED,
	withinCap,
} from '../../../../nodes/TelecomBill/trigger/state';

const TODAY = '2026-12-31' as CalendarDate;

/** A bill a day, and a reminder. */
function holding(count: number): SourceState {
	const days = Array.from({ length: count }, (_, index) => addDays('2026-01-01' as CalendarDate, index));
	return {
		...NOTHING_REMEMBERED,
		seen: Object.fromEntries(days.map((day): [string, SeenBill] => [day, ['', day, 1, '', '']])),
		reminded: Object.fromEntries(days.map((day) => [day, day])),
	};
}

const held = ({ seen }: SourceState): number => Object.keys(seen).length;

it('is shared by need: nothing is forgotten while there is room, and then by those that hold most', () => {
	fc.assert(
		fc.property(
			fc.array(fc.nat(40), { minLength: 1, maxLength: 5 }),
			fc.integer({ min: 5, max: 100 }),
			(needs, cap) => {
				const states = Object.fromEntries(needs.map((need, index) => [`source ${index}`, holding(need)]));
				const kept = Object.values(withinCap(states, [], cap, TODAY));
				const total = needs.reduce((sum, need) => sum + need);
				const keptInAll = kept.map(held).reduce((sum, count) => sum + count);
				expect(keptInAll).toBeLessThanOrEqual(cap);
				expect(keptInAll).toBeGreaterThan(Math.min(total, cap) - needs.length);
				const most = Math.max(...kept.map(held));
				for (const [index, state] of kept.entries()) {
					expect(held(state)).toBe(Math.min(needs[index]!, most));
					expect(Object.keys(state.reminded)).toEqual(Object.keys(state.seen));
					const first = held(state) === needs[index] ? null : (Object.keys(state.seen)[0] ?? null);
					expect([state.cutoff, state.remindedFrom]).toEqual([first, first]);
				}
			},
		),
	);
});

it('keeps the share of a source that could not be read', () => {
	const { read } = withinCap({ read: holding(10) }, [holding(10)], 12, TODAY);
	expect(held(read!)).toBe(6);
});

it('is not measured by a bill dated ahead: nothing is hidden until that day comes', () => {
	const ahead = '2026-01-20';
	const seen: Record<string, SeenBill> = { ...holding(10).seen, ahead: ['', ahead, 1, '', ''] };
	const reminded = { ...holding(10).reminded, ahead: ahead as CalendarDate };
	const state = { ...NOTHING_REMEMBERED, seen, reminded };
	const { read } = withinCap({ read: state }, [], 4, '2026-01-10' as CalendarDate);
	expect(Object.keys(read!.seen)).toEqual(['2026-01-08', '2026-01-09', '2026-01-10', 'ahead']);
	expect([read!.cutoff, read!.remindedFrom]).toEqual(['2026-01-08', '2026-01-08']);
});

it('keeps the newest day up to today whole, however many bills there are', () => {
	const days = ['2026-01-01', '2026-01-02', '2026-01-02', '2026-01-03', '2026-01-03'];
	const seen = Object.fromEntries(days.map((day, nth): [string, SeenBill] => [`${nth}`, ['', day, 1, '', '']]));
	const { read } = withinCap({ read: { ...NOTHING_REMEMBERED, seen } }, [], 1, '2026-01-02' as CalendarDate);
	expect([Object.keys(read!.seen), read!.cutoff]).toEqual([['1', '2', '3', '4'], '2026-01-02']);
});
