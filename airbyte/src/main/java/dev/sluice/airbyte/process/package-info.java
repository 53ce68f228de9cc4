/**
 * Starting connectors that are programs of their own, and ending them with all that they started. Knows nothing of what they
 * say.
 */
@NullMarked
package dev.sluice.airbyte.process;

import org.jspecify.annotations.NullMarked;
