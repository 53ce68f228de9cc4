/** Runs programs and tells what they took of the machine. */
@NullMarked
package dev.sluice.bench.process;

import org.jspecify.annotations.NullMarked;
