// Imported first by a page: it is drawn as somebody reads from the beginning, before its menu is there.
import { apply, remembered } from './settings';

apply(remembered());
