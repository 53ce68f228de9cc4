/**
 * Proves on a user's own source and destination that runs which are killed, stopped or doubled leave what an undisturbed run
 * leaves: what is tried, how a run is disturbed, and what is held against what.
 */
@NullMarked
package dev.sluice.cli.torture;

import org.jspecify.annotations.NullMarked;
