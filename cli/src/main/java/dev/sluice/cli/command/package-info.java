/**
 * The commands, one class each: their options, what they find or do, and how that is told.
 *
 * <p>A command returns a report and prints nothing itself; results, errors and exit codes have one form everywhere. The
 * top of the terminal: nothing but the entry point knows this package.
 */
@NullMarked
package dev.sluice.cli.command;

import org.jspecify.annotations.NullMarked;
