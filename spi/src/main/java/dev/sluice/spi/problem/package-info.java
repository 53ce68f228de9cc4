/**
 * What went wrong, in a form that a person and a program can act on.
 *
 * <p>Every failure that a user can meet is a {@link dev.sluice.spi.problem.Problem}: a stable code, whose matter it is,
 * what happened, where, why, and what to do next. This package knows no other.
 */
@NullMarked
package dev.sluice.spi.problem;

import org.jspecify.annotations.NullMarked;
