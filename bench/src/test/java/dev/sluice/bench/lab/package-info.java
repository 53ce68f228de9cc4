/** Tests of the bench itself. */
@NullMarked
package dev.sluice.bench.lab;

import org.jspecify.annotations.NullMarked;
