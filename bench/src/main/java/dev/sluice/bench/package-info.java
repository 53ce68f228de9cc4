/** The program that measures: {@code bench/run NAME [--rows N] [--runs N]}. */
@NullMarked
package dev.sluice.bench;

import org.jspecify.annotations.NullMarked;
