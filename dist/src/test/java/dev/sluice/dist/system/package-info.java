/**
 * The whole product against real servers: what a user meets when something is wrong, and values and names that are hard.
 */
@NullMarked
package dev.sluice.dist.system;

import org.jspecify.annotations.NullMarked;
