/**
 * Sudden death of the whole product: killed by SIGKILL at each cut point, in each sync mode, and run again.
 *
 * <p>The oracle is equality: after the second run the destination holds exactly what an undisturbed run would have left.
 */
@NullMarked
package dev.sluice.dist.crash;

import org.jspecify.annotations.NullMarked;
