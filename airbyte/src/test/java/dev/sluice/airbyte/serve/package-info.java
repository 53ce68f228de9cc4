/** Tests. */
@NullMarked
package dev.sluice.airbyte.serve;

import org.jspecify.annotations.NullMarked;
