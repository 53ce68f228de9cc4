/**
 * Rules that all code keeps, checked over the whole checkout: who may know whom, how large things get, how they look.
 *
 * <p>A rule that the compiler or a Maven plugin can check is checked there; here is what they cannot. Neighbours: none.
 */
@NullMarked
package dev.sluice.dist.structure;

import org.jspecify.annotations.NullMarked;
