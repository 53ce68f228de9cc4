/**
 * The product as it is delivered: started as a child process through its own launcher, and looked at from outside.
 *
 * <p>Knows no other package of Sluice; what it starts is what a user would start.
 */
@NullMarked
package dev.sluice.dist.product;

import org.jspecify.annotations.NullMarked;
