import { failureOf } from './failure';

/** Acts of one place, one at a time: a second click does nothing, and what went wrong is there to be said. */
export class Once {
  busy = $state(false);
  failed = $state('');
  /** What the last one was about. */
  about = $state('');

  /** True when it was done. */
  async run(act: () => Promise<unknown>, about = ''): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.failed = '';
    this.about = about;
    try {
      await act();
      return true;
    } catch (error) {
      this.failed = failureOf(error);
      return false;
    } finally {
      this.busy = false;
    }
  }
}
