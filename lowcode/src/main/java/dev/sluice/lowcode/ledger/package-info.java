/**
 * What this machine remembers of records that were sent to systems which do not remember it: how far a run came, what was sent
 * since, what is in doubt, and what each object looked like when it was sent last.
 */
@NullMarked
package dev.sluice.lowcode.ledger;

import org.jspecify.annotations.NullMarked;
