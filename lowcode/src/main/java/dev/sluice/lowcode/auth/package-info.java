/** The ways in which requests prove who asks. */
@NullMarked
package dev.sluice.lowcode.auth;

import org.jspecify.annotations.NullMarked;
