/**
 * The terminal's entry point. It makes the one object that everything else is given, and knows {@code command} and {@code
 * session}.
 */
@NullMarked
package dev.sluice.cli;

import org.jspecify.annotations.NullMarked;
