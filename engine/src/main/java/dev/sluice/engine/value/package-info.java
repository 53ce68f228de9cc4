/** Single values as text, and texts as values: what every room of the engine needs now and then. */
@NullMarked
package dev.sluice.engine.value;

import org.jspecify.annotations.NullMarked;
