import { readFileSync, readdirSync } from 'node:fs';
import { extname } from 'node:path';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { REJECTIONS_TOLD } from '../../../src/lib/import/part';
import { ProblemError, type Problem, type Rejection } from '../../../src/lib/model/problem';
import { MemoryWorkspace } from '../../support/memory-workspace';

/**
 * Every file of tests/fixtures is imported and must come out as its twin of the same name says: with a problem, or
 * with so many rows taken and these rejected. A new case is two new files.
 */

type Expected =
	| { readonly problem: Problem }
	| {
			readonly accepted: number;
			readonly rejected: number;
			readonly rejections: readonly Rejection[];
			readonly unknownColumns: readonly string[];
			readonly parser: 'bytes' | 'papaparse';
	  };

const FOLDER = new URL('../../fixtures/', import.meta.url);
const files = readdirSync(FOLDER).filter(
	(file) => !file.startsWith('.') && !['.json', ''].includes(extname(file)) // folders have tests of their own
);

async function outcomeOf(workspace: MemoryWorkspace, bytes: Uint8Array): Promise<Expected> {
	try {
		const { accepted, rejected, rejections, unknownColumns, parser } = await workspace.import(bytes);
		return { accepted, rejected, rejections, unknownColumns, parser };
	} catch (error) {
		if (error instanceof ProblemError) return { problem: error.problem };
		throw error;
	}
}

describe('a file is imported as its twin says', () => {
	it('for as many files as there are', () => {
		expect(files.length).toBeGreaterThanOrEqual(17);
	});

	it.each(files)('%s', async (file) => {
		const twin = file.replace(/\.[^.]+$/, '.json');
		const expected = JSON.parse(readFileSync(new URL(twin, FOLDER), 'utf8')) as Expected;
		const workspace = new MemoryWorkspace();
		const outcome = await outcomeOf(workspace, new Uint8Array(readFileSync(new URL(file, FOLDER))));
		if ('problem' in expected) {
			expect(outcome).toEqual(expected);
			return;
		}
		const { rejections } = expected;
		expect(outcome).toEqual({ ...expected, rejections: rejections.slice(0, REJECTIONS_TOLD) });
		// The download holds all of them.
		const rows = Papa.parse<string[]>(workspace.rejectedCsv.trimEnd(), {
			delimiter: ',',
			newline: '\r\n'
		}).data;
		expect(rows[0]?.slice(-3)).toEqual(['rejected_line', 'rejected_column', 'rejected_reason']);
		expect(rows.slice(1).map((cells) => cells.slice(-3))).toEqual(
			rejections.map(({ line, column, reason }) => [String(line), column ?? '', reason])
		);
	});
});
