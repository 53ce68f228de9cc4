/**
 * Text for terminals: styles that vanish where there are no colours, tables, numbers with units, and the two guards that
 * every text passes: control characters are made visible and secrets are blotted out.
 *
 * <p>Knows no other package of Sluice.
 */
@NullMarked
package dev.sluice.cli.text;

import org.jspecify.annotations.NullMarked;
