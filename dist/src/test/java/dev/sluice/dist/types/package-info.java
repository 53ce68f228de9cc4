/**
 * What becomes of the values of each type on the way from each source to each destination, and the pages that say so.
 *
 * <p>{@code Side} is a system that values come from or go to, {@code NativeColumn} a type of one with the values that are
 * most likely to break something. {@code Copies} carries them from all sources to all destinations in one run of the
 * program in this process, and reads what arrived without it.
 */
@NullMarked
package dev.sluice.dist.types;

import org.jspecify.annotations.NullMarked;
