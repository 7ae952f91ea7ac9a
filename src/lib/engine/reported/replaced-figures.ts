import { LEVEL } from '../../columns/fact-columns';
import { additionOf } from '../../model/fact-metric';
import type { Replaced } from '../../model/import-report';
import type { FactBlocks } from './fact-blocks';
import type { ResolvedFacts } from './resolved-facts';
import { ScopeNames } from './scope-names';
import { scopeReading } from './scope-reading';

/**
 * How many figures of which earlier file a batch replaces by different values, the file with most first.
 * @param earlier what was stored before
 * @param added imported after all of it
 */
export function replacedFigures(earlier: ResolvedFacts, added: FactBlocks): Replaced[] {
	if (earlier.sources.length === 0) return [];
	const reading = ScopeNames.of([added]);
	let step = reading.next();
	while (!step.done) step = reading.next();
	const own = step.value;

	const replaced = new Map<number, { file: string; figures: number }>();
	const entries = new Set<string>();
	for (const block of added.blocks) {
		const known = new Map<string, readonly number[]>();
		for (let i = 0; i < block.values.length; i++) {
			const metric = block.metrics[block.metricOf[i] as number]!;
			const scope = block.scopeOf[i] as number;
			const reads = scopeReading(metric);
			const key = `${scope} ${reads}`;
			let pairs = known.get(key);
			if (!pairs) {
				pairs = earlier.identity.pairsLike(block.scopes[scope]!, added, reads, own);
				known.set(key, pairs);
			}
			const isLevel = (block.flags[i]! & LEVEL) !== 0 || additionOf(metric) === 'level';
			const to = block.to[i] as number;
			const from = isLevel ? to : (block.from[i] as number);
			for (const pair of pairs) {
				const entry = earlier.entryAbout(isLevel, metric, from, to, pair);
				if (entry === null) continue;
				const { values, row } = isLevel ? earlier.levels : earlier.figures;
				const source = earlier.sourceOfRow(row[entry] as number);
				const isEarlier = source.exportedAt <= added.exportedAt;
				if (!isEarlier || values[entry] === block.values[i] || row[entry]! < 0) continue;
				const name = `${isLevel} ${entry}`;
				if (entries.has(name)) continue;
				entries.add(name);
				const of = replaced.get(source.batchId);
				if (of) of.figures++;
				else replaced.set(source.batchId, { file: source.file, figures: 1 });
			}
		}
	}
	return [...replaced.values()].sort((a, b) => b.figures - a.figures);
}
