/** What is new since the last run: time spans to ask for, and the state that the next run goes on from. */
@NullMarked
package dev.sluice.lowcode.cursor;

import org.jspecify.annotations.NullMarked;
