/** Tests of the bench itself. */
@NullMarked
package dev.sluice.bench;

import org.jspecify.annotations.NullMarked;
