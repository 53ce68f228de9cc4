/**
 * The product as it is delivered: started as a child process through its own launcher, and looked at from outside.
 *
 * <p>What is started is what a user would start. Neighbours: testkit, for processes; the crash matrix starts here too.
 */
@NullMarked
package dev.sluice.dist.product;

import org.jspecify.annotations.NullMarked;
