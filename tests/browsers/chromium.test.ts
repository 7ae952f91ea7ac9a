import { installedChromium } from '../../src/tools/browser';
import { openChromium } from './chromium-tab';
import { describeMainJob } from './main-job';

const paths = installedChromium();
describeMainJob('Chromium', paths === null ? null : () => openChromium(paths));
