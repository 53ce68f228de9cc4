/**
 * The examples do what they and their texts say, in a copy of their folder.
 */
@NullMarked
package dev.sluice.dist.examples;

import org.jspecify.annotations.NullMarked;
