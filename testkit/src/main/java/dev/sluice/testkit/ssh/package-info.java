/** A real SSH server in the process of a test, whose users have folders that the test sees as well. */
@NullMarked
package dev.sluice.testkit.ssh;

import org.jspecify.annotations.NullMarked;
