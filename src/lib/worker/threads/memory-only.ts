import 'fake-indexeddb/auto';
import { writeAlone } from '../locks/write-lock';

/**
 * For a visit during which the browser keeps nothing: a database in this thread's memory stands in for the browser's.
 * No other thread can see it, so this one does everything. Import it before anything that opens a database.
 */
writeAlone();
Object.defineProperty(globalThis, 'Worker', { value: undefined });
