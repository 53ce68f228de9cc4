/** Tests. */
@NullMarked
package dev.sluice.lowcode.imports;

import org.jspecify.annotations.NullMarked;
