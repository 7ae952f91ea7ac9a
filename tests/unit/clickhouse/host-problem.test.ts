import { describe, expect, it } from 'vitest';
import { exceptionCode, hostProblem } from '../../../src/lib/clickhouse/host-problem';

const OLD = (code: number) =>
	`Code: ${code}, e.displayText() = DB::Exception: Something happened, e.what() = DB::Exception`;
const NEW = (code: number) =>
	`Code: ${code}. DB::Exception: Something happened. (SOME_NAME) (version 25.8.1.1)`;

describe('hostProblem', () => {
	it.each([
		[192, 'host_refused', false],
		[193, 'host_refused', false],
		[194, 'host_refused', false],
		[516, 'host_refused', false],
		[47, 'host_wrong_table', false],
		[60, 'host_wrong_table', false],
		[81, 'host_wrong_table', false],
		[279, 'host_part_missing', true],
		[159, 'host_too_slow', false],
		[202, 'host_busy', true],
		[210, 'host_busy', true],
		[241, 'host_failed', false],
		[164, 'host_failed', false]
	] as const)('takes exception %i for %s', (code, problem, mayPass) => {
		for (const text of [OLD(code), NEW(code), `{"meta": [], "data": [\n${OLD(code)}`]) {
			const found = hostProblem('host.test', 500, text);
			expect([found.problem.code, found.mayPass]).toEqual([problem, mayPass]);
		}
	});

	it.each([
		[401, 'host_refused', false],
		[403, 'host_refused', false],
		[404, 'host_failed', false],
		[400, 'host_failed', false],
		[429, 'host_busy', true],
		[502, 'host_busy', true],
		[503, 'host_busy', true],
		[504, 'host_busy', true],
		[500, 'host_failed', false]
	] as const)('takes status %i without an exception for %s', (status, problem, mayPass) => {
		const found = hostProblem('host.test', status, '<html>Something from a gateway</html>');
		expect([found.problem.code, found.mayPass]).toEqual([problem, mayPass]);
	});

	it('finds the code of an exception, and none where there is none', () => {
		expect(exceptionCode(OLD(42))).toBe(42);
		expect(exceptionCode('Zip Code: 123')).toBeNull();
		expect(exceptionCode('')).toBeNull();
	});
});
