import { installedFirefox } from '../../src/tools/other-browsers';
import { openFirefox } from './firefox-tab';
import { describeMainJob } from './main-job';

const paths = installedFirefox();
describeMainJob('Firefox', paths === null ? null : () => openFirefox(paths));
