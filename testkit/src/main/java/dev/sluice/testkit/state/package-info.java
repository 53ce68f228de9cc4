/** What proves a place where the engine keeps what it remembers. */
@NullMarked
package dev.sluice.testkit.state;

import org.jspecify.annotations.NullMarked;
